import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anActor, FixedClock } from '@portico/testing';
import { MikroOrmHistory } from '../../src/history/mikro-orm-history.js';
import { MikroOrmUnitOfWork } from '../../src/platform/database/mikro-orm-unit-of-work.js';
import { aFirm } from '../support/rows.js';
import { type TestDatabase, testDatabase } from '../support/test-database.js';

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
}, 60_000);
afterAll(() => test.dispose());

describe('the history on PostgreSQL', () => {
  const entry = { action: 'file.renamed', subject: { type: 'file', id: '7' }, details: { from: 'a', to: 'b' } };
  const rows = (firmId: string) =>
    test.database.query({ name: 'history', text: 'select * from history where firm_id = $1' }, [firmId]);

  it('keeps who, what, when and from where', async () => {
    const actor = anActor({ firmId: await aFirm(test.database) });
    const clock = new FixedClock();
    const unitOfWork = new MikroOrmUnitOfWork(test.database);
    await unitOfWork.run(() => new MikroOrmHistory(test.database, clock).record(actor, entry));
    expect(await rows(actor.firmId)).toMatchObject([
      {
        user_id: actor.userId,
        at: clock.now(),
        credential_kind: 'api_key',
        credential_id: actor.credential.id,
        address: '127.0.0.1',
        request_id: 'request-1',
        action: 'file.renamed',
        subject_type: 'file',
        subject_id: '7',
        details: { from: 'a', to: 'b' },
      },
    ]);
  });

  it('goes with the change that failed', async () => {
    const actor = anActor({ firmId: await aFirm(test.database) });
    const failure = new MikroOrmUnitOfWork(test.database).run(async () => {
      await new MikroOrmHistory(test.database, new FixedClock()).record(actor, entry);
      throw new Error('no');
    });
    await expect(failure).rejects.toThrow('no');
    expect(await rows(actor.firmId)).toEqual([]);
  });

  it.each(['update history set action = action', 'delete from history', 'truncate history'])(
    'can not be changed by "%s"',
    async (sql) => {
      await expect(test.database.em.fork().execute(sql)).rejects.toThrow('the history can only be added to');
    },
  );
});
