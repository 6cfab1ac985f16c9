import pg, { type ClientBase, type Pool } from 'pg';
import { migrations } from '../migrations/index.js';
import { type Mappings, openDatabase, underMigrationLock } from '../open-database.js';
import { clear, reasonNotEmpty } from './emptiness.js';

/** The names of the migrations that this version knows, in their order. */
export const knownMigrations: readonly string[] = migrations.map(({ name }) => name);

/** A database that is filled, in one transaction. */
export interface Loading {
  /** The connection of the transaction. */
  readonly client: ClientBase;
  /** Brings the schema to a migration, or with null to the newest. */
  readonly migrate: (to: string | null) => Promise<void>;
}

/**
 * Has `load` fill an empty database in one transaction, while nobody else migrates: when it throws, or the process ends,
 * the database is as it was.
 * @throws Error when the database is not empty, and what `load` throws
 */
export async function loadDatabase<T>(
  { url, entities }: { readonly url: string; readonly entities: Mappings },
  load: (loading: Loading) => Promise<T>,
): Promise<T> {
  const database = await openDatabase({ url, entities, poolSize: 1, isPatient: true });
  try {
    const pool: Pool = await database.orm.em.getConnection().getNativeClient();
    return await underMigrationLock(database, async () => {
      await database.orm.migrator.getExecuted(); // makes the table in which it keeps them, which it can't in a transaction
      let client: ClientBase | null = null;
      pool.once('acquire', (acquired: ClientBase) => {
        client = acquired; // the pool has no other
      });
      return database.em.transactional(async (em) => {
        await em.execute('select 1');
        if (client === null) throw new Error('the transaction has no connection');
        await refuseNotEmpty(client);
        await clear(client);
        const transaction = em.getTransactionContext<object>();
        const migrate = async (to: string | null) => {
          await database.orm.migrator.up({ ...(to !== null && { to }), transaction });
        };
        return load({ client, migrate });
      });
    });
  } finally {
    await database.close();
  }
}

/** @throws Error when there are rows in the database, or tables of something else */
export async function requireEmpty(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: 'portico restore' });
  await client.connect();
  try {
    await refuseNotEmpty(client);
  } finally {
    await client.end();
  }
}

async function refuseNotEmpty(client: ClientBase): Promise<void> {
  const reason = await reasonNotEmpty(client);
  if (reason !== null) throw new Error(`the database is not empty: ${reason}; nothing was changed`);
}
