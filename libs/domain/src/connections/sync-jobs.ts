import type { Author, ConnectionId } from '../kernel/index.js';

/** A sync of one connection. */
export interface Sync {
  readonly connectionId: ConnectionId;
  readonly syncId: string;
  /** Who wanted it, and the firm. */
  readonly author: Author;
}

/** The work of syncing, which some server takes up. */
export abstract class SyncJobs {
  /** Writes a job for each of them in the running unit of work, in one statement. `at` null: at once. */
  abstract add(syncs: readonly Sync[], at: Date | null): Promise<void>;
}
