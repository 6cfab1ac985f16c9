import type { ClientId, FirmId, FolderId, UserId } from '@portico/domain/kernel';
import { DocumentFiling, type Inbox, INBOX_NAME, Inboxes, ReceiveDocument } from '@portico/domain/portal';
import { OwnPublication, PublishingRecord } from '@portico/domain/publishing';
import { CountingRandom } from './counting-random.js';
import { FileBench } from './files.js';
import type { InMemoryFileRepository } from './in-memory-file-repository.js';
import { InMemoryNotifier } from './in-memory-notifier.js';
import { InMemoryProofChain } from './in-memory-proof-chain.js';
import { InMemoryPublications } from './in-memory-publications.js';
import { InMemoryUnitOfWork } from './in-memory-unit-of-work.js';

/** What is known of company 500 of firm 1 beside its folders. */
export class InMemoryInboxes extends Inboxes {
  rootId: FolderId | null = null;
  managerId: UserId | null = '7' as UserId;
  /** Runs while somebody waits to be alone. */
  meanwhile: () => Promise<void> = () => Promise.resolve();

  constructor(private readonly files: InMemoryFileRepository) {
    super();
  }

  find(firmId: FirmId, companyId: ClientId): Promise<Inbox | null> {
    const root = this.rootId === null ? undefined : this.files.files.get(this.rootId);
    if (!root || root.deletedAt || firmId !== root.firmId || companyId !== '500') return Promise.resolve(null);
    const inbox = [...this.files.files.values()].find(
      ({ parentId, name, isFolder, deletedAt }) =>
        parentId === root.id && name === INBOX_NAME && isFolder && deletedAt === null,
    );
    const { managerId } = this;
    return Promise.resolve({
      ...{ rootId: root.id, folderId: inbox?.id ?? null, managerId, keeperId: managerId ?? ('11' as UserId) },
    });
  }

  async findAlone(firmId: FirmId, companyId: ClientId): Promise<Inbox | null> {
    await this.meanwhile();
    return this.find(firmId, companyId);
  }
}

/** In-memory adapters that know each other, for the documents that companies send. */
export class DocumentBench extends FileBench {
  readonly inboxes = new InMemoryInboxes(this.files);
  readonly publications = new InMemoryPublications([], []);
  readonly proof = new InMemoryProofChain();
  readonly notifier = new InMemoryNotifier();
  private readonly work = new InMemoryUnitOfWork([this.files, this.history, this.publications, this.proof]);
  private readonly record = new PublishingRecord(this.history, this.proof, this.notifier);

  readonly receiveDocument = new ReceiveDocument(
    new DocumentFiling(this.inboxes, this.files, this.tree, this.history, this.clock),
    new OwnPublication(this.publications, this.record, new CountingRandom(), this.clock),
    this.notifier,
    this.work,
  );

  /** The root folder of the company. */
  async withRoot(): Promise<FolderId> {
    const { id } = await this.withFolder({ name: 'Smith Holding' });
    this.inboxes.rootId = id;
    return id;
  }
}
