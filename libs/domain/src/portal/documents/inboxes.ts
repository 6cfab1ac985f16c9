import type { ClientId, FirmId, FolderId, UserId } from '../../kernel/index.js';

/** The folder in which the documents stand that a company sends (contract, section 7). */
export const INBOX_NAME = 'From client';

/** Where the documents of a company arrive. */
export interface Inbox {
  /** The root folder of the company, which is active. */
  readonly rootId: FolderId;
  /** The folder called `INBOX_NAME` directly in it; null while there is none. */
  readonly folderId: FolderId | null;
  /** Who looks after the company; null: nobody. */
  readonly managerId: UserId | null;
  /** Who counts as the maker of what the company sends: who looks after it, else the first administrator of the firm. */
  readonly keeperId: UserId;
}

/** The folders in which documents of companies arrive; used inside a unit of work that holds the tree. */
export abstract class Inboxes {
  /** Null: the company has no folder, or it is archived. */
  abstract find(firmId: FirmId, companyId: ClientId): Promise<Inbox | null>;

  /**
   * The same, for whoever is going to make the folder: of two who found none, one makes it, and the other waits and
   * finds it.
   */
  abstract findAlone(firmId: FirmId, companyId: ClientId): Promise<Inbox | null>;
}
