import type { Actor, Author } from '../kernel/index.js';
import { Client } from './client.js';
import { type ClientProfile, clientName } from './client-profile.js';
import type { ClientFolders } from './client-folders.js';
import type { ClientRepository, RenamedClient } from './client-repository.js';
import { FirmEntity } from './entity.js';
import type { EntityRepository } from './entity-repository.js';

/** Of a client's entity, unless something else is said (contract, section 3). */
const MODEL_TYPE = 'HOUSEHOLD';

/** A client that is to be. */
export interface ClientPlan extends Partial<ClientProfile> {
  readonly name: string;
  /** Of its entity. */
  readonly modelType?: string;
}

/** What each client has of its own: an entity, and folders. */
export class ClientBelongings {
  constructor(
    private readonly clients: ClientRepository,
    private readonly entities: EntityRepository,
    private readonly folders: ClientFolders,
  ) {}

  /**
   * Adds clients with what is their own, in the running unit of work, with a constant number of statements. Who may not
   * see all data is permitted to see what they made.
   * @throws InvalidField; DomainError `client_external_id_taken`
   */
  async add(author: Author | Actor, plans: readonly ClientPlan[], createdAt: Date): Promise<Client[]> {
    if (plans.length === 0) return [];
    const { firmId } = author;
    const entities = plans.map(({ name, modelType = MODEL_TYPE }) => {
      return new FirmEntity({ firmId, originalName: clientName(name), modelType, createdAt });
    });
    await this.entities.add(...entities);
    const clients = plans.map(({ modelType: _type, ...profile }, at) => {
      const entity = entities[at];
      if (!entity) throw new Error('an entity for each client');
      return new Client({ ...profile, firmId, entityId: entity.id, createdAt });
    });
    await this.clients.add(...clients);
    if ('allDataAccess' in author && !author.allDataAccess)
      await this.entities.permitAll(
        firmId,
        entities.map(({ id }) => id),
        author.userId,
      );
    await this.folders.addFor(author, clients);
    return clients;
  }
  /** What is still called as its client was goes with the client's new name, with a constant number of statements. */
  async carryNames(author: Author, renamed: readonly RenamedClient[], now: Date): Promise<void> {
    if (renamed.length === 0) return;
    await this.folders.rename(author, renamed, now);
    await this.clients.carryNames(author.firmId, renamed, now);
  }
}
