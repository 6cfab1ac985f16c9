import { fileErrors, type NewFile, type NewFiles, type Placed } from '../files/index.js';
import type { Actor, UnitOfWork } from '../kernel/index.js';

export interface CheckUploadInput {
  readonly asked: NewFile;
  readonly bytes: number;
  /** The largest file that there may be, in bytes. */
  readonly mostBytes: number;
}

/** All that is checked of an upload, without its bytes. */
export class CheckUpload {
  constructor(
    private readonly newFiles: NewFiles,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** How the file would be called and where it would stand. @throws DomainError `file_too_large`, as `NewFiles.check` */
  execute(actor: Actor, { asked, bytes, mostBytes }: CheckUploadInput): Promise<Placed> {
    if (bytes > mostBytes) throw fileErrors.tooLarge(mostBytes);
    return this.unitOfWork.run(() => this.newFiles.check(actor, asked));
  }
}
