import type { History } from '../history/index.js';
import { type Clock, type Random, type UnitOfWork, dayIn } from '../kernel/index.js';
import type { ConnectionFigures } from './connection-figures.js';
import { connectionEntry } from './connection-history.js';
import type { ConnectionRepository } from './connection-repository.js';
import type { Connection } from './connection.js';
import type { CredentialVault } from './credential-vault.js';
import { type DayRange, daysOf, daysToFetch } from './days.js';
import type { DayFigures } from './figures.js';
import type { Credentials, PlatformConnectors } from './platform-connector.js';
import { PlatformFault } from './platform-fault.js';
import type { Sync, SyncJobs } from './sync-jobs.js';

/** How often a sync is taken up before it is given up. */
export const MOST_STARTS = 10;
/** How many days are written at once. */
export const DAYS_AT_ONCE = 7;
/** In seconds. */
const SHORTEST_PAUSE = 30;
const LONGEST_PAUSE = 6 * 3600;

/** What a sync reads. */
export interface SyncSources {
  readonly connections: ConnectionRepository;
  readonly vault: CredentialVault;
  readonly connectors: PlatformConnectors;
}

/** What a sync writes. */
export interface SyncTargets {
  readonly figures: ConnectionFigures;
  readonly history: History;
  readonly jobs: SyncJobs;
}

/** What came of it. */
export type SyncOutcome = 'completed' | 'put_off' | 'failed';

/** The server stops: the sync goes on where it was when it is taken up again. */
export class SyncInterrupted extends Error {}

/** Another taking up has overtaken this one, or the connection has ended. */
class SyncOvertaken extends Error {}

interface Running extends Sync {
  readonly run: string;
  readonly connection: Connection;
  readonly credentials: Credentials;
}

/** What is there when the pull ended, and why it ended before its time. */
interface Pulled {
  readonly days: number;
  readonly range: DayRange | null;
  readonly fault: PlatformFault | null;
}

/** Fetches the figures of one connection: what has come whole is kept, whatever comes after it. */
export class SyncConnection {
  constructor(
    private readonly sources: SyncSources,
    private readonly targets: SyncTargets,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /**
   * Null when there was nothing to do, or others do it. `isStopping` is asked now and then.
   * @throws SyncInterrupted when it said so: the same is to be executed again
   */
  async execute(sync: Sync, isStopping: () => boolean = () => false): Promise<SyncOutcome | null> {
    try {
      const running = await this.unitOfWork.run(() => this.takeUp(sync));
      if (!running) return null;
      const pulled = await this.pull(running, isStopping);
      return await this.unitOfWork.run(() => this.conclude(running, pulled));
    } catch (error) {
      if (error instanceof SyncOvertaken) return null;
      throw error;
    }
  }

  private async takeUp(sync: Sync): Promise<Running | null> {
    const { connections, vault } = this.sources;
    const connection = await connections.find(sync.author.firmId, sync.connectionId);
    const run = this.random.uuid();
    const now = this.clock.now();
    if (!connection?.takeUpSync(sync.syncId, run, now)) return null;
    if (connection.syncStarts > MOST_STARTS) {
      await this.fail(sync, connection, connection.lastSyncError ?? 'it never came to its end', false);
      return null;
    }
    const opener = await vault.opener([connection.credentials.keyVersion]);
    return { ...sync, run, connection, credentials: opener.open(connection, connection.credentials) };
  }

  /** Slow: outside a unit of work. */
  private async pull(running: Running, isStopping: () => boolean): Promise<Pulled> {
    const { connection, credentials } = running;
    const waiting: DayFigures[] = [];
    let [days, range, fault]: [number, DayRange | null, PlatformFault | null] = [0, null, null];
    const write = async (all: DayRange) => {
      days += waiting.length;
      await this.write(running, waiting.splice(0), daysOf(all).length);
    };
    try {
      const session = await this.sources.connectors.of(connection.platform).open(credentials);
      range = daysToFetch(dayIn(session.account.timeZone, this.clock.now()), connection.syncedThrough);
      for await (const day of session.days(range)) {
        if (isStopping()) throw new SyncInterrupted('the server stops');
        if (waiting.push(day) === DAYS_AT_ONCE) await write(range);
      }
    } catch (error) {
      if (!(error instanceof PlatformFault)) throw error;
      fault = error;
    }
    if (range && waiting.length > 0) await write(range);
    return { days, range, fault };
  }

  /** Writes whole days, the first first. */
  private async write(running: Running, days: readonly DayFigures[], total: number): Promise<void> {
    await this.unitOfWork.run(async () => {
      const connection = await this.held(running);
      await this.targets.figures.replace(connection, days);
      const through = days.at(-1)?.date;
      if (through !== undefined) connection.advanceSync({ days: days.length, total, through }, this.clock.now());
    });
  }

  private async conclude(running: Running, { days, range, fault }: Pulled): Promise<SyncOutcome> {
    const connection = await this.held(running);
    const now = this.clock.now();
    if (fault) {
      const reason = fault.messageWithout(running.credentials);
      if (!fault.isPassing) return this.fail(running, connection, reason, fault.kind === 'credentials');
      const at = new Date(now.getTime() + pauseAfter(connection.syncStarts, fault.retryAfter) * 1000);
      connection.putOffSync(reason, at, now);
      await this.targets.jobs.add([running].map(syncOf), at);
      return 'put_off';
    }
    connection.completeSync(now);
    await this.targets.history.record(
      running.author,
      connectionEntry(connection, 'connection.synced', { from: range?.from, to: range?.to, days }),
    );
    return 'completed';
  }

  private async fail(sync: Sync, connection: Connection, reason: string, isRefused: boolean): Promise<'failed'> {
    connection.failSync(reason, isRefused, this.clock.now());
    const entry = connectionEntry(connection, 'connection.sync_failed', { reason });
    await this.targets.history.record(sync.author, entry);
    return 'failed';
  }

  /** The connection, locked, while nobody has overtaken this sync. @throws SyncOvertaken */
  private async held({ author, connectionId, run }: Running): Promise<Connection> {
    const connection = await this.sources.connections.find(author.firmId, connectionId);
    if (!connection?.isSyncedBy(run)) throw new SyncOvertaken();
    return connection;
  }
}

const syncOf = ({ connectionId, syncId, author }: Sync): Sync => ({ connectionId, syncId, author });

/** In seconds: as long as the platform says, else longer each time. */
function pauseAfter(starts: number, told: number | null): number {
  return Math.min(Math.max(told ?? SHORTEST_PAUSE * 2 ** starts, SHORTEST_PAUSE), LONGEST_PAUSE);
}
