import { LockMode } from '@mikro-orm/core';
import { Connection, connectionErrors, ConnectionRepository } from '@portico/domain/connections';
import type { ClientId, ConnectionId, FirmId } from '@portico/domain/kernel';
import type { Database } from '../platform/database/database.js';
import { violatedConstraint } from '../platform/database/database-errors.js';

const LOCKED = { lockMode: LockMode.PESSIMISTIC_WRITE, orderBy: { id: 'asc' } } as const;
const SAME_ACCOUNT = 'platform_connections_account';

export class MikroOrmConnectionRepository extends ConnectionRepository {
  constructor(private readonly database: Database) {
    super();
  }

  async add(connection: Connection): Promise<void> {
    try {
      await this.database.em.persist(connection).flush();
    } catch (error) {
      if (violatedConstraint(error) !== SAME_ACCOUNT) throw error;
      throw connectionErrors.alreadyConnected(connection.platform);
    }
  }

  find(firmId: FirmId, id: ConnectionId): Promise<Connection | null> {
    return this.database.em.findOne(Connection, { firmId, id, removedAt: null }, LOCKED);
  }

  listOf(firmId: FirmId, clientId: ClientId): Promise<readonly Connection[]> {
    return this.database.em.find(Connection, { firmId, clientId, removedAt: null }, LOCKED);
  }

  sealedBefore(version: number, most: number): Promise<readonly Connection[]> {
    return this.database.em.find(Connection, { keyVersion: { $lt: version } }, { ...LOCKED, limit: most });
  }

  countSealedBefore(version: number): Promise<number> {
    return this.database.em.count(Connection, { keyVersion: { $lt: version } });
  }
}
