import type { Actor, Clock, FileId, UnitOfWork } from '../kernel/index.js';
import type { History } from '../history/index.js';
import { changeableFile } from './changeable-file.js';
import type { FileRepository } from './file-repository.js';

/** Gives a file another name, if one is given (seed 004, "Update a file"). */
export class RenameFile {
  constructor(
    private readonly files: FileRepository,
    private readonly history: History,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `file_not_found`, `file_not_changeable`, `invalid_name`, `extension_mismatch` */
  async execute(actor: Actor, input: { id: FileId; name?: string }): Promise<void> {
    await this.unitOfWork.run(async () => {
      const file = await changeableFile(this.files, actor, input.id, 'active');
      const from = file.name;
      if (input.name !== undefined) file.rename(input.name, this.clock.now());
      if (file.name === from) return;
      const details = { from, to: file.name };
      await this.history.record(actor, { action: 'file.renamed', subject: { type: 'file', id: file.id }, details });
    });
  }
}
