import type { ClientId, ContactId, FirmId, UserId } from '../../kernel/index.js';

/** A note that the client sees, on something that the client sees. */
export interface PortalNote {
  readonly id: string;
  readonly resourceType: 'project' | 'deal' | 'budget' | 'invoice';
  readonly resourceId: string;
  /** The name of the project, deal or budget, or the number of the invoice. */
  readonly resourceName: string;
  readonly content: string;
  /** The note to which it is an answer; null also when the client does not see that one. */
  readonly parentId: string | null;
  readonly authorId: UserId | null;
  /** Of whoever wrote it; of nobody in particular, the name of the firm. */
  readonly authorName: string;
  readonly authorType: 'user' | 'portal_user';
  /** The contact who wrote it in the portal. */
  readonly portalUserId: ContactId | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** Reads about notes. What is not for clients, is on a draft, or is of another company or firm, is not there. */
export abstract class PortalNoteQueries {
  /** The newest 100 of all companies together, the newest first. One statement. */
  abstract latest(firmId: FirmId, companyIds: readonly ClientId[]): Promise<readonly PortalNote[]>;

  /** One statement. */
  abstract find(firmId: FirmId, companyIds: readonly ClientId[], id: string): Promise<PortalNote | null>;
}
