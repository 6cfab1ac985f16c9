import type { Actor, ClientId, Clock, UnitOfWork } from '../kernel/index.js';
import type { History } from '../history/index.js';
import type { DataAccess } from '../identity/index.js';
import type { Client } from './client.js';
import type { ClientBelongings } from './client-belongings.js';
import { ClientPolicies } from './client-policies.js';
import { clientErrors } from './client.errors.js';
import { clientChanged } from './client-history.js';
import { chosenParent, hasChildren } from './client-parents.js';
import type { ClientProfile } from './client-profile.js';
import type { ClientRepository } from './client-repository.js';
import { visibleClient } from './visible-client.js';

export interface ChangeClientInput {
  readonly id: ClientId;
  readonly profile: Partial<ClientProfile>;
}

/** Changes what is given of a client; its entity and its folder go with its name. */
export class ChangeClient {
  constructor(
    private readonly belongings: ClientBelongings,
    private readonly clients: ClientRepository,
    private readonly access: DataAccess,
    private readonly history: History,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws InvalidField naming a field, with the code `unknown_client`, `invalid_parent`, `unknown_user` or `unknown_reference`
   *   where it names another
   * @throws DomainError `client_not_found`, `client_has_children`, `client_external_id_taken`
   */
  async execute(actor: Actor, { id, profile }: ChangeClientInput): Promise<void> {
    const { firmId } = actor;
    await this.unitOfWork.run(async () => {
      if (profile.parentId !== undefined) await this.clients.lockGroups(firmId);
      const client = await visibleClient(this.clients, this.access, actor, id);
      await this.requireReferences(actor, client, profile);
      const now = this.clock.now();
      const from = client.name;
      const changed = client.revise(profile, now);
      if (Object.keys(changed).length === 0) return;
      await this.clients.write();
      const { entityId, name: to } = client;
      if (from !== to) await this.belongings.carryNames(actor, [{ id, entityId, from, to }], now);
      await this.history.record(actor, clientChanged(client, changed));
    });
  }

  private async requireReferences(actor: Actor, client: Client, profile: Partial<ClientProfile>): Promise<void> {
    const { firmId } = actor;
    const { parentId = null, deliveryManagerId = null } = profile;
    if (parentId !== null && parentId !== client.parentId) {
      const parent = await chosenParent(this.clients, this.access, actor, parentId);
      client.requireBelow(parent, await hasChildren(this.clients, firmId, client.id));
    }
    if (deliveryManagerId !== null && !(await this.clients.usersAmong(firmId, [deliveryManagerId])).size)
      throw clientErrors.unknownManager();
    (await ClientPolicies.among(this.clients, firmId, [profile])).of(profile, client.id);
  }
}
