import { AsyncLocalStorage } from 'node:async_hooks';
import { UnitOfWork } from '@portico/domain/kernel';
import { type CallCondition, conditionOfCall } from '../conditions/call-condition.js';
import type { Database } from './database.js';
import { runningCall } from './running-call.js';
import { hasLostRace } from './database-errors.js';

/** How often work that lost a race is run, at most. */
const TRIES = 3;

/** A unit of work is a transaction; one inside another is part of it. */
export class MikroOrmUnitOfWork extends UnitOfWork {
  private readonly running = new AsyncLocalStorage<true>();

  constructor(private readonly database: Database) {
    super();
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.running.getStore()) return work();
    const condition = conditionOfCall.getStore();
    for (let tries = 1; ; tries++) {
      try {
        // `clear`: what a failed transaction changed must not be written by the next one
        const result = await this.running.run(true, () =>
          this.database.em.transactional(() => this.whole(work, condition), { clear: true }),
        );
        condition?.settle();
        return result;
      } catch (error) {
        // no pause: it now waits at the first lock of whoever won
        if (tries === TRIES || !hasLostRace(error)) throw error;
      }
    }
  }

  /**
   * A call under a condition changes nothing when it does not hold; one that bears a key notes with what it changes that
   * it did.
   */
  private async whole<T>(work: () => Promise<T>, condition: CallCondition | undefined): Promise<T> {
    const result = await work();
    if (condition?.isPending) {
      await this.database.em.flush(); // what is written is locked: nobody changes it between the condition and the commit
      await condition.require();
    }
    await runningCall.getStore()?.commit(this.database.em);
    return result;
  }
}
