import type { Pool, PoolClient } from 'pg';
import type { Database } from '../../src/platform/database/database.js';

/** Hears every statement that goes to a database. */
export class SentStatements {
  private sent = 0;

  static async of(database: Database): Promise<SentStatements> {
    const heard = new SentStatements();
    heard.listen(await database.orm.em.getConnection().getNativeClient());
    return heard;
  }

  /** How many of them `work` takes. */
  async during(work: () => Promise<unknown>): Promise<number> {
    this.sent = 0;
    await work();
    return this.sent;
  }

  private listen(pool: Pool): void {
    const known = new WeakSet<PoolClient>();
    pool.on('acquire', (client) => {
      if (known.has(client)) return;
      known.add(client);
      const query = client.query.bind(client) as (...args: unknown[]) => unknown;
      client.query = ((...args: unknown[]) => {
        this.sent += 1;
        return query(...args);
      }) as typeof client.query;
    });
  }
}
