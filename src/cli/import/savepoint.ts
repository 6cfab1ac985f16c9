import type { Database } from '../../platform/database/database.js';

/** Parts of the running unit of work that can be taken back by themselves. */
export class Savepoint {
  constructor(private readonly database: Database) {}

  /**
   * What `work` did is written, or taken back when it throws. What it loaded is forgotten, so that any number of parts
   * need no more memory than one.
   */
  async run<T>(work: () => Promise<T>): Promise<T> {
    const { em } = this.database;
    await em.execute('savepoint part');
    try {
      const result = await work();
      await em.flush();
      await em.execute('release savepoint part');
      return result;
    } catch (error) {
      await em.execute('rollback to savepoint part');
      await em.execute('release savepoint part');
      throw error;
    } finally {
      em.clear();
    }
  }
}
