import { type ClientId, type ConnectionId, type Data, Entity, type FirmId } from '../kernel/index.js';
import type { SealedCredentials } from './credential-vault.js';
import type { Platform } from './platform.js';

export const CONNECTION_STATUSES = ['connected', 'disconnected', 'error'] as const;
export type ConnectionStatus = (typeof CONNECTION_STATUSES)[number];

/** Who made it, and may end it: the client, or the agency for them. */
export const CONNECTION_SOURCES = ['client', 'agency'] as const;
export type ConnectionSource = (typeof CONNECTION_SOURCES)[number];

export const SYNC_STATES = ['idle', 'queued', 'running'] as const;
export type SyncState = (typeof SYNC_STATES)[number];

/** A sync of which nothing is heard for so long may be begun anew. */
export const SYNC_SILENCE_MS = 3_600_000;

type Made = 'id' | 'firmId' | 'clientId' | 'platform' | 'source' | 'displayName' | 'accountId' | 'storeUrl' | 'scopes';

/** The connection of a client to an account of a platform. */
export class Connection extends Entity<Connection> {
  readonly id!: ConnectionId;
  readonly firmId!: FirmId;
  readonly clientId!: ClientId;
  readonly platform!: Platform;
  readonly source!: ConnectionSource;
  readonly displayName!: string;
  /** As the platform calls it. */
  readonly accountId!: string;
  readonly storeUrl!: string | null;
  readonly scopes!: readonly string[] | null;
  readonly tokenExpiresAt!: Date | null;
  /** `error`: the platform does not take the credentials any more. */
  readonly status!: ConnectionStatus;
  /** The credentials; null once they were wiped. */
  readonly sealed!: Uint8Array | null;
  readonly keyVersion!: number | null;
  readonly connectedAt!: Date;
  /** When a sync last came to its end without a fault. */
  readonly lastSyncedAt!: Date | null;
  /** Why the last sync did not, or not yet. */
  readonly lastSyncError!: string | null;
  /** The last day of which the figures are there, `YYYY-MM-DD`. */
  readonly syncedThrough!: string | null;
  readonly syncState!: SyncState;
  /** Which sync it is, and which taking up of it: whoever was overtaken by another may write nothing more. */
  readonly syncId!: string | null;
  readonly syncRun!: string | null;
  /** How often it was taken up. */
  readonly syncStarts!: number;
  /** Until when nobody begins another one. */
  readonly syncUntil!: Date | null;
  /** How many days of how many are there; null before that is known. */
  readonly syncDaysDone!: number;
  readonly syncDaysTotal!: number | null;
  readonly removedAt!: Date | null;
  readonly createdAt!: Date;
  readonly updatedAt!: Date;
  readonly version!: number;

  constructor(state: Pick<Data<Connection>, Made | 'tokenExpiresAt'> & SealedCredentials, now: Date) {
    super();
    const unknown = { lastSyncedAt: null, lastSyncError: null, syncedThrough: null, removedAt: null };
    const idle = { syncState: 'idle', syncId: null, syncRun: null, syncStarts: 0, syncUntil: null };
    const progress = { syncDaysDone: 0, syncDaysTotal: null };
    const instants = { connectedAt: now, createdAt: now, updatedAt: now };
    Object.assign(this, { ...unknown, ...idle, ...progress, ...instants, status: 'connected', ...state });
  }

  /** What is sealed of it. @throws Error once it was wiped */
  get credentials(): SealedCredentials {
    const { id, sealed, keyVersion } = this;
    if (sealed === null || keyVersion === null) throw new Error(`connection ${id} has no credentials any more`);
    return { sealed, keyVersion };
  }

  /** The same credentials, sealed with another key. */
  reseal(credentials: SealedCredentials): void {
    this.change(credentials);
  }

  /** Ends it: its credentials are wiped, its figures stay. */
  remove(now: Date): void {
    const wiped = { sealed: null, keyVersion: null };
    this.change({ ...wiped, ...IDLE, status: 'disconnected', removedAt: now, updatedAt: now });
  }

  /** A sync is to begin. False: one is waiting or under way. */
  queueSync(syncId: string, now: Date): boolean {
    if (this.syncState !== 'idle' && this.syncUntil !== null && this.syncUntil > now) return false;
    const waiting = { syncState: 'queued', syncId, syncStarts: 0, syncUntil: silentAfter(now) } as const;
    this.change({ ...IDLE, ...waiting, syncDaysDone: 0, syncDaysTotal: null, updatedAt: now });
    return true;
  }

  /** Somebody takes the sync up. False: it is not to be done any more. */
  takeUpSync(syncId: string, run: string, now: Date): boolean {
    if (this.removedAt !== null || this.syncState === 'idle' || this.syncId !== syncId) return false;
    const begin = { syncStarts: this.syncStarts + 1, syncDaysDone: 0, syncDaysTotal: null };
    this.change({ ...begin, syncState: 'running', syncRun: run, syncUntil: silentAfter(now) });
    return true;
  }

  /** Whether that taking up is still the last one. */
  isSyncedBy(run: string): boolean {
    return this.removedAt === null && this.syncState === 'running' && this.syncRun === run;
  }

  /** The figures of `days` are there, of `total` days that are to come in all; the last of them is `through`. */
  advanceSync({ days, total, through }: { days: number; total: number; through: string }, now: Date): void {
    const progress = { syncDaysDone: this.syncDaysDone + days, syncDaysTotal: total };
    this.change({ ...progress, syncedThrough: through, syncUntil: silentAfter(now), updatedAt: now });
  }

  /** The sync came to its end. */
  completeSync(now: Date): void {
    this.change({ ...IDLE, status: 'connected', lastSyncedAt: now, lastSyncError: null, updatedAt: now });
  }

  /** It did not; `isRefused` when the platform does not take the credentials any more. */
  failSync(reason: string, isRefused: boolean, now: Date): void {
    this.change({ ...IDLE, ...(isRefused && { status: 'error' }), lastSyncError: reason, updatedAt: now });
  }

  /** It goes on at `at`. */
  putOffSync(reason: string, at: Date, now: Date): void {
    const waiting = { syncState: 'queued', syncRun: null, syncUntil: silentAfter(at) } as const;
    this.change({ ...waiting, syncDaysDone: 0, syncDaysTotal: null, lastSyncError: reason, updatedAt: now });
  }
}

const IDLE = { syncState: 'idle', syncId: null, syncRun: null, syncUntil: null } as const;

const silentAfter = (instant: Date): Date => new Date(instant.getTime() + SYNC_SILENCE_MS);
