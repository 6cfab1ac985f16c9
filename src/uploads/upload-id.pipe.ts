import type { PipeTransform } from '@nestjs/common';
import { isUuid, type UploadId } from '@portico/domain/kernel';
import { uploadErrors } from '@portico/domain/uploads';

/** The `:id` of an upload in a path; what can't be an id is one that nothing has (decision 6). */
export class UploadIdPipe implements PipeTransform<string, UploadId> {
  transform(value: string): UploadId {
    if (!isUuid(value)) throw uploadErrors.notFound();
    return value.toLowerCase() as UploadId;
  }
}
