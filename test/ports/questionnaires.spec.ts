import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { ClientId, ContactId, FirmId, PortalActor, UserId } from '@portico/domain/kernel';
import {
  type CheckedGoal,
  type KeptGoal,
  NO_ANSWERS,
  type OfCompany,
  type Questionnaires,
  SubmitQuestionnaire,
} from '@portico/domain/portal';
import {
  aPortalUser,
  FixedClock,
  InMemoryNotifier,
  InMemoryQuestionnaires,
  InMemoryUnitOfWork,
  RecordedTriggers,
} from '@portico/testing';
import { MikroOrmHistory } from '../../src/history/mikro-orm-history.js';
import { MikroOrmUnitOfWork } from '../../src/platform/database/mikro-orm-unit-of-work.js';
import { Statements } from '../../src/platform/database/statements.js';
import { SecureRandom } from '../../src/platform/secure-random.js';
import { SqlQuestionnaireQueries } from '../../src/portal/questionnaire/sql-questionnaire-queries.js';
import { SqlQuestionnaires } from '../../src/portal/questionnaire/sql-questionnaires.js';
import { aClientRow, aContactRow } from '../support/portal-rows.js';
import { firmsWithUsers } from '../support/rows.js';
import { type TestDatabase, testDatabase } from '../support/test-database.js';
import { somebodyWaits } from '../support/waiting.js';
import { WorkRows } from '../support/work-rows.js';

const at = new Date('2026-02-03T04:05:06.789Z');
const later = new Date('2026-03-03T04:05:06.789Z');
const ANSWERS = {
  ...NO_ANSWERS,
  financialYearStart: '1 July',
  channelOnlinePct: 33.333,
  celebrationVision: 'A\nparty',
};
const GOAL: CheckedGoal = { metricKey: 'revenue', period: 'month', metric: 'Revenue', target: 250_000.1234 };
const WHOLE = { metricLabel: null, unit: 'EUR', ...GOAL };

let test: TestDatabase;
let firmId: FirmId;
let otherFirm: FirmId;
let createdBy: UserId;

beforeAll(async () => {
  test = await testDatabase();
  ({ firmId, otherFirm, createdBy } = await firmsWithUsers(test.database));
}, 60_000);
afterAll(() => test.dispose());

const sql = () => new SqlQuestionnaires(new Statements(test.database), new SecureRandom());
const execute = (text: string, values: unknown[]) => test.database.em.fork().execute(text, values);

describe.each([
  ['InMemoryQuestionnaires', false],
  ['SqlQuestionnaires', true],
])('the Questionnaires %s', (_name, isSql) => {
  const inMemory = new InMemoryQuestionnaires();
  const run = <T>(work: (questionnaires: Questionnaires) => Promise<T>): Promise<T> =>
    isSql
      ? new MikroOrmUnitOfWork(test.database).run(() => work(sql()))
      : new InMemoryUnitOfWork([inMemory]).run(() => work(inMemory));
  let count = 0;
  const newCompany = async (): Promise<OfCompany> => {
    if (!isSql) return { firmId, companyId: String(++count) as ClientId };
    const companyId = await aClientRow(test.database, firmId);
    await execute(`update clients set name = 'Company', delivery_manager_id = ? where id = ?`, [createdBy, companyId]);
    return { firmId, companyId };
  };
  const goals = (of: OfCompany, named = [GOAL]): Promise<readonly KeptGoal[]> => run((all) => all.holdGoals(of, named));

  it('hold the company, and what it says once it has said anything', async () => {
    const of = await newCompany();
    const company = { companyName: 'Company', deliveryManagerId: isSql ? createdBy : '11' };
    expect(await run((all) => all.hold(of))).toEqual({ ...company, answers: null });
    await run((all) => all.add(of, ANSWERS, { by: null, at }));
    expect(await run((all) => all.hold(of))).toEqual({ ...company, answers: ANSWERS });
    await run((all) => all.change(of, { ...NO_ANSWERS, keyTradingPeriods: 'Winter' }, later));
    expect(await run((all) => all.hold(of))).toMatchObject({ answers: { ...NO_ANSWERS, keyTradingPeriods: 'Winter' } });
  });

  it('keep goals by metric and type of period', async () => {
    const of = await newCompany();
    const quarter = { ...WHOLE, period: 'quarter' as const };
    const [added] = await run((all) => all.addGoals(of, [WHOLE, quarter], at));
    expect(added).toEqual({ ...WHOLE, id: expect.any(String) });
    expect(await goals(of)).toEqual([added]);
    if (!added) throw new Error('no goal');
    const changed = { ...added, target: -5, unit: null, metricLabel: 'Sales', metric: 'Umsatz' };
    await run((all) => all.changeGoals(of, [changed], later));
    expect(await goals(of)).toEqual([changed]);
    expect(await goals(of, [{ ...GOAL, period: 'quarter' }])).toMatchObject([quarter]);
    expect(await goals(of, [{ ...GOAL, metricKey: 'orders' }])).toEqual([]);
  });

  it('know nothing of what is another company’s', async () => {
    const [of, other] = [await newCompany(), await newCompany()];
    await run((all) => all.add(of, ANSWERS, { by: null, at }));
    const added = await run((all) => all.addGoals(of, [WHOLE], at));
    expect(await run((all) => all.hold(other))).toMatchObject({ answers: null });
    expect(await goals(other)).toEqual([]);
    await run((all) => all.changeGoals(other, added.map((goal) => ({ ...goal, target: 1 })), later)); // prettier-ignore
    expect(await goals(of)).toEqual(added);
  });

  it('keep nothing of a unit of work that fails', async () => {
    const of = await newCompany();
    const failure = run(async (all) => {
      await all.hold(of);
      await all.add(of, ANSWERS, { by: null, at });
      await all.addGoals(of, [WHOLE], at);
      throw new Error('no');
    });
    await expect(failure).rejects.toThrow('no');
    expect([await run((all) => all.hold(of)), await goals(of)]).toEqual([
      expect.objectContaining({ answers: null }),
      [],
    ]);
  });
});

