import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Group } from '@portico/domain/directory';
import { DomainError, type GroupId } from '@portico/domain/kernel';
import { CallCondition, conditionOfCall } from '../../src/platform/conditions/call-condition.js';
import { MikroOrmUnitOfWork } from '../../src/platform/database/mikro-orm-unit-of-work.js';
import { statement } from '../../src/platform/database/statement.js';
import { aFirm, aGroup } from '../support/rows.js';
import { type TestDatabase, testDatabase } from '../support/test-database.js';

const POOL_SIZE = 2;
const SHOWN = statement('select name from groups where id = $1');
const UNLOCKED = statement('select name from groups where id = $1 for no key update skip locked');

let test: TestDatabase;
let unitOfWork: MikroOrmUnitOfWork;
let id: GroupId;
beforeAll(async () => {
  test = await testDatabase(POOL_SIZE);
  unitOfWork = new MikroOrmUnitOfWork(test.database);
  id = await aGroup(test.database, await aFirm(test.database));
});
afterAll(() => test.dispose());

const under = <T>(require: () => Promise<void>, work: () => Promise<T>): Promise<T> =>
  conditionOfCall.run(new CallCondition(require), work);
/** Without a lock. */
const rename = async (name: string): Promise<void> => {
  const group = await test.database.em.findOneOrFail(Group, { id });
  group.rename(name, new Date());
};
const names = async (read = SHOWN): Promise<string[]> =>
  (await test.database.readCommitted(() => test.database.query<{ name: string }>(read, [id]))).map(({ name }) => name);
const failed = new DomainError('precondition_failed', 'precondition_failed', 'Another state');

describe('a unit of work under a condition', () => {
  it('asks when everything is written, and nobody else can change it, and nothing is committed', async () => {
    await unitOfWork.run(() => rename('before'));
    const seen: string[][] = [];
    const look = async (): Promise<void> => {
      seen.push(await names(), await names(UNLOCKED));
    };
    await under(look, () => unitOfWork.run(() => rename('after')));
    expect(seen).toEqual([['before'], []]);
    expect(await names()).toEqual(['after']);
  });

  it('changes nothing when it does not hold', async () => {
    await unitOfWork.run(() => rename('kept'));
    const refused = under(
      () => Promise.reject(failed),
      () => unitOfWork.run(() => rename('lost')),
    );
    await expect(refused).rejects.toBe(failed);
    expect(await names()).toEqual(['kept']);
  });

  it('asks in each try, and never again after the change', async () => {
    let [asked, runs] = [0, 0];
    const count = async (): Promise<void> => {
      if (++asked === 1)
        await test.database.em.execute(`do $$ begin raise exception 'x' using errcode = '40001'; end $$`);
    };
    await under(count, async () => {
      await unitOfWork.run(async () => {
        runs++;
        await unitOfWork.run(() => rename(`try ${runs}`)); // a part of it asks for nothing
      });
      await unitOfWork.run(() => rename('what follows'));
    });
    expect([asked, runs]).toEqual([2, 2]);
    expect(await names()).toEqual(['what follows']);
  });

  it('needs no connection that others hold, however many there are at once', async () => {
    const calls = Array.from({ length: POOL_SIZE * 4 }, (_all, call) =>
      under(
        async () => void (await names()),
        () => unitOfWork.run(() => rename(`call ${call}`)),
      ),
    );
    await Promise.all(calls);
    expect((await names())[0]).toMatch(/^call \d$/);
  });
});
