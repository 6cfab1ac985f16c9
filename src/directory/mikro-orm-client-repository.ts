import { LockMode } from '@mikro-orm/core';
import { Client, ClientRepository } from '@portico/domain/directory';
import type { ClientId, FirmId } from '@portico/domain/kernel';
import type { Database } from '../platform/database/database.js';

export class MikroOrmClientRepository extends ClientRepository {
  constructor(private readonly database: Database) {
    super();
  }

  async add(client: Client): Promise<void> {
    this.database.em.persist(client);
    await this.database.em.flush();
  }

  find(firmId: FirmId, id: ClientId): Promise<Client | null> {
    return this.database.em.findOne(Client, { firmId, id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  }
}
