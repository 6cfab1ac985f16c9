import type { Actor, Clock, StoredBlob, UnitOfWork } from '../kernel/index.js';
import type { History } from '../history/index.js';
import { fileName, requireSameExtension } from './file-name.js';
import type { FileRepository } from './file-repository.js';
import { StoredFile } from './stored-file.js';

export interface UploadFileInput {
  /** What the file shall be called; without it, as it arrived. */
  readonly name?: string;
  /** The name under which it arrived. */
  readonly originalName: string;
  readonly contentType: string;
  /** Its bytes, already in the blob store. */
  readonly blob: StoredBlob;
}

/** Makes a file out of bytes that have arrived (seed 004, "Create a file"). */
export class UploadFile {
  constructor(
    private readonly files: FileRepository,
    private readonly history: History,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `invalid_name`, `extension_mismatch`, `blob_missing` */
  async execute(actor: Actor, input: UploadFileInput): Promise<StoredFile> {
    const originalName = fileName(input.originalName);
    const name = input.name === undefined ? originalName : fileName(input.name);
    requireSameExtension(name, originalName);
    const now = this.clock.now();
    const { firmId, userId } = actor;
    const file = new StoredFile({
      firmId,
      name,
      originalName,
      contentType: input.contentType,
      blobKey: input.blob.key,
      parentId: null,
      createdBy: userId,
      createdAt: now,
      modifiedAt: now,
      deletedAt: null,
    });
    await this.unitOfWork.run(async () => {
      await this.files.addBlob(firmId, input.blob);
      await this.files.add(file);
      const details = { name, bytes: input.blob.bytes, sha256: input.blob.sha256 };
      await this.history.record(actor, { action: 'file.uploaded', subject: { type: 'file', id: file.id }, details });
    });
    return file;
  }
}
