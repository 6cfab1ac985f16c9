import { fileErrors, type NewFiles } from '../files/index.js';
import type { Actor, Clock, PartialBlobs, UnitOfWork, UploadId } from '../kernel/index.js';
import type { CheckUploadInput } from './check-upload.js';
import { expiryAfter, Upload, type UploadLabels } from './upload.js';
import type { Uploads } from './uploads.js';

export interface BeginUploadInput extends CheckUploadInput {
  /** A fresh UUID. */
  readonly id: UploadId;
  readonly labels: UploadLabels;
}

/** Begins an upload: all that can be checked before the bytes come is checked (TUS 1.0, "Creation"). */
export class BeginUpload {
  constructor(
    private readonly newFiles: NewFiles,
    private readonly uploads: Uploads,
    private readonly partials: PartialBlobs,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `file_too_large`, and as `NewFiles.check` */
  execute(actor: Actor, { id, asked, bytes, mostBytes, labels }: BeginUploadInput): Promise<Upload> {
    if (bytes > mostBytes) throw fileErrors.tooLarge(mostBytes);
    return this.unitOfWork.run(async () => {
      await this.newFiles.check(actor, asked);
      const createdAt = this.clock.now();
      const upload = new Upload({
        ...{ id, firmId: actor.firmId, userId: actor.userId, bytes, asked, labels },
        ...{ partial: this.partials.begin(), createdAt, expiresAt: expiryAfter(createdAt), fileId: null },
      });
      await this.uploads.add(upload);
      return upload;
    });
  }
}
