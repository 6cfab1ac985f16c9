import pg, { type Pool } from 'pg';
import { endSilentConnections, type Patience } from './silent-connections.js';

/** A replica that did not answer is left alone for so long. */
const REST_MS = 5000;

/** Up to where the primary has made its log durable: everything that was acknowledged by now is in it. */
const WRITTEN = `select pg_current_wal_flush_lsn()::text as position, current_database() as database,
  (select system_identifier::text from pg_control_system()) as system`;
/** Whether it is a replica of that database, and has carried out the log up to there. */
const HAS_ALL = `select pg_is_in_recovery() and pg_last_wal_replay_lsn() >= $1::pg_lsn and current_database() = $2
  and (select system_identifier::text from pg_control_system()) = $3 as "hasAll"`;

interface Written {
  readonly position: string;
  readonly database: string;
  readonly system: string;
}

/** A replica, and until when it is left alone. */
interface Replica {
  readonly pool: Pool;
  restsUntil: number;
}

/**
 * Read replicas of the database (contract, section 1: `DATABASE_REPLICA_URLS`). One is used for a read only when it has
 * everything that was acknowledged before the read began, on whichever instance: nobody is shown less than they know.
 */
export class Replicas {
  private readonly replicas: readonly Replica[];
  private turn = 0;

  /** `settings` are those of the pool of `primary`, apart from where it connects to. */
  constructor(
    private readonly primary: Pool,
    urls: readonly string[],
    settings: pg.PoolConfig,
    patience: Patience,
  ) {
    this.replicas = urls.map((connectionString) => {
      const pool = new pg.Pool({ ...settings, connectionString, application_name: 'portico replica' });
      pool.on('error', () => undefined); // an idle connection went away; the pool makes a new one when it needs it
      endSilentConnections(pool, patience);
      return { pool, restsUntil: 0 };
    });
  }

  /**
   * Runs `read` on a replica that has everything, by turns. Null when none has, or when it did not get through: then the
   * primary is to be asked, which tells what is wrong with the read itself, too.
   */
  async read<T>(read: (pool: Pool) => Promise<T>): Promise<{ readonly result: T } | null> {
    const replica = this.next();
    if (!replica) return null;
    const { rows } = await this.primary.query<Written>({ name: 'written', text: WRITTEN });
    const [written] = rows;
    if (!written) return null;
    try {
      if (!(await hasAll(replica.pool, written))) return null;
      return { result: await read(replica.pool) };
    } catch {
      replica.restsUntil = performance.now() + REST_MS;
      return null;
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.replicas.map(({ pool }) => pool.end()));
  }

  /** The next one that is not left alone. */
  private next(): Replica | undefined {
    const now = performance.now();
    const awake = this.replicas.filter(({ restsUntil }) => restsUntil <= now);
    return awake[this.turn++ % Math.max(1, awake.length)];
  }
}

async function hasAll(pool: Pool, { position, database, system }: Written): Promise<boolean> {
  const values = [position, database, system];
  const { rows } = await pool.query<{ hasAll: boolean | null }>({ name: 'has-all', text: HAS_ALL, values });
  return rows[0]?.hasAll === true;
}
