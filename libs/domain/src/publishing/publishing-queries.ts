import type {
  Actor,
  ContactId,
  DeliveryId,
  FileId,
  GroupId,
  EntityId,
  Page,
  PageRequest,
  UserId,
} from '../kernel/index.js';
import type { DeliveryState } from '../notifications/index.js';
import type { ProofEvent } from '../proof/index.js';
import type { PublishingRule } from './audience.js';

/** What came of publishing one file in one call, as it stands now. */
export interface ResultItem {
  /** The file's id, which is also the id of the result. */
  readonly id: FileId;
  readonly publishFailed: readonly ContactId[];
  /** Whom no mail has reached so far although one was to tell them. */
  readonly notificationFailed: readonly ContactId[];
}

/** Results in the order of their call. */
export interface ResultPage {
  readonly items: readonly ResultItem[];
  /** The cursors of the pages beside it: the id of the file after which they begin; null, but for the first page. */
  readonly next: FileId | null;
  readonly previous: FileId | 'first' | null;
}

/** A mail that told, or is to tell, of a file. */
export interface DeliveryItem {
  readonly id: DeliveryId;
  readonly state: DeliveryState;
  readonly attempts: number;
  /** What the mail server said last. */
  readonly answer: string | null;
  readonly queuedAt: Date;
  readonly attemptedAt: Date | null;
  readonly settledAt: Date | null;
}

/** That a contact can see a file. */
export interface PublicationItem {
  readonly id: string;
  readonly contactId: ContactId;
  readonly publishedAt: Date;
  /** Null: the contact, who has sent it. */
  readonly publishedBy: UserId | null;
  readonly rule: PublishingRule['kind'];
  readonly ruleId: EntityId | GroupId | null;
  readonly viewedAt: Date | null;
  readonly downloadedAt: Date | null;
  readonly acknowledgedAt: Date | null;
  readonly delivery: DeliveryItem | null;
}

/** A contact as a receipt names them. */
export interface ReceiptContact {
  readonly id: ContactId;
  readonly firstName: string;
  readonly lastName: string;
}

/** What a receipt is made of: all events of a file and of the mails that told of it, and how the mails stand now. */
export interface ReceiptSource {
  readonly file: { readonly id: FileId; readonly name: string; readonly sha256: string; readonly bytes: number };
  /** In the order of the chain. */
  readonly events: readonly ProofEvent[];
  readonly deliveries: readonly (DeliveryItem & { readonly contactId: ContactId; readonly address: string | null })[];
  readonly contacts: readonly ReceiptContact[];
}

/** Reads that decide nothing. What `actor` may not read is not there. */
export abstract class PublishingQueries {
  /** A page of results of a call, as far as its files may be read; null when there are none, as of an unknown call. */
  abstract results(actor: Actor, callId: string, page: PageRequest): Promise<ResultPage | null>;

  /** The newest result for a file. */
  abstract newestResult(actor: Actor, fileId: FileId): Promise<ResultItem | null>;

  /** Who can see a file now; null when the file may not be read. Ascending by the ids of the publications. */
  abstract publications(actor: Actor, fileId: FileId, page: PageRequest): Promise<Page<PublicationItem> | null>;

  /** Null when the file may not be read, or is a folder; archived files have a receipt too. */
  abstract receiptSource(actor: Actor, fileId: FileId): Promise<ReceiptSource | null>;
}
