import type { History } from '../history/index.js';
import type { Actor, Clock, ConnectionId, UnitOfWork } from '../kernel/index.js';
import { connectionRemoved } from './connection-history.js';
import type { ConnectionQueries } from './connection-queries.js';
import type { ConnectionRepository } from './connection-repository.js';
import { connectionErrors } from './connection.errors.js';

/** The agency ends a connection of a client, whoever made it. */
export class DisconnectForClient {
  constructor(
    private readonly connections: ConnectionRepository,
    private readonly queries: ConnectionQueries,
    private readonly history: History,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `connection_not_found`, also when the client is not permitted to the actor */
  async execute(actor: Actor, { id }: { id: ConnectionId }): Promise<void> {
    if (!(await this.queries.findForStaff(actor, id))) throw connectionErrors.notFound(id);
    await this.unitOfWork.run(async () => {
      const connection = await this.connections.find(actor.firmId, id);
      if (!connection) throw connectionErrors.notFound(id);
      connection.remove(this.clock.now());
      await this.history.record(actor, connectionRemoved(connection));
    });
  }
}
