import { opened } from '../platform/config/sealing.js';
import type { SecretKey } from '../platform/config/secret-key.js';

/** For what the keys of the authorization server are sealed; it can never change, because sealed ones are kept. */
const OIDC_KEYS = 'oidc-keys';

/** Runs one statement. */
export interface Queries {
  query<Row extends object>(text: string): Promise<{ readonly rows: Row[] }>;
}

/**
 * Makes sure that the key is the one with which the database was set up; of a database on which no server ever ran
 * nobody can tell.
 * @throws Error when it is another one
 */
export async function requireRightKey(client: Queries, key: SecretKey): Promise<void> {
  const { rows } = await client.query<{ kid: string; sealed_key: Buffer }>('select kid, sealed_key from oidc_keys');
  for (const { kid, sealed_key: sealed } of rows) opened(key.derive(OIDC_KEYS), kid, sealed);
}
