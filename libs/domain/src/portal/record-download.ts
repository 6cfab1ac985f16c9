import type { ByteRange, Clock, FileId, PortalUser, UnitOfWork } from '../kernel/index.js';
import type { ProofChain } from '../proof/index.js';
import { eventOf, heldFile } from './held-file.js';
import { portalErrors } from './portal.errors.js';
import type { PublishedFiles } from './published-files.js';

/** Bytes of a published file that are about to leave. */
export interface DownloadInput {
  readonly id: FileId;
  /** Of the bytes that leave. */
  readonly sha256: string;
  /** From the first to the last, both counted; of an empty file from 0 to -1. */
  readonly range: ByteRange;
  /** Whether a program fetches them before the contact has asked for them. */
  readonly isPrefetch: boolean;
  /** Whether a proxy in front sends them: how many really leave is not known here. */
  readonly isHandedOver: boolean;
}

/** Keeps for ever which bytes of a file a contact got. */
export class RecordDownload {
  constructor(
    private readonly published: PublishedFiles,
    private readonly proof: ProofChain,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * To be called before the first byte leaves: none does when it throws. Bytes that a program fetched ahead are kept
   * too, but are no download of the contact's.
   * @throws DomainError `file_not_found` when the file is not published to the contact any more
   */
  async begin(user: PortalUser, input: DownloadInput): Promise<void> {
    const { id, sha256, range, isPrefetch, isHandedOver } = input;
    await this.unitOfWork.run(async () => {
      const file = await heldFile(this.published, user, id);
      if (file.sha256 !== sha256) throw portalErrors.fileNotFound(id);
      if (file.downloadedAt === null && !isPrefetch)
        await this.published.mark(user, file, 'downloaded', this.clock.now());
      const notes = { ...(isPrefetch && { prefetch: true }), ...(isHandedOver && { handed_over: true }) };
      const data = { sha256, bytes: file.bytes, from: range.start, to: range.end, ...notes };
      await this.proof.append(user.firmId, [eventOf(user, id, 'downloaded', data)]);
    });
  }

  /** To be called when a download that has begun did not come to its end: `sent` bytes of its range have left. */
  async interrupt(user: PortalUser, { id, sha256, range }: DownloadInput, sent: number): Promise<void> {
    const data = { sha256, from: range.start, to: range.end, sent };
    await this.unitOfWork.run(() => this.proof.append(user.firmId, [eventOf(user, id, 'download_interrupted', data)]));
  }
}
