import { beforeEach, describe, expect, it } from '@jest/globals';
import {
  aPortalUser,
  FixedClock,
  InMemoryBudgetApprovals,
  InMemoryHistory,
  InMemoryNotifier,
  InMemoryUnitOfWork,
} from '@portico/testing';
import type { ClientId, FirmId, PortalUser, UserId } from '../../kernel/index.js';
import { ApproveBudget } from './approve-budget.js';

const user = aPortalUser();
const BOSS = '12' as UserId;

let clock: FixedClock;
let budgets: InMemoryBudgetApprovals;
let history: InMemoryHistory;
let notifier: InMemoryNotifier;
let approveBudget: ApproveBudget;

beforeEach(() => {
  clock = new FixedClock();
  budgets = new InMemoryBudgetApprovals();
  history = new InMemoryHistory();
  notifier = new InMemoryNotifier();
  approveBudget = new ApproveBudget(budgets, history, notifier, new InMemoryUnitOfWork([budgets, history]), clock);
});

describe('ApproveBudget', () => {
  it('approves a budget that waits for it: who and when is kept', async () => {
    const { id } = budgets.with();
    await approveBudget.execute(user, { id });
    expect(budgets.get(id)).toMatchObject({ status: 'approved', approvedAt: clock.now(), approvedBy: '20' });
  });

  it('tells the history, in the name of the contact, as the Back Office tells of changed fields', async () => {
    const { id } = budgets.with();
    await approveBudget.execute(user, { id: id.toUpperCase() });
    expect(history.entries).toEqual([
      {
        action: 'budget.approved',
        subject: { type: 'budget', id },
        clientId: '500',
        details: {
          status: { from: 'pending_approval', to: 'approved' },
          approvedAt: { from: null, to: clock.now().toISOString() },
        },
        author: expect.objectContaining({ firmId: '1', contactId: '20', credential: user.credential }),
      },
    ]);
  });

  it('tells who delivers it, and nobody where there is nobody', async () => {
    const { id } = budgets.with({ deliveryManagerId: BOSS });
    await approveBudget.execute(user, { id });
    expect(notifier.raised).toEqual([
      {
        type: 'budget_approved',
        firmId: '1',
        to: { userIds: [BOSS] },
        clientId: '500',
        resource: { type: 'budget', id },
        names: expect.objectContaining({ budget: 'Relaunch' }),
        by: { contactId: '20' },
      },
    ]);
    const other = budgets.with({ id: '01989a3e-5f00-7000-8000-000000000002' });
    await approveBudget.execute(user, { id: other.id });
    expect(notifier.raised).toHaveLength(1);
  });

  it('approves for each company that counts', async () => {
    const { id } = budgets.with({ clientId: '501' as ClientId });
    await expect(approveBudget.execute(user, { id })).rejects.toMatchObject({ code: 'budget_not_found' });
    await approveBudget.execute(aPortalUser({ companyIds: ['500', '501'] as ClientId[] }), { id });
    expect(history.entries).toMatchObject([{ clientId: '501' }]);
  });

  it.each(['approved', 'active', 'completed'] as const)('refuses one that is %s', async (status) => {
    const { id } = budgets.with({ status, deliveryManagerId: BOSS });
    const refused = approveBudget.execute(user, { id });
    await expect(refused).rejects.toMatchObject({ kind: 'conflict', code: 'budget_not_pending' });
    expect([history.entries, notifier.raised]).toEqual([[], []]);
  });

  it('approves once: the second time is refused and told to nobody', async () => {
    const { id } = budgets.with({ deliveryManagerId: BOSS });
    await approveBudget.execute(user, { id });
    await expect(approveBudget.execute(user, { id })).rejects.toMatchObject({ code: 'budget_not_pending' });
    expect([history.entries.length, notifier.raised.length]).toEqual([1, 1]);
  });

  it.each<[string, Partial<PortalUser>, string | null]>([
    ['unknown', {}, '01989a3e-5f00-7000-8000-00000000000f'],
    ['no id at all', {}, 'abc'],
    ['another company’s', { companyIds: ['501' as ClientId] }, null],
    ['another firm’s', { firmId: '2' as FirmId }, null],
  ])('does not find one that is %s', async (_what, changes, id) => {
    const budget = budgets.with();
    const refused = approveBudget.execute(aPortalUser(changes), { id: id ?? budget.id });
    await expect(refused).rejects.toMatchObject({ kind: 'not_found', code: 'budget_not_found' });
    expect(history.entries).toEqual([]);
  });

  it('does not find a draft', async () => {
    const { id } = budgets.with({ status: 'draft' });
    await expect(approveBudget.execute(user, { id })).rejects.toMatchObject({ code: 'budget_not_found' });
  });
});
