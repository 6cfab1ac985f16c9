import { type Client, type ClientRepository, reachableClients, unknownClient } from '../directory/index.js';
import type { DataAccess } from '../identity/index.js';
import type { Actor, ClientId, ConnectionId, UnitOfWork } from '../kernel/index.js';
import type { OnboardingTriggers } from '../onboarding/index.js';
import type { ConnectionTrial, NewConnection } from './connection-trial.js';
import type { NewConnections } from './new-connections.js';

/** The agency connects an account of a platform for a client. */
export class ConnectForClient {
  constructor(
    private readonly trial: ConnectionTrial,
    private readonly clients: ClientRepository,
    private readonly access: DataAccess,
    private readonly newConnections: NewConnections,
    private readonly onboarding: OnboardingTriggers,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * @throws InvalidField naming `platform`, `credentials/…` or `display_name`, or `clientId` with the code
   *   `unknown_client`
   * @throws DomainError `connection_test_failed`, `platform_already_connected`
   */
  async execute(actor: Actor, { clientId, ...input }: NewConnection & { clientId: ClientId }): Promise<ConnectionId> {
    await this.unitOfWork.run(() => this.client(actor, clientId)); // before anyone is asked
    const tried = await this.trial.run(input);
    return this.unitOfWork.run(async () => {
      const client = await this.client(actor, clientId);
      const { id } = await this.newConnections.add(actor, client, 'agency', tried);
      await this.onboarding.happened(actor, [{ clientId, trigger: 'connection_made' }]);
      return id;
    });
  }

  private async client(actor: Actor, id: ClientId): Promise<Client> {
    const client = await this.clients.find(actor.firmId, id);
    const [visible] = await reachableClients(this.access, actor, client ? [client] : []);
    if (!visible) throw unknownClient('clientId');
    return visible;
  }
}
