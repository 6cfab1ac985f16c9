import { randomBytes } from 'node:crypto';
import type { Clock } from '@portico/domain/kernel';
import { opened, sealed } from '../platform/config/sealing.js';
import type { SecretKey } from '../platform/config/secret-key.js';
import type { Statements } from '../platform/database/statements.js';

/** Any constant will do, as long as every version of Portico uses it. */
const LOCK = 7_309_485;
const KEY_BYTES = 32;
const NEWEST = 'select version, sealed from sealing_keys order by version desc limit 1';
const OF_VERSIONS = 'select version, sealed from sealing_keys where version = any (?::integer[])';
const ADD = `insert into sealing_keys (version, sealed, created_at) values (?::integer, ?::bytea, ?::timestamptz)
  on conflict do nothing`;

/** A key as it is used. */
export interface DataKey {
  readonly version: number;
  readonly key: Buffer;
}

interface KeyRow {
  readonly version: number;
  readonly sealed: Buffer;
}

/** The keys that seal credentials: random ones, in the database, each sealed with the installation's own key. */
export class SealingKeys {
  private readonly master: Buffer;

  constructor(
    secretKey: SecretKey,
    private readonly statements: Statements,
    private readonly clock: Clock,
  ) {
    this.master = secretKey.derive('sealing-keys');
  }

  /** The newest one, made if there is none; until the unit of work ends there is no newer one. */
  async current(): Promise<DataKey> {
    await this.statements.run('select pg_advisory_xact_lock_shared(?::bigint)', [LOCK]);
    const found = await this.newest();
    if (found) return found;
    await this.make(1);
    const made = await this.newest(); // perhaps somebody else's
    if (!made) throw new Error('there is no key, although one was made');
    return made;
  }

  /** A new one, once nobody is sealing with those before it any more. */
  async add(): Promise<number> {
    await this.statements.run('select pg_advisory_xact_lock(?::bigint)', [LOCK]);
    const version = ((await this.newest())?.version ?? 0) + 1;
    await this.make(version);
    return version;
  }

  /** Those of these versions that there are. @throws Error when `SECRET_KEY` is another one */
  async ofVersions(versions: readonly number[]): Promise<ReadonlyMap<number, DataKey>> {
    const rows = await this.statements.run<KeyRow>(OF_VERSIONS, [versions]);
    return new Map(rows.map((row) => [row.version, this.opened(row)]));
  }

  private async newest(): Promise<DataKey | null> {
    const [row] = await this.statements.run<KeyRow>(NEWEST, []);
    return row ? this.opened(row) : null;
  }

  private async make(version: number): Promise<void> {
    const key = randomBytes(KEY_BYTES).toString('base64');
    await this.statements.run(ADD, [version, sealed(this.master, contextOf(version), key), this.clock.now()]);
  }

  private opened({ version, sealed: bytes }: KeyRow): DataKey {
    return { version, key: Buffer.from(opened(this.master, contextOf(version), bytes), 'base64') };
  }
}

const contextOf = (version: number): string => `sealing key ${version}`;
