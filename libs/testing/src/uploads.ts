import { NewFiles } from '@portico/domain/files';
import type { Actor, UploadId } from '@portico/domain/kernel';
import {
  AbandonUpload,
  AppendToUpload,
  BeginUpload,
  type BeginUploadInput,
  CheckUpload,
  FinishUpload,
  SweepUploads,
} from '@portico/domain/uploads';
import { anActor } from './actors.js';
import { FileBench } from './files.js';
import { InMemoryPartialBlobs } from './in-memory-partial-blobs.js';
import { InMemoryUnitOfWork } from './in-memory-unit-of-work.js';
import { InMemoryUploads } from './in-memory-uploads.js';

/** The use cases of resumable uploads on in-memory adapters that know each other. */
export class UploadBench extends FileBench {
  readonly uploads = new InMemoryUploads();
  readonly partials = new InMemoryPartialBlobs(this.blobs);
  override readonly unitOfWork = new InMemoryUnitOfWork([this.files, this.associations, this.history, this.uploads]);
  readonly newFiles = new NewFiles(this.files, this.tree, this.associations, this.history, this.clock);
  readonly check = new CheckUpload(this.newFiles, this.unitOfWork);
  readonly begin = new BeginUpload(this.newFiles, this.uploads, this.partials, this.unitOfWork, this.clock);
  readonly append = new AppendToUpload(this.uploads, this.partials, this.unitOfWork, this.clock);
  readonly finish = new FinishUpload(this.uploads, this.newFiles, this.partials, this.unitOfWork, this.clock);
  readonly abandon = new AbandonUpload(this.uploads, this.partials, this.unitOfWork, this.clock);
  readonly sweep = new SweepUploads(this.uploads, this.partials, this.unitOfWork, this.clock);
  private count = 0;

  /** Begins an upload of so many bytes. */
  async begun(bytes: number, changes: Partial<BeginUploadInput> = {}, actor: Actor = anActor()): Promise<UploadId> {
    const id = `00000000-0000-7000-8000-${String(++this.count).padStart(12, '0')}` as UploadId;
    const asked = { originalName: 'Sample.txt', contentType: 'text/plain' };
    const given = { id, asked, bytes, mostBytes: 1000, labels: { filename: 'Sample.txt' }, ...changes };
    return (await this.begin.execute(actor, given)).id;
  }
}
