import {
  type CredentialOpener,
  type CredentialOwner,
  type Credentials,
  type CredentialSealer,
  CredentialVault,
  type SealingKey,
} from '@portico/domain/connections';
import { opened, sealed } from '../platform/config/sealing.js';
import type { Statements } from '../platform/database/statements.js';
import type { SealingKeys } from './sealing-keys.js';

const LIST = `
  select k.version, k.created_at as "createdAt", count(c.key_version)::integer as connections
  from sealing_keys k left join platform_connections c on c.key_version = k.version
  group by k.version order by k.version desc`;
const DESTROY = `
  delete from sealing_keys k where k.version < ?::integer
    and not exists (select from platform_connections c where c.key_version = k.version) returning k.version`;

/** AES-256-GCM; what is sealed is bound to the firm and the connection. */
export class SqlCredentialVault extends CredentialVault {
  constructor(
    private readonly keys: SealingKeys,
    private readonly statements: Statements,
  ) {
    super();
  }

  async sealer(): Promise<CredentialSealer> {
    const { key, version: keyVersion } = await this.keys.current();
    return {
      keyVersion,
      seal: (owner, credentials) => {
        return { sealed: sealed(key, contextOf(owner), JSON.stringify(credentials)), keyVersion };
      },
    };
  }

  async opener(keyVersions: readonly number[]): Promise<CredentialOpener> {
    const keys = await this.keys.ofVersions(keyVersions);
    return {
      open: (owner, { sealed: bytes, keyVersion }) => {
        const key = keys.get(keyVersion);
        if (!key) throw new Error(`sealed with a key that is not there: version ${keyVersion}`);
        return JSON.parse(opened(key.key, contextOf(owner), bytes)) as Credentials;
      },
    };
  }

  addKey(): Promise<number> {
    return this.keys.add();
  }

  async destroyKeysBefore(version: number): Promise<number> {
    return (await this.statements.run(DESTROY, [version])).length;
  }

  async listKeys(): Promise<readonly SealingKey[]> {
    const rows = await this.statements.run<SealingKey>(LIST, []);
    return rows.map((row) => ({ ...row, createdAt: new Date(row.createdAt) }));
  }
}

const contextOf = ({ firmId, id }: CredentialOwner): string => `credentials of connection ${id} of firm ${firmId}`;
