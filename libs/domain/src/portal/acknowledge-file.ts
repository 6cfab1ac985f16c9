import type { Clock, FileId, PortalUser, UnitOfWork } from '../kernel/index.js';
import type { OnboardingTriggers } from '../onboarding/index.js';
import type { ProofChain } from '../proof/index.js';
import { eventOf, heldFile } from './held-file.js';
import type { PortalFile } from './portal-file.js';
import type { PublishedFiles } from './published-files.js';

/** Keeps for ever that a contact has taken note of a file. */
export class AcknowledgeFile {
  constructor(
    private readonly published: PublishedFiles,
    private readonly proof: ProofChain,
    private readonly onboarding: OnboardingTriggers,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** The file as it is after that; doing it again changes nothing. @throws DomainError `file_not_found` */
  async execute(user: PortalUser, { id }: { id: FileId }): Promise<PortalFile> {
    return this.unitOfWork.run(async () => {
      const file = await heldFile(this.published, user, id);
      if (file.acknowledgedAt !== null) return file;
      const acknowledgedAt = this.clock.now();
      await this.published.mark(user, file, 'acknowledged', acknowledgedAt);
      await this.proof.append(user.firmId, [eventOf(user, id, 'acknowledged', { sha256: file.sha256 })]);
      await this.onboarding.happened(user, [{ clientId: user.companyId, trigger: 'file_acknowledged' }]);
      return { ...file, acknowledgedAt };
    });
  }
}
