import type { FileId, Page, PageRequest, PortalUser } from '../kernel/index.js';
import type { PortalContent, PortalFile } from './portal-file.js';

/**
 * Reads about what is published to a contact, each with one statement. What was withdrawn or archived is not there, and
 * nothing is for a contact who may not use the portal.
 */
export abstract class PortalFileQueries {
  /** The newest publications first; cursors are their ids. With `isRead` only what the contact has seen, or has not. */
  abstract list(user: PortalUser, page: PageRequest, filter: { readonly isRead?: boolean }): Promise<Page<PortalFile>>;

  abstract find(user: PortalUser, id: FileId): Promise<PortalFile | null>;

  abstract findContent(user: PortalUser, id: FileId): Promise<PortalContent | null>;
}
