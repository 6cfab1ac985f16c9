import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MikroOrmUnitOfWork } from '../../src/platform/database/mikro-orm-unit-of-work.js';
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
