import { ArchiveClient, ChangeClient, ClientBelongings, CreateClient, UpsertClients } from '@portico/domain/directory';
import { DirectoryBench } from './directory.js';
import { InMemoryClientFolders, InMemoryClientRepository } from './in-memory-clients.js';
import { InMemoryUnitOfWork } from './in-memory-unit-of-work.js';

/** In-memory adapters that know each other, and the use cases about clients on them. */
export class ClientBench extends DirectoryBench {
  readonly clients = new InMemoryClientRepository();
  readonly folders = new InMemoryClientFolders();
  private readonly work = new InMemoryUnitOfWork([this.clients, this.entities, this.history]);
  private readonly belongings = new ClientBelongings(this.clients, this.entities, this.folders);
  private readonly tools = [this.access, this.history, this.work, this.clock] as const;
  readonly createClient = new CreateClient(this.belongings, this.clients, ...this.tools);
  readonly changeClient = new ChangeClient(this.belongings, this.clients, ...this.tools);
  readonly archiveClient = new ArchiveClient(this.clients, ...this.tools);
  readonly upsertClients = new UpsertClients(this.belongings, this.clients, ...this.tools);
}
