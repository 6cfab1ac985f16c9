import type { Clock, PortalActor, Random, UnitOfWork } from '../kernel/index.js';
import type { ConnectionClients } from './connection-clients.js';
import type { ConnectionRepository } from './connection-repository.js';
import { dashboardClient } from './dashboard-client.js';
import { portalAuthor } from './portal-author.js';
import type { Sync, SyncJobs } from './sync-jobs.js';

/** Begins to fetch the figures of all platforms that a client has connected. */
export class StartSyncs {
  constructor(
    private readonly connections: ConnectionRepository,
    private readonly clients: ConnectionClients,
    private readonly jobs: SyncJobs,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** Answers how many it began: those under way are left to go on. @throws DomainError `dashboard_disabled` */
  async execute(actor: PortalActor): Promise<number> {
    const { firmId, companyId } = actor;
    return this.unitOfWork.run(async () => {
      await dashboardClient(this.clients, actor);
      const now = this.clock.now();
      const author = portalAuthor(actor);
      const begun = (await this.connections.listOf(firmId, companyId)).flatMap((connection): Sync[] => {
        const syncId = this.random.uuid();
        return connection.queueSync(syncId, now) ? [{ connectionId: connection.id, syncId, author }] : [];
      });
      await this.jobs.add(begun, null);
      return begun.length;
    });
  }
}
