import type { Actor, Clock, FileId, UnitOfWork } from '../kernel/index.js';
import { changeableFile, type FileRepository } from '../files/index.js';
import type { History } from '../history/index.js';

/** Puts a file into the archive; nothing is destroyed (seed 004, "Delete a file or folder"). */
export class ArchiveFile {
  constructor(
    private readonly files: FileRepository,
    private readonly history: History,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `file_not_found`, `file_not_changeable` */
  async execute(actor: Actor, input: { id: FileId }): Promise<void> {
    await this.unitOfWork.run(async () => {
      const file = await changeableFile(this.files, actor, input.id, 'active');
      file.archive(this.clock.now());
      await this.history.record(actor, { action: 'file.archived', subject: { type: 'file', id: file.id } });
    });
  }
}
