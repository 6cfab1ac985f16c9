import type { Actor, ClientId, Clock, UnitOfWork } from '../kernel/index.js';
import type { History } from '../history/index.js';
import type { DataAccess } from '../identity/index.js';
import type { ClientRepository } from './client-repository.js';
import { visibleClient } from './visible-client.js';

const DONE = { archive: 'client.archived', restore: 'client.restored' } as const;

/** Puts a client away, so that lists leave it out, or takes it out again. Nothing of it is lost. */
export class ArchiveClient {
  constructor(
    private readonly clients: ClientRepository,
    private readonly access: DataAccess,
    private readonly history: History,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Doing it again changes nothing. @throws DomainError `client_not_found` */
  async execute(actor: Actor, { id, step }: { id: ClientId; step: keyof typeof DONE }): Promise<void> {
    await this.unitOfWork.run(async () => {
      const client = await visibleClient(this.clients, this.access, actor, id);
      if (!client[step](this.clock.now())) return;
      await this.clients.write();
      await this.history.record(actor, { action: DONE[step], subject: { type: 'client', id } });
    });
  }
}
