import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { ClientId, ContactId, FirmId, PortalUser, UserId } from '@portico/domain/kernel';
import { ApproveBudget, type ApprovedBudget, type BudgetApprovals } from '@portico/domain/portal';
import {
  aPortalUser,
  FixedClock,
  InMemoryBudgetApprovals,
  InMemoryHistory,
  InMemoryNotifier,
  InMemoryUnitOfWork,
} from '@portico/testing';
import { MikroOrmHistory } from '../../src/history/mikro-orm-history.js';
import { MikroOrmUnitOfWork } from '../../src/platform/database/mikro-orm-unit-of-work.js';
import { Statements } from '../../src/platform/database/statements.js';
import { SqlBudgetApprovals } from '../../src/portal/budgets/sql-budget-approvals.js';
import { aClientRow, aContactRow } from '../support/portal-rows.js';
import { aUser, firmsWithUsers } from '../support/rows.js';
import { type TestDatabase, testDatabase } from '../support/test-database.js';
import { until } from '../support/until.js';
import { WorkRows } from '../support/work-rows.js';

const at = new Date('2026-02-03T04:05:06.789Z');
const STATUSES = ['draft', 'pending_approval', 'approved', 'active', 'completed'] as const;
type Status = (typeof STATUSES)[number];

let test: TestDatabase;
let rows: WorkRows;
let firmId: FirmId;
let otherFirm: FirmId;
let createdBy: UserId;
let companyId: ClientId;
let contactId: ContactId;

beforeAll(async () => {
  test = await testDatabase();
  rows = new WorkRows(test.database, at);
  ({ firmId, otherFirm, createdBy } = await firmsWithUsers(test.database));
  companyId = await aClientRow(test.database, firmId);
  contactId = await aContactRow(test.database, { firmId, createdBy, clientId: companyId });
}, 60_000);
afterAll(() => test.dispose());

const onPostgreSql = () => new SqlBudgetApprovals(new Statements(test.database));
const inMemory = new InMemoryBudgetApprovals();
let made = 0;

describe.each([
  ['InMemoryBudgetApprovals', false],
  ['SqlBudgetApprovals', true],
])('the BudgetApprovals %s', (_name, isSql) => {
  const run = <T>(work: (budgets: BudgetApprovals) => Promise<T>): Promise<T> =>
    isSql
      ? new MikroOrmUnitOfWork(test.database).run(() => work(onPostgreSql()))
      : new InMemoryUnitOfWork([inMemory]).run(() => work(inMemory));
  const make = async (status: Status = 'pending_approval'): Promise<string> => {
    if (isSql) return rows.budget({ firmId, clientId: companyId }, { status, name: 'Relaunch' });
    const id = `01989a3e-5f00-7000-8000-${String(++made).padStart(12, '0')}`;
    return inMemory.with({ id, status, firmId, clientId: companyId, name: 'Relaunch' }).id;
  };
  const approve = (id: string, firm = firmId, companyIds = [companyId]): Promise<ApprovedBudget | null> =>
    run((budgets) => budgets.approve(firm, { companyIds, id, contactId, at }));
  const isShown = (id: string, firm = firmId, companyIds = [companyId]) =>
    run((budgets) => budgets.isShown(firm, companyIds, id));

  it('approve a budget that waits for it, once', async () => {
    const id = await make();
    const approved = { id, name: 'Relaunch', clientId: companyId, deliveryManagerId: null };
    expect(await approve(id.toUpperCase())).toMatchObject(approved);
    expect(await approve(id)).toBeNull();
    expect(await isShown(id)).toBe(true);
  });

  it.each(STATUSES.filter((status) => status !== 'pending_approval'))('approve none that is %s', async (status) => {
    const id = await make(status);
    expect(await approve(id)).toBeNull();
    expect(await isShown(id)).toBe(status !== 'draft');
  });

  it('know none that is another company’s or another firm’s', async () => {
    const id = await make();
    const others = [
      [otherFirm, [companyId]],
      [firmId, ['999999' as ClientId]],
      [firmId, []],
    ] as [FirmId, ClientId[]][];
    for (const [firm, companyIds] of others) {
      expect(await approve(id, firm, companyIds)).toBeNull();
      expect(await isShown(id, firm, companyIds)).toBe(false);
    }
    expect(await approve(id, firmId, ['999999' as ClientId, companyId])).not.toBeNull();
  });

  it('take an approval back with its unit of work', async () => {
    const id = await make();
    const failed = run(async (budgets) => {
      await budgets.approve(firmId, { companyIds: [companyId], id, contactId, at });
      throw new Error('failed');
    });
    await expect(failed).rejects.toThrow('failed');
    expect(await approve(id)).not.toBeNull();
  });
});

