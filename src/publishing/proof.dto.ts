import { ApiProperty } from '@nestjs/swagger';
import { PageLinks } from '../platform/http/json-api.dto.js';

/** A mail that told, or is to tell, a contact of a file. */
export class MailState {
  /** @example 01890a5d-ac96-774b-bcce-b302099a8057 */
  @ApiProperty({ example: '01890a5d-ac96-774b-bcce-b302099a8057' })
  id!: string;

  /** `queued` also while it is tried again; `refused` by the mail server; `failed` when it was given up. @example sent */
  state!: 'queued' | 'sent' | 'refused' | 'failed';

  /** @example 1 */
  attempts!: number;

  /** What the mail server said last. @example "250 2.0.0 Ok: queued as 4F2A11C0" */
  answer!: string | null;

  /** @example 2026-01-02T03:04:05Z */
  @ApiProperty({ format: 'date-time' })
  queued_at!: string;

  /** When it was tried last. @example 2026-01-02T03:04:06Z */
  @ApiProperty({ type: 'string', format: 'date-time', nullable: true })
  attempted_at!: string | null;

  /** When it was sent, refused or given up. @example 2026-01-02T03:04:06Z */
  @ApiProperty({ type: 'string', format: 'date-time', nullable: true })
  settled_at!: string | null;
}

export class PublicationAttributes {
  /** @example 37 */
  file_id!: number;

  /** Who can see it. @example 23 */
  contact_id!: number;

  /** Since when. @example 2026-01-02T03:04:05Z */
  @ApiProperty({ format: 'date-time' })
  published_at!: string;

  /** The user who published it; null: the contact, who has sent it. */
  @ApiProperty({ type: 'integer', nullable: true, example: 1 })
  published_by!: number | null;

  /** Through what the file reached the contact. @example entity */
  rule!: 'entity' | 'group' | 'group_of_entity' | 'override';

  /** The entity or group of the rule; null for an override. @example 10000 */
  rule_id!: number | null;

  /** When the contact first opened it in the portal. @example 2026-01-03T10:00:00Z */
  @ApiProperty({ type: 'string', format: 'date-time', nullable: true })
  viewed_at!: string | null;

  /** When the contact first downloaded it. @example 2026-01-03T10:00:10Z */
  @ApiProperty({ type: 'string', format: 'date-time', nullable: true })
  downloaded_at!: string | null;

  /** When the contact acknowledged it. @example 2026-01-03T10:01:00Z */
  @ApiProperty({ type: 'string', format: 'date-time', nullable: true })
  acknowledged_at!: string | null;

  /** The latest mail that told the contact of it; null when none did. */
  mail!: MailState | null;
}

export class PublicationResource {
  /** @example 4711 */
  @ApiProperty({ example: '4711' })
  id!: string;

  /** @example publications */
  type!: 'publications';

  attributes!: PublicationAttributes;
}

/** Who can see a file now. */
export class PublicationListDocument {
  data!: PublicationResource[];

  links!: PageLinks;
}

/** A time during which a contact could see the file. */
export class ReceiptPublicationDto {
  /** @example 2026-01-02T03:04:05Z */
  @ApiProperty({ format: 'date-time' })
  published_at!: string;

  /** The user who published it; null: the contact, who has sent it. */
  @ApiProperty({ type: 'integer', nullable: true, example: 1 })
  published_by!: number | null;

  /** @example entity */
  rule!: 'entity' | 'group' | 'group_of_entity' | 'override';

  /** The entity or group of the rule; null for an override. @example 10000 */
  rule_id!: number | null;

  /** Of the bytes that were published. @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 */
  @ApiProperty({ example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08' })
  sha256!: string;

  /** Null while it is published. */
  @ApiProperty({ type: 'string', format: 'date-time', nullable: true, example: null })
  withdrawn_at!: string | null;

  /** The user who took it back. */
  @ApiProperty({ type: 'integer', nullable: true, example: null })
  withdrawn_by!: number | null;
}

export class ReceiptMail extends MailState {
  /** Where it went; null when the contact is not the caller's to see. @example adam@example.test */
  address!: string | null;
}

/** When something was done first and last, and how often. */
export class ReceiptTimesDto {
  /** @example 2026-01-03T10:00:00Z */
  @ApiProperty({ format: 'date-time' })
  first_at!: string;

  /** @example 2026-01-03T10:00:00Z */
  @ApiProperty({ format: 'date-time' })
  last_at!: string;

  /** @example 1 */
  count!: number;
}

export class ReceiptDownloadsDto extends ReceiptTimesDto {
  /** Of the bytes that were sent. @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 */
  @ApiProperty({ example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08' })
  sha256!: string;

  /** Which bytes: from the first to the last, both counted. @example [[0, 256200]] */
  @ApiProperty({ type: 'array', items: { type: 'array', items: { type: 'integer' } }, example: [[0, 256200]] })
  ranges!: (readonly [number, number])[];

  /** Whether that is every byte of the file. @example true */
  is_complete!: boolean;
}

/** What is known of one contact and the file. */
export class ReceiptContactDto {
  /** @example 23 */
  contact_id!: number;

  /** Null when the contact is not the caller's to see, and so is the last name. @example Adam */
  first_name!: string | null;

  /** @example Smith */
  last_name!: string | null;

  publications!: ReceiptPublicationDto[];

  mails!: ReceiptMail[];

  /** When the contact opened it in the portal; null: never. */
  viewed!: ReceiptTimesDto | null;

  /** Null: never. */
  downloaded!: ReceiptDownloadsDto | null;

  /** @example 2026-01-03T10:01:00Z */
  @ApiProperty({ type: 'string', format: 'date-time', nullable: true })
  acknowledged_at!: string | null;
}

/** An event as it stands in the chain: its hash is the SHA-256 of `hashed_text` in UTF-8. */
export class ReceiptEventDto {
  /** Its number in the chain of the firm. @example 12 */
  seq!: number;

  /** @example 2026-01-02T03:04:05Z */
  @ApiProperty({ format: 'date-time' })
  at!: string;

  /** @example published */
  kind!: string;

  /** @example 23 */
  contact_id!: number | null;

  /** The event itself and the hash of the one before it, as they are hashed. @example "[\"1\",12,…]" */
  @ApiProperty({ example: '["1",12,"2026-01-02T03:04:05.678Z","viewed","37","23",null,"{}","00ff…"]' })
  hashed_text!: string;

  /** @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 */
  @ApiProperty({ example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08' })
  hash!: string;

  /** Whether the event still hashes to it; when not, it was changed. @example true */
  is_intact!: boolean;
}

export class ReceiptAttributes {
  /** @example 37 */
  file_id!: number;

  /** @example Statement.pdf */
  name!: string;

  /** @example 256201 */
  bytes!: number;

  /** @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 */
  @ApiProperty({ example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08' })
  sha256!: string;

  /** Everyone to whom it was ever published, by id. */
  contacts!: ReceiptContactDto[];

  /** What proves it, in the order of the chain. */
  events!: ReceiptEventDto[];
}

export class ReceiptLinks {
  /** @example /v1/files/37/receipt */
  self!: string;
}

export class ReceiptResource {
  /** The id of the file. @example 37 */
  @ApiProperty({ example: '37' })
  id!: string;

  /** @example receipts */
  type!: 'receipts';

  attributes!: ReceiptAttributes;

  links!: ReceiptLinks;
}

/** Who could see a file since when, who was told, and who looked. */
export class ReceiptDocument {
  data!: ReceiptResource;
}
