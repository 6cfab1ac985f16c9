import type { Actor, Author, ClientId, Clock, EntityId, UnitOfWork } from '../kernel/index.js';
import type { History } from '../history/index.js';
import type { DataAccess } from '../identity/index.js';
import type { ClientBelongings, ClientPlan } from './client-belongings.js';
import { ClientPolicies } from './client-policies.js';
import { clientErrors } from './client.errors.js';
import { chosenParent } from './client-parents.js';
import { clientCreated } from './client-history.js';
import { checkedClient } from './client-profile.js';
import type { ClientRepository } from './client-repository.js';

/** Adds a client, and with it the entity and the folders that are its own. */
export class CreateClient {
  constructor(
    private readonly belongings: ClientBelongings,
    private readonly clients: ClientRepository,
    private readonly access: DataAccess,
    private readonly history: History,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws InvalidField naming a field of the profile, `modelType`, `parentId` with the code `unknown_client` or
   *   `invalid_parent`, `deliveryManagerId` with the code `unknown_user`, or `slaPolicyId` with the code
   *   `unknown_reference`
   * @throws DomainError `client_external_id_taken`
   */
  async execute(author: Author | Actor, input: ClientPlan): Promise<{ id: ClientId; entityId: EntityId }> {
    const { firmId } = author;
    const { modelType, ...profile } = input;
    checkedClient(profile);
    const { parentId = null, deliveryManagerId = null } = profile;
    return this.unitOfWork.run(async () => {
      if (parentId !== null) await this.requireTopmost(author, parentId);
      if (deliveryManagerId !== null && !(await this.clients.usersAmong(firmId, [deliveryManagerId])).size)
        throw clientErrors.unknownManager();
      (await ClientPolicies.among(this.clients, firmId, [profile])).of(profile, null);
      const [client] = await this.belongings.add(author, [{ ...profile, modelType }], this.clock.now());
      if (!client) throw new Error('a client for each plan');
      await this.history.record(author, clientCreated(client));
      return { id: client.id, entityId: client.entityId };
    });
  }

  private async requireTopmost(author: Author | Actor, parentId: ClientId): Promise<void> {
    await this.clients.lockGroups(author.firmId);
    const parent = await chosenParent(this.clients, this.access, author, parentId);
    if (parent.parentId !== null) throw clientErrors.parentNotTopmost();
  }
}