describe('SqlQuestionnaires', () => {
  it('know no company of another firm', async () => {
    const companyId = await aClientRow(test.database, firmId);
    const held = new MikroOrmUnitOfWork(test.database).run(() => sql().hold({ firmId: otherFirm, companyId }));
    await expect(held).rejects.toThrow('there is no client');
  });
});

describe('SqlQuestionnaireQueries', () => {
  const queries = () => new SqlQuestionnaireQueries(test.database);
  const company = async (): Promise<[OfCompany, ContactId]> => {
    const companyId = await aClientRow(test.database, firmId);
    return [{ firmId, companyId }, await aContactRow(test.database, { firmId, createdBy, clientId: companyId })];
  };

  it('tell what a company says, with all of its goals, and to nobody else', async () => {
    const [of, contactId] = await company();
    const unit = new MikroOrmUnitOfWork(test.database);
    await unit.run(() => sql().add(of, ANSWERS, { by: contactId, at }));
    await unit.run(() => sql().change(of, ANSWERS, later));
    await unit.run(() => sql().addGoals(of, [WHOLE], at));
    const theirs = { metric: 'Orders', metric_key: 'orders', target: 7, period: 'year' };
    await new WorkRows(test.database, at).add('goals', { firmId, clientId: of.companyId }, theirs);
    expect(await queries().find(firmId, of.companyId)).toEqual({
      ...{
        ...ANSWERS,
        companyId: of.companyId,
        completedAt: at,
        completedBy: contactId,
        createdAt: at,
        updatedAt: later,
      },
      goals: [
        {
          id: expect.any(String),
          metricKey: 'orders',
          period: 'year',
          metric: 'Orders',
          metricLabel: null,
          target: 7,
          unit: null,
        },
        { id: expect.any(String), ...WHOLE },
      ],
    });
    const [other] = await company();
    expect(await queries().find(firmId, other.companyId)).toBeNull();
    expect(await queries().find(otherFirm, of.companyId)).toBeNull();
    await execute('delete from contacts where id = ?', [contactId]);
    expect(await queries().find(firmId, of.companyId)).toMatchObject({ completedBy: null });
  });
});

describe('Two submissions at once', () => {
  const notifier = new InMemoryNotifier();
  const onboarding = new RecordedTriggers();
  const clock = new FixedClock();
  const submit = () =>
    new SubmitQuestionnaire(
      ...([sql(), new MikroOrmHistory(test.database, clock), notifier, onboarding] as const),
      ...([new MikroOrmUnitOfWork(test.database), clock] as const),
    );

  it('keep one row and one goal, and complete the questionnaire once', async () => {
    const companyId = await aClientRow(test.database, firmId);
    await execute(`update clients set delivery_manager_id = ? where id = ?`, [createdBy, companyId]);
    const actor: PortalActor = { ...aPortalUser({ firmId, companyId }), contactId: null };
    const goal = { metric: 'Revenue', target: 5 };
    const calls = Array.from({ length: 6 }, () =>
      submit().execute(actor, { financialYearStart: '1 July', goals: [goal] }),
    );
    await Promise.all(calls);
    const [counts] = await execute(
      `select (select count(*) from success_profiles where client_id = ?)::integer as profiles,
         (select count(*) from goals where client_id = ?)::integer as goals,
         (select count(*) from history where client_id = ?)::integer as entries`,
      [companyId, companyId, companyId],
    );
    expect(counts).toEqual({ profiles: 1, goals: 1, entries: 2 });
    expect([notifier.raised.length, onboarding.events.length]).toEqual([1, 1]);
  });

  it('find a goal that staff have added meanwhile', async () => {
    const companyId = await aClientRow(test.database, firmId);
    const actor: PortalActor = { ...aPortalUser({ firmId, companyId }), contactId: null };
    const staff = new pg.Client(test.database.url);
    await staff.connect();
    try {
      await staff.query('begin');
      await staff.query(
        `insert into goals (id, firm_id, client_id, metric, metric_key, target, period, created_at, updated_at)
         values (gen_random_uuid(), $1, $2, 'Sales', 'revenue', 1, 'month', now(), now())`,
        [firmId, companyId],
      );
      const submitted = submit().execute(actor, { goals: [{ metric: 'Revenue', target: 5 }] });
      await somebodyWaits(test.database);
      await staff.query('commit');
      await submitted;
    } finally {
      await staff.end();
    }
    const goals: object[] = await execute('select metric, target::float as target from goals where client_id = ?', [
      companyId,
    ]);
    expect(goals).toEqual([{ metric: 'Revenue', target: 5 }]);
  });
});
