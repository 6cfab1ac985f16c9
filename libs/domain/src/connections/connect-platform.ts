import type { PortalActor, UnitOfWork } from '../kernel/index.js';
import type { OnboardingTriggers } from '../onboarding/index.js';
import type { ConnectionClients } from './connection-clients.js';
import type { ConnectionTrial, NewConnection } from './connection-trial.js';
import type { Connection } from './connection.js';
import { dashboardClient } from './dashboard-client.js';
import type { NewConnections } from './new-connections.js';
import { portalAuthor } from './portal-author.js';

/** A client connects an account of a platform: it is tried first, and kept when the platform takes the credentials. */
export class ConnectPlatform {
  constructor(
    private readonly trial: ConnectionTrial,
    private readonly clients: ConnectionClients,
    private readonly newConnections: NewConnections,
    private readonly onboarding: OnboardingTriggers,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * @throws InvalidField naming `platform`, `credentials/…` or `display_name`
   * @throws DomainError `dashboard_disabled`, `connection_test_failed`, `platform_already_connected`
   */
  async execute(actor: PortalActor, input: NewConnection): Promise<Connection> {
    await dashboardClient(this.clients, actor); // before anyone is asked
    const tried = await this.trial.run(input);
    return this.unitOfWork.run(async () => {
      const client = await dashboardClient(this.clients, actor);
      const author = portalAuthor(actor);
      const connection = await this.newConnections.add(author, client, 'client', tried);
      await this.onboarding.happened(author, [{ clientId: client.id, trigger: 'connection_made' }]);
      return connection;
    });
  }
}
