import type { Author, Clock, FirmId, UnitOfWork } from '../kernel/index.js';
import type { History } from '../history/index.js';
import type { FirmRepository } from './firm-repository.js';
import { identityErrors } from './identity.errors.js';

/** Adds a tenant. */
export class CreateFirm {
  constructor(
    private readonly firms: FirmRepository,
    private readonly history: History,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * With `onlyIfNone` it does so in an empty database alone, and answers null in any other.
   * @throws DomainError `firm_id_taken`, `invalid_firm_name`
   */
  async execute(
    author: Omit<Author, 'firmId'>,
    input: { id: FirmId | null; name: string; onlyIfNone?: boolean },
  ): Promise<FirmId | null> {
    const name = input.name.trim().normalize('NFC');
    if (name === '' || name.length > 160 || /\p{Cc}/u.test(name)) throw identityErrors.invalidFirmName();
    return this.unitOfWork.run(async () => {
      if (input.onlyIfNone && (await this.firms.isAny())) return null;
      const firmId = await this.firms.add({ id: input.id, name, createdAt: this.clock.now() });
      await this.history.record(
        { ...author, firmId },
        { action: 'firm.created', subject: { type: 'firm', id: firmId }, details: { name } },
      );
      return firmId;
    });
  }
}
