import {
  Connection,
  type ConnectionSource,
  type CredentialVault,
  type DayFigures,
  type Platform,
} from '@portico/domain/connections';
import type { ClientId, ConnectionId, FirmId } from '@portico/domain/kernel';
import { SealingKeys } from '../../src/connections/sealing-keys.js';
import { MikroOrmConnectionRepository } from '../../src/connections/mikro-orm-connection-repository.js';
import { SqlConnectionFigures } from '../../src/connections/sql-connection-figures.js';
import { SqlCredentialVault } from '../../src/connections/sql-credential-vault.js';
import { SecretKey } from '../../src/platform/config/secret-key.js';
import type { Database } from '../../src/platform/database/database.js';
import { MikroOrmUnitOfWork } from '../../src/platform/database/mikro-orm-unit-of-work.js';
import { Statements } from '../../src/platform/database/statements.js';
import { SecureRandom } from '../../src/platform/secure-random.js';
import { SystemClock } from '../../src/platform/system-clock.js';

/** What a connection is made of in a suite on the database. */
export interface ConnectionRow {
  readonly firmId: FirmId;
  readonly clientId: ClientId;
  readonly platform?: Platform;
  readonly accountId?: string;
  readonly source?: ConnectionSource;
  readonly credentials?: object;
}

/** The adapters about connections on a database. */
export class ConnectionAdapters {
  readonly random = new SecureRandom();
  readonly clock = new SystemClock();
  readonly unitOfWork: MikroOrmUnitOfWork;
  readonly statements: Statements;
  readonly connections: MikroOrmConnectionRepository;
  readonly figures: SqlConnectionFigures;

  constructor(readonly database: Database) {
    this.unitOfWork = new MikroOrmUnitOfWork(database);
    this.statements = new Statements(database);
    this.connections = new MikroOrmConnectionRepository(database);
    this.figures = new SqlConnectionFigures(this.statements, this.random, this.clock);
  }

  /** The vault of an installation with the secret key of which every byte is `byte`. */
  vault(byte = 7): CredentialVault {
    const keys = new SealingKeys(new SecretKey(Buffer.alloc(32, byte)), this.statements, this.clock);
    return new SqlCredentialVault(keys, this.statements);
  }

  /** A new connection, with its credentials sealed. */
  async connect(row: ConnectionRow): Promise<Connection> {
    const { firmId, clientId, platform = 'shopify', source = 'client', credentials = { access_token: 'secret' } } = row;
    const { accountId = this.random.alphanumeric(10) } = row;
    const owner = { firmId, id: this.random.uuid() as ConnectionId };
    return this.unitOfWork.run(async () => {
      const sealed = (await this.vault().sealer()).seal(owner, { ...credentials });
      const known = { displayName: 'Shop', storeUrl: null, scopes: ['a', 'b'], tokenExpiresAt: null };
      const connection = new Connection(
        { ...owner, clientId, platform, source, accountId, ...known, ...sealed },
        this.clock.now(),
      );
      await this.connections.add(connection);
      return connection;
    });
  }

  /** Ends it. */
  async end({ firmId, id }: Connection): Promise<void> {
    await this.unitOfWork.run(async () => (await this.connections.find(firmId, id))?.remove(this.clock.now()));
  }
}

/** A day with one campaign and one metric of a value. */
export function aDay(date: string, value: string, changes: Partial<DayFigures> = {}): DayFigures {
  const counts = { impressions: 1000, clicks: 50, conversions: '1.5000', conversionValue: '40.00', reach: null };
  return {
    ...{ date, currency: 'EUR' },
    campaigns: [{ campaignId: '111', campaignName: 'Spring sale', status: 'enabled', spend: value, ...counts }],
    metrics: [{ key: 'revenue', label: 'Revenue', unit: 'EUR', value }],
    ...changes,
  };
}
