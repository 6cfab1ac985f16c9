import type { Actor, FileId, UnitOfWork } from '../kernel/index.js';
import { changeableFile, type FileRepository } from '../files/index.js';
import type { History } from '../history/index.js';

/** Takes a file out of the archive, exactly as it was (contract, section 4, "Routes"). */
export class RestoreFile {
  constructor(
    private readonly files: FileRepository,
    private readonly history: History,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** @throws DomainError `archived_file_not_found`, `file_not_changeable` */
  async execute(actor: Actor, input: { id: FileId }): Promise<void> {
    await this.unitOfWork.run(async () => {
      const file = await changeableFile(this.files, actor, input.id, 'archived');
      file.restore();
      await this.history.record(actor, { action: 'file.restored', subject: { type: 'file', id: file.id } });
    });
  }
}
