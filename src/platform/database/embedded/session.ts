import { stat } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { superuser, type Cluster } from './cluster.js';
import { DatabaseTakenError } from './failures.js';

/** `server`: at most one at a time on a cluster; `command`: as many as there are. */
export type Role = 'server' | 'command';

/** Role and database of the application. The role is no superuser: an SQL injection cannot reach the machine. */
export const application = { user: 'portico', database: 'portico' } as const;

/** Advisory locks hold within one database: these in `postgres`, so the application's own cannot meet them. */
const lockClass = 0x506f7274;
const locks = { inUse: 1, server: 2, setUp: 3 } as const;

/**
 * One process's stay in the cluster: a connection that holds advisory locks, which PostgreSQL frees when the process
 * dies, however it dies.
 */
export class Session {
  readonly port: number;
  /** Called once when the connection ends before `close`. */
  onEnd?: () => void;
  isOpen = true;
  private readonly client: pg.Client;
  private readonly cluster: Cluster;

  private constructor(client: pg.Client, port: number, cluster: Cluster) {
    this.client = client;
    this.port = port;
    this.cluster = cluster;
    client.on('end', () => {
      this.isOpen = false;
      this.onEnd?.();
    });
  }

  /**
   * Connects to the cluster on a port of 127.0.0.1.
   * @throws Error with PostgreSQL's code, or when another cluster answers
   */
  static async open(cluster: Cluster, port: number, role: Role): Promise<Session> {
    const client = new pg.Client({
      host: '127.0.0.1',
      port,
      user: superuser,
      password: cluster.password,
      database: 'postgres',
      application_name: `portico-${role}:${process.pid}`,
      ssl: false,
      keepAlive: true,
      connectionTimeoutMillis: 5000,
    });
    // without a listener it would end the process; a query that fails rejects by itself, and 'end' follows
    client.on('error', () => undefined);
    await client.connect();
    const session = new Session(client, port, cluster);
    try {
      await session.checkDirectory();
      return session;
    } catch (error) {
      await session.close();
      throw error;
    }
  }

  /**
   * Tells others that the cluster is in use, and makes the application's role and database when missing.
   * @throws DatabaseTakenError when a server asks for a cluster that has one
   */
  async join(role: Role): Promise<void> {
    // held up only while somebody stops the cluster, which ends this connection
    await this.within(10_000, 'select pg_advisory_lock_shared($1, $2)', [lockClass, locks.inUse]);
    await this.setUp();
    if (role === 'server') await this.becomeServer();
  }

  /** Gives up the locks. Answers true when nobody else uses the cluster: then nobody can join it until `close`. */
  async leave(patienceMs: number): Promise<boolean> {
    await this.client.query('select pg_advisory_unlock_all()');
    return this.tryLock(locks.inUse, patienceMs);
  }

  async close(): Promise<void> {
    this.onEnd = undefined;
    // when the connection is gone already there is nothing to end
    await this.client.end().catch(() => undefined);
  }

  private async checkDirectory(): Promise<void> {
    const { rows } = await this.client.query<{ data_directory: string }>('show data_directory');
    const theirs = rows[0]?.data_directory ?? '';
    const [a, b] = await Promise.all([stat(theirs).catch(() => undefined), stat(this.cluster.data)]);
    if (a?.ino === b.ino && a.dev === b.dev) return;
    throw new Error(`127.0.0.1:${this.port} serves ${theirs}, not ${this.cluster.data}`);
  }

  private async setUp(): Promise<void> {
    const { user, database } = application;
    const lock = [lockClass, locks.setUp];
    await this.within(30_000, 'select pg_advisory_lock($1, $2)', lock);
    const roles = await this.client.query('select from pg_roles where rolname = $1', [user]);
    if (roles.rowCount === 0) {
      const password = this.client.escapeLiteral(this.cluster.password);
      await this.client.query(`create role ${user} login createdb password ${password}`);
    }
    const databases = await this.client.query('select from pg_database where datname = $1', [database]);
    if (databases.rowCount === 0) await this.client.query(`create database ${database} owner ${user}`);
    await this.client.query('select pg_advisory_unlock($1, $2)', lock);
  }

  private async becomeServer(): Promise<void> {
    // the patience is for the backend of a killed server, which needs a moment to notice
    if (await this.tryLock(locks.server, 500)) return;
    const { rows } = await this.client.query<{ application_name: string }>(
      `select a.application_name from pg_locks l join pg_stat_activity a using (pid)
       where l.locktype = 'advisory' and l.classid = $1 and l.objid = $2 and l.granted
         and a.datname = current_database()`,
      [lockClass, locks.server],
    );
    const pid = /^portico-server:(\d+)$/.exec(rows[0]?.application_name ?? '')?.[1] ?? 'unknown';
    throw new DatabaseTakenError(
      `DATA_DIR ${this.cluster.dataDir} is in use by another Portico server (process ${pid})`,
    );
  }

  private async tryLock(lock: number, patienceMs: number): Promise<boolean> {
    const end = performance.now() + patienceMs;
    for (;;) {
      const query = 'select pg_try_advisory_lock($1, $2) as is_ours';
      const { rows } = await this.client.query<{ is_ours: boolean }>(query, [lockClass, lock]);
      if (rows[0]?.is_ours) return true;
      if (performance.now() >= end) return false;
      await pause(50);
    }
  }

  private async within(patienceMs: number, query: string, parameters: readonly number[]): Promise<void> {
    await this.client.query(`set lock_timeout = ${patienceMs}`);
    await this.client.query(query, [...parameters]);
    await this.client.query('set lock_timeout = 0');
  }
}
