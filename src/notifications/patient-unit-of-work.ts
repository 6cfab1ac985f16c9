import { setTimeout as pause } from 'node:timers/promises';
import { UnitOfWork } from '@portico/domain/kernel';
import { isUnavailable } from '../platform/database/database-errors.js';

const PAUSE_MS = 500;

/**
 * Waits for the database when it is away: what a mail server has taken must be written down, or the mail would be sent
 * once more.
 */
export class PatientUnitOfWork extends UnitOfWork {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly patienceMs: number,
  ) {
    super();
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    const end = performance.now() + this.patienceMs;
    for (;;) {
      try {
        return await this.unitOfWork.run(work);
      } catch (error) {
        if (!isUnavailable(error) || performance.now() > end) throw error;
        await pause(PAUSE_MS);
      }
    }
  }
}
