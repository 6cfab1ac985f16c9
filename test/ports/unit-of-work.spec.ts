import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MikroOrmUnitOfWork } from '../../src/platform/database/mikro-orm-unit-of-work.js';
import { aFirm } from '../support/rows.js';
import { type TestDatabase, testDatabase } from '../support/test-database.js';

const POOL_SIZE = 2;
let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase(POOL_SIZE);
});
afterAll(() => test.dispose());

describe('the unit of work on PostgreSQL', () => {
  const unitOfWork = () => new MikroOrmUnitOfWork(test.database);
  const one = () => test.database.em.execute<{ answer: number }[]>('select 1 as answer');

  it('goes on after more lost connections than the pool has', async () => {
    for (let loss = 0; loss < POOL_SIZE * 3; loss++)
      await expect(
        unitOfWork().run(async () => {
          await test.database.em.execute('select pg_terminate_backend(pg_backend_pid())');
        }),
      ).rejects.toThrow();
    expect(await unitOfWork().run(one)).toEqual([{ answer: 1 }]);
  });

  const lostRace = (code = '40P01') =>
    test.database.em.execute(`do $$ begin raise exception 'lost' using errcode = '${code}'; end $$`);

  it.each(['40P01', '40001'])('runs work again that lost a race (%s), from the beginning', async (code) => {
    let runs = 0;
    const answer = await unitOfWork().run(async () => {
      await test.database.em.execute(`insert into firms (id, name, created_at) values (78, 'x', now())`);
      if (++runs < 3) await lostRace(code);
      await test.database.em.execute('delete from firms where id = 78');
      return runs;
    });
    expect(answer).toBe(3);
  });

  it('gives up after three tries, and a part never begins again by itself', async () => {
    const unit = unitOfWork();
    const runs = { whole: 0, part: 0 };
    const failure = unit.run(async () => {
      runs.whole++;
      await unit.run(() => {
        runs.part++;
        return lostRace();
      });
    });
    await expect(failure).rejects.toThrow('lost');
    expect(runs).toEqual({ whole: 3, part: 3 });
  });

  it('runs work once that is refused, or fails otherwise', async () => {
    for (const fail of [() => Promise.reject(new Error('no')), () => lostRace('23505'), () => lostRace('57014')]) {
      let runs = 0;
      await expect(
        unitOfWork().run(() => {
          runs++;
          return fail();
        }),
      ).rejects.toThrow();
      expect(runs).toBe(1);
    }
  });

  it('lets two that wait for each other both come to their end', async () => {
    const lock = (id: string) => test.database.em.execute('select from firms where id = ? for update', [id]);
    const [one, other] = [await aFirm(test.database), await aFirm(test.database)];
    const both = { at: 0, there: Promise.withResolvers<void>() };
    const arrive = () => (++both.at >= 2 ? both.there.resolve() : both.there.promise);
    const run = (first: string, second: string) =>
      unitOfWork().run(async () => {
        await lock(first);
        await arrive();
        await lock(second);
      });
    await Promise.all([run(one, other), run(other, one)]);
    expect(both.at).toBe(3);
  });

  it('makes one inside another a part of it', async () => {
    const failure = unitOfWork();
    await expect(
      failure.run(async () => {
        await failure.run(() =>
          test.database.em.execute(`insert into firms (id, name, created_at) values (77, 'x', now())`),
        );
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(await unitOfWork().run(() => test.database.em.execute('select from firms where id = 77'))).toEqual([]);
  });
});
