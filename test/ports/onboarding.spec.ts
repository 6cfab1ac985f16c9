import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { ClientId, FirmId, UserId } from '@portico/domain/kernel';
import { CompleteMilestones, type OnboardingEvent } from '@portico/domain/onboarding';
import { anActor, FixedClock, InMemoryNotifier } from '@portico/testing';
import { MikroOrmHistory } from '../../src/history/mikro-orm-history.js';
import { SqlOnboardingProgress } from '../../src/onboarding/sql-onboarding-progress.js';
import { SqlOnboardingQueries } from '../../src/onboarding/sql-onboarding-queries.js';
import { MikroOrmUnitOfWork } from '../../src/platform/database/mikro-orm-unit-of-work.js';
import { Statements } from '../../src/platform/database/statements.js';
import { SecureRandom } from '../../src/platform/secure-random.js';
import { aClientRow } from '../support/portal-rows.js';
import { aFirm, aUser } from '../support/rows.js';
import { type TestDatabase, testDatabase } from '../support/test-database.js';
import { somebodyWaits } from '../support/waiting.js';
import { WorkRows } from '../support/work-rows.js';

const at = new Date('2026-02-03T04:05:06.789Z');
const clock = new FixedClock(new Date('2026-03-03T04:05:06.789Z'));
const notifier = new InMemoryNotifier();

let test: TestDatabase;
let firmId: FirmId;
let userId: UserId;
let rows: WorkRows;

beforeAll(async () => {
  test = await testDatabase();
  rows = new WorkRows(test.database, at);
}, 60_000);
afterAll(() => test.dispose());

/** A firm of its own for each test: the default template is the firm's. */
async function newFirm(): Promise<void> {
  firmId = await aFirm(test.database);
  userId = await aUser(test.database, firmId, true);
}
const client = () => aClientRow(test.database, firmId);
const execute = (text: string, values: unknown[]): Promise<object[]> => test.database.em.fork().execute(text, values);

/** Tables of the firm have no client. */
async function insert(table: string, columns: Readonly<Record<string, unknown>>): Promise<string> {
  const row = { id: new SecureRandom().uuid(), firm_id: firmId, created_at: at, updated_at: at, ...columns };
  const names = Object.keys(row);
  await execute(
    `insert into ${table} (${names.join(', ')}) values (${names.map(() => '?').join(', ')})`,
    Object.values(row),
  );
  return row.id;
}

/** A template with one stage; answers its id and those of its milestones, which wait for these triggers. */
async function template(
  triggers: (string | null)[],
  columns: object = {},
): Promise<{ id: string; milestones: string[] }> {
  const id = await insert('onboarding_templates', { name: 'Template', is_default: true, is_active: true, ...columns });
  const stage = await insert('onboarding_stages', {
    template_id: id,
    name: 'Stage',
    stage_type: 'kickoff',
    position: 0,
  });
  const milestones = [];
  for (const [position, trigger] of triggers.entries())
    milestones.push(
      await insert('onboarding_milestones', {
        stage_id: stage,
        title: `M${position}`,
        position,
        auto_trigger: trigger,
      }),
    );
  return { id, milestones };
}

const progress = (clientId: ClientId, milestone: string | undefined, columns: object = {}) =>
  rows.add(
    'onboarding_progress',
    { firmId, clientId },
    { milestone_id: milestone, completed: false, source: 'manual', ...columns },
  );

const run = (events: readonly OnboardingEvent[]): Promise<void> => {
  const statements = new Statements(test.database);
  const history = new MikroOrmHistory(test.database, clock);
  const progressOf = new SqlOnboardingProgress(statements);
  const triggers = new CompleteMilestones(progressOf, history, notifier, new SecureRandom(), clock);
  return new MikroOrmUnitOfWork(test.database).run(() => triggers.happened(anActor({ firmId, userId }), events));
};
const happened = (clientId: ClientId, trigger: OnboardingEvent['trigger'] = 'invoice_issued') =>
  run([{ clientId, trigger }]);
const completedOf = async (clientId: ClientId): Promise<unknown[]> => {
  const found = await execute(
    `select milestone_id as id from onboarding_progress where client_id = ? and completed and source = 'auto' order by 1`,
    [clientId],
  );
  return found.map((row) => (row as { id: string }).id);
};

