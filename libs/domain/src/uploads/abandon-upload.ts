import type { Actor, Clock, PartialBlobs, UnitOfWork, UploadId } from '../kernel/index.js';
import { holdUpload } from './find-upload.js';
import { uploadErrors } from './upload.errors.js';
import type { Uploads } from './uploads.js';

/** Ends an upload and gives its bytes back (TUS 1.0, "Termination"). */
export class AbandonUpload {
  constructor(
    private readonly uploads: Uploads,
    private readonly partials: PartialBlobs,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `upload_not_found`, `upload_expired`, `upload_finished` */
  async execute(actor: Actor, id: UploadId): Promise<void> {
    const partial = await this.unitOfWork.run(async () => {
      const upload = await holdUpload(this.uploads, this.clock, actor, id);
      if (upload.fileId !== null) throw uploadErrors.finished();
      await this.uploads.remove(actor, id);
      return upload.partial;
    });
    await this.partials.drop(partial); // should it fail, the sweep of orphans comes by
  }
}
