import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { prepareCluster, type Cluster } from './cluster.js';
import { DatabaseTakenError, isOutage, messageOf } from './failures.js';
import { stopPostmaster } from './postmaster.js';
import { openOrStart, openRunning, type Reach } from './reach.js';
import { application, type Role, type Session } from './session.js';

export interface EmbeddedDatabaseOptions {
  /** `DATA_DIR`: the cluster lies in its `db/`. */
  readonly dataDir: string;
  /** `server`: at most one on a data directory. `command`: joins it, or runs the database by itself. */
  readonly role: Role;
  readonly log: (message: string) => void;
  /** The database went to somebody else for good: the process should end. It may still call `detach`. */
  readonly onLost?: (error: DatabaseTakenError) => void;
}

export interface EmbeddedDatabase {
  /** `postgres://portico:…@127.0.0.1:<port>/portico`; stays valid until `detach`, across crashes of PostgreSQL. */
  readonly url: string;
  /**
   * Leaves the database; the last one to leave stops it. To be called last in a shutdown; later calls wait for the
   * first.
   * @throws Error when PostgreSQL does not stop within a minute
   */
  detach(): Promise<void>;
}

/**
 * Makes, starts or joins the PostgreSQL below `dataDir`. While attached, a server that dies is started again.
 * @throws Error when this machine cannot run it or it does not start; DatabaseTakenError when `role` is `server` and
 * another server has it
 */
export async function attachEmbeddedDatabase(options: EmbeddedDatabaseOptions): Promise<EmbeddedDatabase> {
  const cluster = await prepareCluster(path.resolve(options.dataDir), options.log);
  const leaving = new AbortController();
  const session = await join(cluster, { role: options.role, log: options.log, signal: leaving.signal });
  return new Attachment(cluster, options, session, leaving);
}

const maxOutages = 20;
/** The backend of a process that was killed just before needs a moment to free its lock. */
const serverPatienceMs = 500;

class Attachment implements EmbeddedDatabase {
  readonly url: string;
  private readonly cluster: Cluster;
  private readonly options: EmbeddedDatabaseOptions;
  private readonly leaving: AbortController;
  private readonly reach: Reach;
  private session?: Session;
  private recovery?: Promise<void>;
  private detached?: Promise<void>;

  constructor(cluster: Cluster, options: EmbeddedDatabaseOptions, session: Session, leaving: AbortController) {
    const { port } = session;
    this.url = `postgres://${application.user}:${cluster.password}@127.0.0.1:${port}/${application.database}`;
    this.cluster = cluster;
    this.options = options;
    this.leaving = leaving;
    this.reach = { role: options.role, log: options.log, signal: leaving.signal, port };
    this.hold(session);
  }

  detach(): Promise<void> {
    this.detached ??= this.depart();
    return this.detached;
  }

  private async depart(): Promise<void> {
    this.leaving.abort();
    await this.recovery;
    const reach = { ...this.reach, signal: AbortSignal.timeout(60_000) };
    await leave(this.cluster, reach, this.reach.role === 'server' ? serverPatienceMs : 0, this.session);
  }

  private hold(session: Session): void {
    this.session = session;
    session.onEnd = () => {
      this.session = undefined;
      if (!this.leaving.signal.aborted) this.recovery = this.recover();
    };
    if (!session.isOpen) session.onEnd();
  }

  private async recover(): Promise<void> {
    const { log, onLost } = this.options;
    log(`Lost the connection to PostgreSQL, bringing it back on port ${this.reach.port}`);
    for (let pauseMs = 250; ; pauseMs = Math.min(2 * pauseMs, 30_000)) {
      try {
        this.hold(await join(this.cluster, this.reach));
        return;
      } catch (error) {
        if (this.leaving.signal.aborted) return;
        if (error instanceof DatabaseTakenError) {
          log(`The database is lost: ${error.message}`);
          onLost?.(error);
          return;
        }
        log(`${messageOf(error)}; next try in ${pauseMs / 1000} s`);
      }
      // rejects when detach begins
      await pause(pauseMs, undefined, { signal: this.leaving.signal }).catch(() => undefined);
      if (this.leaving.signal.aborted) return;
    }
  }
}

async function join(cluster: Cluster, reach: Reach): Promise<Session> {
  for (let outages = 0; ; outages++) {
    const session = await openOrStart(cluster, reach);
    try {
      await session.join(reach.role);
      return session;
    } catch (error) {
      if (isOutage(error) && outages < maxOutages) {
        await session.close(); // whoever used it last has just stopped it, or it crashed
      } else {
        await leave(cluster, { ...reach, signal: AbortSignal.timeout(60_000) }, 0, session);
        throw error;
      }
    }
  }
}

/** Gives up the locks, and stops the server when nobody else holds one. */
async function leave(cluster: Cluster, reach: Reach, patienceMs: number, held?: Session): Promise<void> {
  let session = held;
  for (let attempt = 0; attempt < 3; attempt++) {
    session ??= await openRunning(cluster, reach);
    if (!session) return;
    try {
      if (await session.leave(patienceMs)) await stopPostmaster(cluster);
      return;
    } catch (error) {
      // it crashed: if it comes back it must not stay without a user
      if (!isOutage(error)) throw error;
    } finally {
      await session.close();
      session = undefined;
    }
  }
}
