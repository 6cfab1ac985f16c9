import type { NewFiles } from '../files/index.js';
import type { Actor, Clock, FileId, PartialBlobs, UnitOfWork, UploadId } from '../kernel/index.js';
import { getUpload, holdUpload } from './find-upload.js';
import { expiryAfter } from './upload.js';
import { uploadErrors } from './upload.errors.js';
import type { Uploads } from './uploads.js';

/** Makes the file of an upload of which all bytes have arrived, once; how long it takes does not depend on its size. */
export class FinishUpload {
  constructor(
    private readonly uploads: Uploads,
    private readonly newFiles: NewFiles,
    private readonly partials: PartialBlobs,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * The file that it has become; the same when it is one already. After a refusal the bytes stay until the upload
   * expires, and it may be tried again.
   * @throws DomainError `upload_not_found`, `upload_expired`, `upload_unfinished`, and as `NewFiles.add`
   */
  async execute(actor: Actor, id: UploadId): Promise<FileId> {
    const upload = await getUpload(this.uploads, this.clock, actor, id);
    if (upload.fileId !== null) return upload.fileId;
    if (upload.state === 'receiving') throw uploadErrors.unfinished(upload.received, upload.bytes);
    const blob = await this.partials.complete(upload.partial);
    return this.unitOfWork.run(async () => {
      const held = await holdUpload(this.uploads, this.clock, actor, id);
      if (held.fileId !== null) return held.fileId;
      const { id: fileId } = await this.newFiles.add(actor, held.asked, blob);
      await this.uploads.finish(actor, id, { fileId, expiresAt: expiryAfter(this.clock.now()) });
      return fileId;
    });
  }
}
