import { mkdir } from 'node:fs/promises';
import type { Logger } from 'pino';
import type { BlobStore } from '@portico/domain/kernel';
import type { Config } from './config/config.js';
import { loadSecretKey, type SecretKey } from './config/secret-key.js';
import type { Database } from './database/database.js';
import { attachEmbeddedDatabase } from './database/embedded/embedded-database.js';
import { type Mappings, migrate, openDatabase, waitForDatabase } from './database/open-database.js';
import { openBlobStore } from './storage/open-blob-store.js';

const PATIENCE_SECONDS = 30;

/** What stands before the application does, and outlives it: settings, key, open and migrated database, storage. */
export interface Runtime {
  readonly config: Config;
  readonly logger: Logger;
  readonly secretKey: SecretKey;
  readonly database: Database;
  readonly blobs: BlobStore;
  /** Closes what was opened; to be called once, last. */
  close(): Promise<void>;
}

/**
 * Opens everything that `config` names. As `server` it is the only one on its `DATA_DIR`; as `command` it joins one.
 * @throws Error when the database does not come up, or another server has the `DATA_DIR`
 */
export async function openRuntime(options: {
  config: Config;
  logger: Logger;
  role: 'server' | 'command';
  entities: Mappings;
  onLost?: (error: Error) => void;
}): Promise<Runtime> {
  const { config, logger, role, entities, onLost } = options;
  const log = (message: string) => logger.info(message);
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
  const secretKey = await loadSecretKey(config);
  const embedded = config.databaseUrl
    ? null
    : await attachEmbeddedDatabase({ dataDir: config.dataDir, role, log: (message) => logger.debug(message), onLost });
  let database: Database | null = null;
  const close = async () => {
    await database?.close();
    await embedded?.detach();
  };
  try {
    const url = embedded?.url ?? config.databaseUrl ?? '';
    const { databasePoolSize: poolSize, databaseReplicaUrls: replicaUrls } = config;
    database = await openDatabase({ url, poolSize, entities, isPatient: role === 'command', replicaUrls });
    await waitForDatabase(database, PATIENCE_SECONDS, log);
    await migrate(database);
    const blobs = openBlobStore(config.storage);
    return { config, logger, secretKey, database, blobs, close };
  } catch (error) {
    await close();
    throw error;
  }
}