describe('What happens to a client', () => {
  it('completes the milestones of its template that wait for it, once', async () => {
    await newFirm();
    const { milestones } = await template(['invoice_issued', 'project_created', null, 'invoice_issued']);
    const [own, other] = [await client(), await client()];
    await happened(own);
    await happened(own);
    expect(await completedOf(own)).toEqual([milestones[0], milestones[3]].sort());
    expect(await completedOf(other)).toEqual([]);
    const kept = await execute(
      'select completed_at = ? as "isNow", completed_by, version from onboarding_progress where client_id = ?',
      [clock.now(), own],
    );
    expect(kept).toEqual(Array.from({ length: 2 }, () => ({ isNow: true, completed_by: null, version: 1 })));
    const entries = await execute('select from history where client_id = ?', [own]);
    expect(entries).toHaveLength(2);
  });

  it('is of many clients in the same number of statements', async () => {
    await newFirm();
    const { milestones } = await template(['invoice_issued']);
    const clients = [await client(), await client(), await client()];
    await run([...clients, ...clients].map((clientId) => ({ clientId, trigger: 'invoice_issued' })));
    for (const one of clients) expect(await completedOf(one)).toEqual(milestones);
  });

  it('completes what staff have begun, and leaves alone what they have completed or reopened', async () => {
    await newFirm();
    const { milestones } = await template(['invoice_issued', 'invoice_issued', 'invoice_issued']);
    const own = await client();
    const begun = await progress(own, milestones[0]);
    await progress(own, milestones[1], { completed: true, completed_at: at, completed_by: userId });
    await progress(own, milestones[2], { source: 'auto' });
    await happened(own);
    expect(await completedOf(own)).toEqual([milestones[0]]);
    expect(await execute('select version, completed_by from onboarding_progress where id = ?', [begun])).toEqual([
      { version: 2, completed_by: null },
    ]);
  });

  it('is no matter to another template than the client’s, nor to another firm’s', async () => {
    await newFirm();
    const foreign = await client();
    await template(['invoice_issued']);
    await newFirm();
    await template(['invoice_issued'], { is_default: false });
    await template(['invoice_issued'], { is_active: false });
    const begun = await template([null, 'invoice_issued'], { is_default: false });
    const [undecided, own] = [await client(), await client()];
    await progress(own, begun.milestones[0]);
    for (const one of [undecided, own, foreign]) await happened(one);
    expect(await completedOf(undecided)).toEqual([]);
    expect(await completedOf(foreign)).toEqual([]);
    expect(await completedOf(own)).toEqual([begun.milestones[1]]);
  });

  it('completes a milestone once, also when two things happen at once', async () => {
    await newFirm();
    const { milestones } = await template(['invoice_issued']);
    const own = await client();
    await Promise.all(Array.from({ length: 6 }, () => happened(own)));
    expect(await completedOf(own)).toEqual(milestones);
    expect(await execute('select from history where client_id = ?', [own])).toHaveLength(1);
  });

  it('gives way to staff who say something of it at the same moment', async () => {
    await newFirm();
    const { milestones } = await template(['invoice_issued']);
    const own = await client();
    const staff = new pg.Client(test.database.url);
    await staff.connect();
    try {
      await staff.query('begin');
      await staff.query(
        `insert into onboarding_progress (id, firm_id, client_id, milestone_id, completed, completed_at, source, created_at, updated_at)
         values (gen_random_uuid(), $1, $2, $3, true, now(), 'manual', now(), now())`,
        [firmId, own, milestones[0]],
      );
      const done = happened(own);
      await somebodyWaits(test.database);
      await staff.query('commit');
      await done;
    } finally {
      await staff.end();
    }
    expect(await completedOf(own)).toEqual([]);
    expect(await execute('select from history where client_id = ?', [own])).toEqual([]);
  });
});

describe('SqlOnboardingQueries', () => {
  const find = (clientId: ClientId, firm = firmId) => new SqlOnboardingQueries(test.database).find(firm, clientId);

  it('find the template in which anything was last begun, else the newest active default', async () => {
    await newFirm();
    const own = await client();
    expect(await find(own)).toBeNull();
    const [one, two] = [await template([null], { is_default: false }), await template([null], { is_default: false })];
    expect(await find(own)).toBeNull();
    await template([], { created_at: new Date('2026-01-01T00:00:00Z') });
    const newest = await template([]);
    await template([], { is_active: false, created_at: clock.now() });
    expect((await find(own))?.template.id).toBe(newest.id);
    await progress(own, one.milestones[0], { created_at: new Date('2026-01-01T00:00:00Z') });
    expect((await find(own))?.template.id).toBe(one.id);
    await progress(own, two.milestones[0]);
    expect((await find(own))?.template.id).toBe(two.id);
    expect((await find(await client()))?.template.id).toBe(newest.id);
  });

  it('tell stages and milestones in their order, and how far the client is, and nobody else', async () => {
    await newFirm();
    const { id, milestones } = await template([null, null]);
    const empty = { template_id: id, name: 'First', description: 'Soon', stage_type: 'first', position: -1 };
    await insert('onboarding_stages', empty);
    const [own, other] = [await client(), await client()];
    const completedAt = new Date('2026-01-12T10:00:00Z');
    await progress(own, milestones[1], { completed: true, completed_at: completedAt, completed_by: userId });
    await progress(other, milestones[0], { completed: true, completed_at: at });
    const milestone = { description: null, completedByName: null };
    expect(await find(own)).toEqual({
      template: { id, name: 'Template', description: null },
      stages: [
        {
          id: expect.any(String),
          name: 'First',
          description: 'Soon',
          stageType: 'first',
          position: -1,
          milestones: [],
        },
        {
          ...{ id: expect.any(String), name: 'Stage', description: null, stageType: 'kickoff', position: 0 },
          milestones: [
            {
              ...milestone,
              id: milestones[0],
              title: 'M0',
              position: 0,
              completed: false,
              completedAt: null,
              source: null,
            },
            {
              ...{ ...milestone, id: milestones[1], title: 'M1', position: 1, completed: true, completedAt },
              ...{ completedByName: 'User', source: 'manual' },
            },
          ],
        },
      ],
      startedAt: completedAt,
    });
    const foreign = await aFirm(test.database);
    expect(await find(own, foreign)).toBeNull();
  });
});
