import type { Clock, FileId, PortalUser, UnitOfWork } from '../kernel/index.js';
import type { ProofChain } from '../proof/index.js';
import { eventOf, heldFile } from './held-file.js';
import type { PortalFile } from './portal-file.js';
import type { PublishedFiles } from './published-files.js';

/** Shows a file to a contact, and keeps for ever that they saw it. */
export class ViewFile {
  constructor(
    private readonly published: PublishedFiles,
    private readonly proof: ProofChain,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** The file as it is after that. @throws DomainError `file_not_found` */
  async execute(user: PortalUser, { id }: { id: FileId }): Promise<PortalFile> {
    return this.unitOfWork.run(async () => {
      const file = await heldFile(this.published, user, id);
      const viewedAt = file.viewedAt ?? this.clock.now();
      if (file.viewedAt === null) await this.published.mark(user, file, 'viewed', viewedAt);
      await this.proof.append(user.firmId, [eventOf(user, id, 'viewed', { sha256: file.sha256 })]);
      return { ...file, viewedAt };
    });
  }
}
