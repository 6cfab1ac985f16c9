import { AsyncLocalStorage } from 'node:async_hooks';
import { UnitOfWork } from '@portico/domain/kernel';
import type { Database } from './database.js';

/** A unit of work is a transaction; one inside another is part of it. */
export class MikroOrmUnitOfWork extends UnitOfWork {
  private readonly running = new AsyncLocalStorage<true>();

  constructor(private readonly database: Database) {
    super();
  }

  run<T>(work: () => Promise<T>): Promise<T> {
    if (this.running.getStore()) return work();
    // `clear`: what a failed transaction changed must not be written by the next one
    return this.running.run(true, () => this.database.em.transactional(work, { clear: true }));
  }
}
