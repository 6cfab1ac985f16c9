import pg from 'pg';
import { superuser } from '../../src/platform/database/embedded/cluster.js';
import type { DatabaseCopy } from '../support/suites.js';
import { until } from '../support/until.js';
import type { Exchange } from './database-proxy.js';

const WAITS = `select from pg_stat_activity where pid = $1 and wait_event_type = 'Lock'`;

/** A connection to the database as the superuser of the suites' PostgreSQL. */
export async function superuserOf({ url }: DatabaseCopy): Promise<pg.Client> {
  const connectionString = new URL(url);
  connectionString.username = superuser;
  const client = new pg.Client({ connectionString: connectionString.href });
  await client.connect();
  return client;
}

/** Has PostgreSQL look for deadlocks sooner than after a second, on connections that are made from now on. */
export async function findDeadlocksSoon(copy: DatabaseCopy): Promise<void> {
  const client = await superuserOf(copy);
  try {
    await client.query(`alter database ${new URL(copy.url).pathname.slice(1)} set deadlock_timeout = '20ms'`);
  } finally {
    await client.end();
  }
}

/** Another session, which makes a deadlock with a transaction of the server. */
export class OtherSession {
  private asked: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly session: pg.Client,
    private readonly observer: pg.Client,
    private readonly table: string,
  ) {}

  /** It will ask for `table`, to which the transaction has written. */
  static async that(copy: DatabaseCopy, table: string): Promise<OtherSession> {
    const session = await superuserOf(copy);
    await session.query(`set deadlock_timeout = '1h'`); // it does not look for one: so the victim is the other
    return new OtherSession(session, await superuserOf(copy), table);
  }

  /** Takes what the transaction asks for next, and then waits for what it has. */
  async meet(exchange: Exchange): Promise<void> {
    const { rows } = await this.session.query<{ pid: number }>('select pg_backend_pid() as pid');
    await this.session.query('begin; lock table history in exclusive mode');
    this.asked = this.session.query(`lock table ${this.table} in access exclusive mode`);
    const pid = rows[0]?.pid;
    await until('the other session waits', async () => (await this.observer.query(WAITS, [pid])).rowCount);
    exchange.pass();
    await this.asked;
    await this.session.query('rollback');
  }

  async end(): Promise<void> {
    await Promise.all([this.session.end(), this.observer.end()]);
  }
}
