import type { History } from '../history/index.js';
import type { Clock, ConnectionId, PortalActor, UnitOfWork } from '../kernel/index.js';
import type { ConnectionClients } from './connection-clients.js';
import { connectionRemoved } from './connection-history.js';
import type { ConnectionRepository } from './connection-repository.js';
import { connectionErrors } from './connection.errors.js';
import { dashboardClient } from './dashboard-client.js';
import { portalAuthor } from './portal-author.js';

/** A client ends a connection that it has made: the credentials are wiped, the figures stay. */
export class DisconnectPlatform {
  constructor(
    private readonly connections: ConnectionRepository,
    private readonly clients: ConnectionClients,
    private readonly history: History,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `dashboard_disabled`, `connection_not_found`, `connection_managed_by_agency` */
  async execute(actor: PortalActor, { id }: { id: ConnectionId }): Promise<void> {
    await this.unitOfWork.run(async () => {
      await dashboardClient(this.clients, actor);
      const connection = await this.connections.find(actor.firmId, id);
      if (connection?.clientId !== actor.companyId) throw connectionErrors.notFound(id);
      if (connection.source === 'agency') throw connectionErrors.managedByAgency();
      connection.remove(this.clock.now());
      await this.history.record(portalAuthor(actor), connectionRemoved(connection));
    });
  }
}
