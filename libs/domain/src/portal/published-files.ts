import type { FileId, PortalUser } from '../kernel/index.js';
import type { PortalFile } from './portal-file.js';

/** What a contact can do with a published file for a first time. */
export type FirstTime = 'viewed' | 'downloaded' | 'acknowledged';

/** What is published to contacts, for what they do with it; used inside a unit of work. */
export abstract class PublishedFiles {
  /** As `PortalFileQueries.find`; it stays published until the unit of work ends. */
  abstract hold(user: PortalUser, id: FileId): Promise<PortalFile | null>;

  /** Keeps when the contact first did so, for lists. The file is held. */
  abstract mark(user: PortalUser, file: PortalFile, what: FirstTime, at: Date): Promise<void>;
}
