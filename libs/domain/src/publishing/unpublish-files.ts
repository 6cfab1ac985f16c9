import type { Actor, Clock, ContactId, FileId, UnitOfWork } from '../kernel/index.js';
import type { Pair, Publications } from './publications.js';
import { publishableFiles } from './publishable-files.js';
import type { UnpublishFilesInput } from './publishing-input.js';
import type { PublishingRecord } from './publishing-record.js';

/** Takes files back from the portals. What was published, seen and told before stays in the proof. */
export class UnpublishFiles {
  constructor(
    private readonly publications: Publications,
    private readonly record: PublishingRecord,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Answers from whom each file was taken, all or nothing; what is not published is no error. An archived file can be
   * taken back too, so that it does not return with a restore.
   * @throws DomainError `files_not_publishable`, `folders_not_publishable`
   */
  async execute(actor: Actor, input: UnpublishFilesInput): Promise<ReadonlyMap<FileId, readonly ContactId[]>> {
    const { fileIds, contactIds } = input;
    return this.unitOfWork.run(async () => {
      await this.publications.hold(actor.firmId);
      await publishableFiles(this.publications, actor, fileIds, { withArchived: true });
      const ended = await this.publications.withdraw(actor.firmId, fileIds, contactIds, this.clock.now());
      const contactsOf = byFile(fileIds, ended);
      await this.record.withdrawn(actor, input, contactsOf);
      return contactsOf;
    });
  }
}

function byFile(fileIds: readonly FileId[], pairs: readonly Pair[]): ReadonlyMap<FileId, readonly ContactId[]> {
  const found = new Map<FileId, ContactId[]>(fileIds.map((id) => [id, []]));
  for (const { fileId, contactId } of pairs) found.get(fileId)?.push(contactId);
  return found;
}
