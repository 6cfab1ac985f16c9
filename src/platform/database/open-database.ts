import { setTimeout as pause } from 'node:timers/promises';
import { type EntitySchema } from '@mikro-orm/core';
import { Migrator } from '@mikro-orm/migrations';
import { defineConfig, MikroORM } from '@mikro-orm/postgresql';
import pg from 'pg';
import { Database } from './database.js';
import { isUnavailable } from './database-errors.js';
import { reclaimEndedConnections } from './ended-connections.js';
import { migrations } from './migrations/index.js';
import { Replicas } from './replicas.js';
import { endSilentConnections, type Patience } from './silent-connections.js';

/** Any constant will do, as long as every version of Portico uses it. */
const MIGRATION_LOCK = 7_309_481;
const OLDEST_SERVER = 15;
/** A statement that takes longer is given up, so that slow ones can not hold all connections. */
const PATIENCE = '15s';
/** Longer than any statement may take: a connection that says nothing for so long is dead. */
const SILENCE_MS = 20_000;
/** How many connections read for units of work under a condition: short reads, one for each. */
const BESIDE = 2;

/** The mapped classes of all modules. */
export type Mappings = EntitySchema[];

export interface DatabaseOptions {
  readonly url: string;
  readonly poolSize: number;
  readonly entities: Mappings;
  /** Statements may take as long as they need: for commands that nobody waits behind. */
  readonly isPatient?: boolean;
  /** How long it may be silent about a statement, unless it is patient. */
  readonly silenceMs?: number;
  /** Read replicas of it. */
  readonly replicaUrls?: readonly string[];
}

/** Opens the pool; the first statement connects. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const driverOptions = {
    connectionTimeoutMillis: 5000,
    keepAlive: true,
    application_name: 'portico',
    // compiling a statement takes longer than any of ours runs
    onConnect: (client: pg.ClientBase) =>
      client.query(`set jit = off; set statement_timeout = '${options.isPatient ? 0 : PATIENCE}'`),
  };
  const orm = await MikroORM.init(
    defineConfig({
      entities: options.entities,
      clientUrl: options.url,
      pool: { min: 0, max: options.poolSize, idleTimeoutMillis: 300_000 },
      driverOptions,
      forceUtcTimezone: true,
      batchSize: 1000, // as many rows as one call brings: they are written in one statement
      discovery: { inferDefaultValues: false },
      extensions: [Migrator],
      migrations: {
        migrationsList: migrations,
        snapshot: false,
        tableName: 'schema_migrations',
        transactional: true,
        allOrNothing: true,
      },
      logger: () => undefined,
    }),
  );
  const pool = await orm.em.getConnection().getNativeClient();
  const beside = new pg.Pool({ ...driverOptions, connectionString: options.url, max: BESIDE });
  // an idle connection went away; the pool makes a new one when it needs it
  for (const each of [pool, beside]) each.on('error', () => undefined);
  reclaimEndedConnections(pool);
  const patience: Patience = { ms: options.isPatient ? 0 : (options.silenceMs ?? SILENCE_MS) };
  for (const each of [pool, beside]) endSilentConnections(each, patience);
  const { replicaUrls = [], poolSize: max } = options;
  const replicas = replicaUrls.length > 0 ? new Replicas(pool, replicaUrls, { ...driverOptions, max }, patience) : null;
  return new Database(orm, { pool, beside, replicas }, patience, options.url);
}

/**
 * Brings the schema up to date under a lock: of several instances that start at once one does it, the others wait.
 * @throws Error when the server is older than PostgreSQL 15
 */
export async function migrate(database: Database): Promise<void> {
  const migrating = () =>
    database.em.transactional(async (em) => {
      await em.execute('set local statement_timeout = 0');
      await database.orm.migrator.up({ transaction: em.getTransactionContext<object>() });
    });
  await underMigrationLock(database, () => database.patiently(migrating));
}

/**
 * Runs `work` while nobody else migrates.
 * @throws Error when the server is older than PostgreSQL 15, and what `work` throws
 */
export async function underMigrationLock<T>(database: Database, work: () => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: database.url, application_name: 'portico migration' });
  client.on('error', () => undefined); // the statement under way fails with the same error
  await client.connect();
  try {
    const version = await client.query<{ v: string }>(`select current_setting('server_version_num') as v`);
    const major = Math.floor(Number(version.rows[0]?.v) / 10_000);
    if (major < OLDEST_SERVER) throw new Error(`PostgreSQL ${OLDEST_SERVER} or newer is needed, this is ${major}`);
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    return await work();
  } finally {
    await client.end();
  }
}

/** Waits until the database answers. @throws the last refusal when it doesn't within `seconds` */
export async function waitForDatabase(
  database: Database,
  seconds: number,
  log: (message: string) => void,
): Promise<void> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    try {
      return await database.check();
    } catch (error) {
      if (!isUnavailable(error) || Date.now() > end) throw error;
      log(`the database does not answer yet (${(error as Error).message})`);
      await pause(1000);
    }
  }
}
