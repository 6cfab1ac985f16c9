import type { Language } from '../directory/index.js';
import type { ContactId, FileId, FirmId, UserId } from '../kernel/index.js';
import type { Delivery } from './delivery.js';
import type { MailStanding } from './mail-choice.js';

/** How many files, or other things that happened, a mail names. */
export const NAMED = 50;

/** Who reads a mail. */
export interface Reader {
  /** One of both. */
  readonly contactId: ContactId | null;
  readonly userId: UserId | null;
  readonly name: { readonly first: string; readonly last: string };
  readonly language: Language;
  /** The name of an IANA time zone. */
  readonly timeZone: string;
  readonly address: string | null;
  /** Of a contact, whether their portal access is `invited` or `active`. */
  readonly hasAccess: boolean;
}

/** What a mail tells of a call that published files. */
export interface FileNotice {
  readonly kind: 'files';
  readonly firmName: string;
  readonly reader: Reader;
  /** When the files were published. */
  readonly publishedAt: Date;
  /** Of the files that the contact can still see, in the order of the call; the first 50. */
  readonly files: readonly { readonly id: FileId; readonly name: string }[];
  /** Of all of them. */
  readonly count: number;
}

/** What happened, before it is said in a language. */
export interface Happening {
  readonly type: string;
  readonly names: Readonly<Record<string, string>>;
  /** The name of the client that it is of. */
  readonly clientName: string | null;
  /** The name of whoever did it. */
  readonly actorName: string | null;
}

/** What a mail tells of things of one type that happened shortly after one another. */
export interface NewsNotice {
  readonly kind: 'news';
  readonly firmName: string;
  readonly reader: Reader;
  readonly type: string;
  /** What the firm calls the type, when it does. */
  readonly label: string | null;
  /** How the reader wants to be told, now. */
  readonly standing: MailStanding;
  /** Of what the reader has not seen in the meantime, in the order in which it happened; the first 50. */
  readonly news: readonly (Happening & { readonly at: Date })[];
  /** Of all of it. */
  readonly count: number;
}

/** What a mail tells, as it stands when it is sent. */
export type Notice = FileNotice | NewsNotice;

/** What is to be told to whom. */
export abstract class NoticeQueries {
  /** What the mail tells now; read in the running unit of work, in one statement. Null when there is no such mail. */
  abstract notice(firmId: FirmId, mail: Pick<Delivery, 'id' | 'callId'>): Promise<Notice | null>;
}
