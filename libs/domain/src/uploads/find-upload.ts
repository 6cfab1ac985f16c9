import type { Clock, UploadId } from '../kernel/index.js';
import type { Upload } from './upload.js';
import { uploadErrors } from './upload.errors.js';
import type { UploadOwner, Uploads } from './uploads.js';

/** The upload of that user, finished or not. @throws DomainError `upload_not_found`, `upload_expired` */
export async function getUpload(uploads: Uploads, clock: Clock, owner: UploadOwner, id: UploadId): Promise<Upload> {
  return present(await uploads.find(owner, id), clock);
}

/** The same inside a unit of work, locked until it ends. @throws as `getUpload` */
export async function holdUpload(uploads: Uploads, clock: Clock, owner: UploadOwner, id: UploadId): Promise<Upload> {
  return present(await uploads.hold(owner, id), clock);
}

/** @throws as `getUpload` */
export function present(upload: Upload | null, clock: Clock): Upload {
  if (!upload) throw uploadErrors.notFound();
  if (upload.isExpired(clock.now())) throw uploadErrors.expired();
  return upload;
}
