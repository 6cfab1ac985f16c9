import type { AbandonUpload, AppendToUpload, BeginUpload, FinishUpload, Uploads } from '@portico/domain/uploads';

/** What can be done to an upload. */
export class UploadUseCases {
  constructor(
    readonly uploads: Uploads,
    readonly begin: BeginUpload,
    readonly append: AppendToUpload,
    readonly finish: FinishUpload,
    readonly abandon: AbandonUpload,
  ) {}
}
