import type { Author, ClientId, Clock, EntityId, UnitOfWork } from '../kernel/index.js';
import type { History } from '../history/index.js';
import { Client, clientName, unknownClient } from './client.js';
import type { ClientRepository } from './client-repository.js';
import { FirmEntity } from './entity.js';
import type { EntityRepository } from './entity-repository.js';

/** Of a client's entity, unless something else is said (contract, section 3). */
const MODEL_TYPE = 'HOUSEHOLD';

export interface CreateClientInput {
  readonly name: string;
  /** The company above it. */
  readonly parentId?: ClientId | null;
  readonly modelType?: string;
}

/** Adds a client, and with it the entity that is its own. */
export class CreateClient {
  constructor(
    private readonly clients: ClientRepository,
    private readonly entities: EntityRepository,
    private readonly history: History,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws InvalidField naming `name`, `modelType`, or `parentId` with the code `unknown_client` */
  async execute(author: Author, input: CreateClientInput): Promise<{ id: ClientId; entityId: EntityId }> {
    const { firmId } = author;
    const { parentId = null, modelType = MODEL_TYPE } = input;
    const createdAt = this.clock.now();
    const name = clientName(input.name);
    return this.unitOfWork.run(async () => {
      const entity = new FirmEntity({ firmId, originalName: name, modelType, createdAt });
      if (parentId !== null && !(await this.clients.find(firmId, parentId))) throw unknownClient('parentId');
      await this.entities.add(entity);
      const client = new Client({ firmId, name, parentId, entityId: entity.id, createdAt });
      await this.clients.add(client);
      const details = { name, parentId, entityId: entity.id, modelType: entity.modelType };
      const subject = { type: 'client', id: client.id };
      await this.history.record(author, { action: 'client.created', subject, details });
      return { id: client.id, entityId: entity.id };
    });
  }
}
