import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { entities } from '../../src/mikro-orm.config.js';
import type { Database } from '../../src/platform/database/database.js';
import { isUnavailable } from '../../src/platform/database/database-errors.js';
import { MikroOrmUnitOfWork } from '../../src/platform/database/mikro-orm-unit-of-work.js';
import { migrate, openDatabase } from '../../src/platform/database/open-database.js';
import { statement } from '../../src/platform/database/statement.js';
import { DatabaseProxy } from '../faults/database-proxy.js';
import { copyDatabase, type DatabaseCopy } from '../support/suites.js';

const POOL_SIZE = 2;
const SILENCE_MS = 300;
const ONE = statement('select 1 as answer');

describe('a database that falls silent', () => {
  let copy: DatabaseCopy;
  let proxy: DatabaseProxy;
  let database: Database;

  beforeAll(async () => {
    copy = await copyDatabase();
    proxy = await DatabaseProxy.before(copy.url);
    database = await openDatabase({ url: proxy.url, poolSize: POOL_SIZE, entities, silenceMs: SILENCE_MS });
  });
  afterAll(async () => {
    await database.close();
    await proxy.close();
    await copy.remove();
  });

  const silence = { isLasting: false, strike: () => undefined };
  const one = () => database.query(ONE, []);
  const work = () => new MikroOrmUnitOfWork(database).run(() => database.em.execute('select 1 as answer'));

  it.each([
    ['a read', /select/, one],
    ['the beginning of a unit of work', /^begin/, work],
    ['a statement of it', /select/, work],
    ['its end', /^commit/, work],
  ])('at %s is unavailable, and the pool is whole again', async (_what, matching, ask) => {
    for (let time = 0; time <= POOL_SIZE; time++) {
      proxy.arm(1, { ...silence, matching });
      const error: unknown = await ask().then(
        () => null,
        (reason: unknown) => reason,
      );
      expect([isUnavailable(error), proxy.disarm().length]).toEqual([true, 1]);
    }
    expect(await Promise.all([work(), work(), one()])).toEqual(Array(3).fill([{ answer: 1 }]));
  });

  it('may take its time while it is migrated', async () => {
    const pause = { isLasting: false, matching: /set local statement_timeout/ };
    const late = (pass: () => void) => void setTimeout(pass, 2 * SILENCE_MS);
    proxy.arm(1, { ...pause, strike: (exchange) => late(() => exchange.pass()) });
    await migrate(database);
    expect(proxy.disarm()).toHaveLength(1);
  });
});
