import { afterAll, beforeAll, expect, describe, it } from '@jest/globals';
import type { ClientId, FirmId, UserId } from '@portico/domain/kernel';
import { SqlPortalHistoryQueries } from '../../src/portal/history/sql-portal-history-queries.js';
import { aClientRow, aContactRow } from '../support/portal-rows.js';
import { PortalWorkRows } from '../support/portal-work-rows.js';
import { firmsWithUsers } from '../support/rows.js';
import { type TestDatabase, testDatabase } from '../support/test-database.js';

let test: TestDatabase;
let firmId: FirmId;
let createdBy: UserId;
let rows: PortalWorkRows;
let history: SqlPortalHistoryQueries;

beforeAll(async () => {
  test = await testDatabase();
  ({ firmId, createdBy } = await firmsWithUsers(test.database));
  rows = new PortalWorkRows(test.database, firmId);
  history = new SqlPortalHistoryQueries(test.database);
}, 60_000);
afterAll(() => test.dispose());

const company = (): Promise<ClientId> => aClientRow(test.database, firmId);

describe('SqlPortalHistoryQueries', () => {
  it('name the contact who did something', async () => {
    const id = await company();
    const contactId = await aContactRow(test.database, { firmId, createdBy, clientId: id });
    const budget = await rows.add('budgets', id, { name: 'Budget', status: 'approved', currency: 'USD' });
    const about = { action: 'budget.approved', subject_type: 'budget', subject_id: budget };
    await rows.entry(id, {
      ...about,
      contact_id: contactId,
      details: { status: { from: 'pending_approval', to: 'approved' } },
    });
    await rows.entry(id, { ...about, details: {} });
    const entries = await history.latest(firmId, [id], 10);
    expect(entries).toMatchObject([
      { actorId: null, actorName: null, details: {} },
      { actorId: contactId, actorName: 'Adam Smith', details: { status: { to: 'approved' } } },
    ]);
  });

  it('know nothing of what is not public, whatever is written there', async () => {
    const id = await company();
    const project = await rows.project(id);
    const about = { subject_type: 'project', subject_id: project };
    await rows.entry(id, { ...about, action: 'secret.created', details: { name: { from: null, to: 'x' } } });
    await rows.entry(id, { ...about, action: 'project.updated', details: { internal: { from: null, to: 'x' } } });
    await rows.entry(id, { ...about, action: 'project.archived', details: { name: 'x', goals: 3, internal: [] } });
    expect(await history.latest(firmId, [id], 10)).toMatchObject([
      {
        action: 'project.archived',
        details: { name: { from: null, to: null }, goals: { added: 0, changed: 0, removed: 0 } },
      },
    ]);
  });

  it('have the newest of all companies together', async () => {
    const [one, two] = [await company(), await company()];
    const ids = [];
    for (const id of [one, two, one, two]) {
      const project = await rows.project(id);
      ids.push(project);
      const about = { action: 'project.created', subject_type: 'project', subject_id: project };
      await rows.entry(id, { ...about, details: {} });
    }
    const entries = await history.latest(firmId, [one, two], 50);
    expect(entries.map(({ resourceId }) => resourceId)).toEqual(ids.reverse());
  });

  it('take what was written before anybody told of it for what it is now', async () => {
    const id = await company();
    const about = { action: 'invoice.updated', subject_type: 'invoice' };
    const due = { dueDate: { from: null, to: '2026-01-02' } };
    for (const status of ['draft', 'submitted']) {
      const invoice = await rows.invoice(id, { status, invoice_number: status });
      await rows.entry(id, { ...about, subject_id: invoice, details: due });
    }
    const entries = await history.latest(firmId, [id], 10);
    expect(entries).toMatchObject([{ resourceName: 'submitted', details: due }]);
  });
});
