import { randomBytes, randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import type { Clock } from '@portico/domain/kernel';
import { opened, sealed } from '../../platform/config/sealing.js';
import type { SecretKey } from '../../platform/config/secret-key.js';
import type { Database } from '../../platform/database/database.js';
import { statement } from '../../platform/database/statement.js';

export const SIGNING_ALGORITHM = 'ES256';
/** Any constant will do, as long as every version of Portico uses it. */
const KEY_LOCK = 7_309_483;

type Purpose = 'signing' | 'cookie';
interface KeyRow {
  kid: string;
  sealed_key: Buffer;
}
const KEYS = statement('select kid, sealed_key from oidc_keys where purpose = $1 order by created_at desc, kid');

/** The authorization server's keys, kept in the database under AES-256-GCM with a key derived from `SECRET_KEY`. */
export class SigningKeys {
  private readonly sealKey: Buffer;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    secretKey: SecretKey,
  ) {
    this.sealKey = secretKey.derive('oidc-keys');
  }

  /** The private signing keys, the one in use first; made at the first start. */
  async signingKeys(): Promise<JWK[]> {
    return (await this.keys('signing', newSigningKey)).map((key) => JSON.parse(key) as JWK);
  }

  /** The keys that sign the cookies of a sign-in. */
  cookieKeys(): Promise<string[]> {
    return this.keys('cookie', () => Promise.resolve(randomBytes(32).toString('base64url')));
  }

  private async keys(purpose: Purpose, make: () => Promise<string>): Promise<string[]> {
    let rows = await this.database.query<KeyRow>(KEYS, [purpose]);
    if (rows.length === 0) {
      await this.addFirst(purpose, make);
      rows = await this.database.query<KeyRow>(KEYS, [purpose]);
    }
    return rows.map(({ kid, sealed_key }) => opened(this.sealKey, kid, sealed_key));
  }

  /** Of several instances that start at once, one makes the key. */
  private async addFirst(purpose: Purpose, make: () => Promise<string>): Promise<void> {
    await this.database.em.transactional(
      async (em) => {
        await em.execute('select pg_advisory_xact_lock(?)', [KEY_LOCK]);
        const present: unknown[] = await em.execute('select 1 from oidc_keys where purpose = ?', [purpose]);
        if (present.length > 0) return;
        const kid = randomUUID();
        await em.execute('insert into oidc_keys (kid, purpose, sealed_key, created_at) values (?, ?, ?, ?)', [
          kid,
          purpose,
          sealed(this.sealKey, kid, await make()),
          this.clock.now(),
        ]);
      },
      { clear: true },
    );
  }
}

async function newSigningKey(): Promise<string> {
  const { privateKey } = await generateKeyPair(SIGNING_ALGORITHM, { extractable: true });
  const jwk = { ...(await exportJWK(privateKey)), use: 'sig', alg: SIGNING_ALGORITHM, kid: randomUUID() };
  return JSON.stringify(jwk);
}