describe('SqlBudgetApprovals', () => {
  const approve = (id: string) =>
    new MikroOrmUnitOfWork(test.database).run(() =>
      onPostgreSql().approve(firmId, { companyIds: [companyId], id, contactId, at }),
    );

  it('write who and when, and make it another version, as the Back Office does', async () => {
    const id = await rows.budget({ firmId, clientId: companyId }, { updated_at: new Date(0) });
    await approve(id);
    const [row] = await rows.execute(
      `select status, approved_at = ? as approved, approved_by_portal_user_id::text as by, updated_at = ? as updated,
         version from budgets where id = ?`,
      [at, at, id],
    );
    expect(row).toEqual({ status: 'approved', approved: true, by: contactId, updated: true, version: 2 });
  });

  it('know who delivers it: to the project, else to the client', async () => {
    const clientId = await aClientRow(test.database, firmId);
    const owner = { firmId, clientId };
    const [ofClient, ofProject] = [await aUser(test.database, firmId), await aUser(test.database, firmId)];
    const resource = { resource_type: 'project' };
    const managed = await rows.project(owner, { delivery_manager_id: ofProject });
    const unmanaged = await rows.project(owner);
    const manager = async (columns: object) => {
      const id = await rows.budget(owner, { ...columns });
      const approval = { companyIds: [clientId], id, contactId, at };
      const unit = new MikroOrmUnitOfWork(test.database);
      return (await unit.run(() => onPostgreSql().approve(firmId, approval)))?.deliveryManagerId;
    };
    expect(await manager({ ...resource, resource_id: managed })).toBe(ofProject);
    expect(await manager({ ...resource, resource_id: unmanaged })).toBeNull();
    await rows.execute('update clients set delivery_manager_id = ? where id = ?', [ofClient, clientId]);
    expect(await manager({ ...resource, resource_id: managed })).toBe(ofProject);
    expect(await manager({ ...resource, resource_id: unmanaged })).toBe(ofClient);
    expect(await manager({})).toBe(ofClient);
  });
});

describe('Approvals at the same moment', () => {
  const RACERS = 5;
  const WAITING = `select count(*)::integer as n from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`;

  it('are one approval, told once to the history and to people', async () => {
    const id = await rows.budget({ firmId, clientId: companyId });
    await rows.execute('update clients set delivery_manager_id = ? where id = ?', [createdBy, companyId]);
    const [clock, notifier] = [new FixedClock(), new InMemoryNotifier()];
    const [history, unit] = [new MikroOrmHistory(test.database, clock), new MikroOrmUnitOfWork(test.database)];
    const approveBudget = new ApproveBudget(onPostgreSql(), history, notifier, unit, clock);
    const user: PortalUser = aPortalUser({ firmId, companyId, companyIds: [companyId], contactId });
    const holder = new pg.Client(test.database.url);
    await holder.connect();
    await holder.query('begin');
    await holder.query('select from budgets where id = $1 for update', [id]);
    const racing = Promise.allSettled(Array.from({ length: RACERS }, () => approveBudget.execute(user, { id })));
    await until('all wait for the budget', async () => {
      const [waiting] = await rows.execute<{ n: number }>(WAITING);
      return waiting?.n === RACERS;
    });
    await holder.query('commit');
    await holder.end();
    const results = await racing;
    const refusals = results.flatMap((one) =>
      one.status === 'rejected' ? [(one.reason as { code: string }).code] : [],
    );
    expect(refusals).toEqual(Array.from({ length: RACERS - 1 }, () => 'budget_not_pending'));
    const entries = await rows.execute(
      `select action, contact_id::text as contact, user_id, client_id::text as client from history where subject_id = ?`,
      [id],
    );
    expect(entries).toEqual([{ action: 'budget.approved', contact: contactId, user_id: null, client: companyId }]);
    expect(notifier.raised).toHaveLength(1);
  });

  it('tells nothing of an approval whose history could not be written', async () => {
    const id = await rows.budget({ firmId, clientId: companyId });
    class BrokenHistory extends InMemoryHistory {
      override recordAll(): Promise<void> {
        return Promise.reject(new Error('no history'));
      }
    }
    const unit = new MikroOrmUnitOfWork(test.database);
    const tools = [new BrokenHistory(), new InMemoryNotifier(), unit, new FixedClock()] as const;
    const user = aPortalUser({ firmId, companyId, companyIds: [companyId], contactId });
    await expect(new ApproveBudget(onPostgreSql(), ...tools).execute(user, { id })).rejects.toThrow('no history');
    const [row] = await rows.execute('select status, version from budgets where id = ?', [id]);
    expect(row).toEqual({ status: 'pending_approval', version: 1 });
  });
});
