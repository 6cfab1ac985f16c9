import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { expectProblem } from '../../support/back-office-api.js';
import { expectStatus } from '../../support/expected-answers.js';
import type { Portico } from '../../support/portico.js';
import { SharedPortico } from '../../support/shared-portico.js';
import { ResourceWorld, type Row } from './resource-world.js';

let server: Portico;
let world: ResourceWorld;

beforeAll(async () => {
  server = await SharedPortico.start();
  world = await ResourceWorld.first(server);
}, 120_000);
afterAll(() => server.dispose());

const line = (description: string, unitPrice: number, more: object = {}) => ({ description, unitPrice, ...more });
const invoice = (body: object) => world.create('invoices', world.mine, { lineItems: [], payments: [], ...body });
const pathOf = (name: string, row: Row) => `/${name}/${String(row['id'])}`;
const change = async (name: string, row: Row, body: object): Promise<Row> => {
  const answer = await world.api.send('patch', pathOf(name, row), body);
  expectStatus(answer, 200);
  return answer.body as Row;
};
const lines = (row: Row) => row['lineItems'] as Row[];

describe('The children that a body carries', () => {
  it('replace what was there, in the order in which they are given', async () => {
    const made = await invoice({ lineItems: [line('A', 1), line('B', 2)] });
    expect(lines(made).map(({ description, position }) => [description, position])).toEqual([
      ['A', 0],
      ['B', 1],
    ]);
    const changed = await change('invoices', made, { lineItems: [line('C', 3)] });
    expect(lines(changed).map(({ description }) => description)).toEqual(['C']);
    expect((await change('invoices', made, { notes: 'x' }))['lineItems']).toEqual(changed['lineItems']);
    expect((await change('invoices', made, { lineItems: [] }))['lineItems']).toEqual([]);
  });

  it('are those that they name by id or external id', async () => {
    const externalId = randomUUID();
    const made = await invoice({ lineItems: [line('A', 1), line('B', 2, { externalId })] });
    const [first, second] = lines(made);
    const changed = await change('invoices', made, {
      lineItems: [{ externalId, unitPrice: 20 }, { id: first?.['id'], unitPrice: 10 }, line('C', 3)],
    });
    expect(lines(changed).map(({ id, description, unitPrice }) => [id, description, unitPrice])).toEqual([
      [second?.['id'], 'B', 20],
      [first?.['id'], 'A', 10],
      [expect.any(String), 'C', 3],
    ]);
    const foreign = await invoice({ lineItems: [line('D', 4)] });
    const taken = await world.api.send('patch', pathOf('invoices', foreign), {
      lineItems: [{ ...line('X', 1), externalId }],
    });
    expectProblem(taken, 400, 'external_id_taken', [{ field: 'lineItems.0.externalId' }]);
    const stranger = { lineItems: [{ id: first?.['id'], ...line('Y', 1) }] };
    const answer = await world.api.send('patch', pathOf('invoices', foreign), stranger);
    expectProblem(answer, 400, 'unknown_reference', [{ field: 'lineItems.0.id' }]);
  });

  it('may have children themselves', async () => {
    const stages = [
      { name: 'One', milestones: [{ title: 'a' }, { title: 'b' }] },
      { name: 'Two', milestones: [{ title: 'c' }] },
    ];
    const made = await world.api.create('/onboarding-templates', { name: 'New', stages });
    expect(made).toMatchObject({ stageCount: 2, milestoneCount: 3, stages });
    const [first] = made['stages'] as Row[];
    const fewer = await change('onboarding-templates', made, {
      stages: [{ id: first?.['id'], milestones: [{ title: 'a' }] }],
    });
    expect(fewer).toMatchObject({ stageCount: 1, milestoneCount: 1, stages: [{ name: 'One', totalCount: 1 }] });
  });

  it('are at most 500, and each fault is named', async () => {
    const many = Array.from({ length: 501 }, () => line('x', 1));
    const body = { clientId: world.mine['id'], lineItems: many };
    expectProblem(await world.api.send('post', '/invoices', body), 400, 'invalid_value', [{ field: 'lineItems' }]);
    const wrong = { ...body, lineItems: [line('x', 1), { unitPrice: 1.234, quantity: -1 }, 'x'] };
    expectProblem(await world.api.send('post', '/invoices', wrong), 400, 'invalid_value', [
      { field: 'lineItems.1.unitPrice' },
      { field: 'lineItems.1.quantity' },
      { field: 'lineItems.2' },
      { field: 'lineItems.1.description' },
      { field: 'lineItems.2.description' },
    ]);
  });
});

describe('Sums', () => {
  it('of an invoice follow from its lines and payments, and can not be set', async () => {
    const lineItems = [line('A', 0.05, { quantity: 0.5, taxRate: 10 }), line('B', 33.33, { quantity: 3, taxRate: 19 })];
    const made = await invoice({
      lineItems,
      payments: [{ amount: 50.01 }],
      dueDate: '2020-01-31',
      status: 'submitted',
    });
    expect(lines(made).map(({ amount, taxAmount }) => [amount, taxAmount])).toEqual([
      [0.03, 0],
      [99.99, 19],
    ]);
    const sums = { subtotal: 100.02, taxAmount: 19, totalAmount: 119.02, amountPaid: 50.01, amountDue: 69.01 };
    expect(made).toMatchObject({ ...sums, isOverdue: true });
    expect(await change('invoices', made, { dueDate: null })).toMatchObject({ amountDue: 69.01, isOverdue: false });
    const text = (await world.api.get(pathOf('invoices', made))).text;
    expect(text).toContain('"taxAmount":19.00');
    const payment = await world.api.create('/invoice-payments', { invoiceId: made['id'], amount: 69.01 });
    expect(payment).toMatchObject({ currency: 'EUR', clientId: world.mine['id'] });
    expect(await world.api.read(pathOf('invoices', made))).toMatchObject({ amountDue: 0, isOverdue: false });
    const set = await world.api.send('patch', pathOf('invoices', made), { totalAmount: 1 });
    expectProblem(set, 400, 'unknown_member', [{ field: 'totalAmount' }]);
  });

  it('follow a line from one invoice to another', async () => {
    const [one, other] = [await invoice({ lineItems: [line('A', 7)] }), await invoice({})];
    await change('invoice-line-items', lines(one)[0] ?? {}, { invoiceId: other['id'] });
    expect(await world.api.read(pathOf('invoices', one))).toMatchObject({ totalAmount: 0, lineItems: [] });
    expect(await world.api.read(pathOf('invoices', other))).toMatchObject({ totalAmount: 7 });
  });

  it('are right whoever writes at the same moment', async () => {
    const made = await invoice({});
    const added = Array.from({ length: 12 }, () =>
      world.api.send('post', '/invoice-line-items', { invoiceId: made['id'], ...line('x', 1.25) }),
    );
    for (const answer of await Promise.all(added)) expectStatus(answer, 201);
    expect(await world.api.read(pathOf('invoices', made))).toMatchObject({ totalAmount: 15 });
  });

  it('of a budget are those of its lines; the total is what was agreed, or else the sum', async () => {
    const lineItems = [
      { name: 'A', quantity: 2, unitPrice: 10, loggedHours: 1.5 },
      { name: 'B', unitPrice: 5.5, loggedHours: 2 },
    ];
    const made = await world.create('budgets', world.mine, { totalAmount: undefined, lineItems });
    expect(made).toMatchObject({ totalAmount: 25.5, spentAmount: 25.5, lineItemCount: 2, loggedHours: 3.5 });
    expect(await change('budgets', made, { totalAmount: 1000 })).toMatchObject({
      totalAmount: 1000,
      spentAmount: 25.5,
    });
    expect(await change('budgets', made, { totalAmount: null })).toMatchObject({ totalAmount: 25.5 });
    const budgetLineItemId = lines(made)[0]?.['id'];
    await invoice({ budgetId: made['id'], lineItems: [line('x', 4, { budgetLineItemId })] });
    await invoice({ status: 'voided', lineItems: [line('x', 9, { budgetLineItemId })] });
    expect(lines(await world.api.read(pathOf('budgets', made)))[0]).toMatchObject({ invoicedAmount: 4 });
  });
});

describe('What a row can not do without', () => {
  it('keeps it: what others refer to is not removed', async () => {
    const project = await world.create('projects');
    await world.api.create('/tasks', { title: 'x', projectId: project['id'] });
    expectProblem(await world.api.call('delete', pathOf('projects', project)), 409, 'in_use');
    const moved = await world.api.send('patch', pathOf('projects', project), { clientId: world.other['id'] });
    expectProblem(moved, 409, 'in_use');
    const note = await world.create('notes');
    const { clientId, resourceType, resourceId } = note;
    await world.api.create('/notes', { clientId, resourceType, resourceId, parentId: note['id'], content: 'x' });
    expectProblem(await world.api.call('delete', pathOf('notes', note)), 409, 'in_use');
  });

  it('tells its client, and its parts move with it', async () => {
    const made = await invoice({ lineItems: [line('A', 1)] });
    const moved = await change('invoices', made, { clientId: world.other['id'] });
    expect(lines(moved)[0]).toMatchObject({ clientId: world.other['id'] });
    const task = await world.api.create('/tasks', { title: 'x', projectId: await world.need('projects') });
    expect(task).toMatchObject({ clientId: world.mine['id'] });
  });

  it('is about a project or a deal, whichever is said', async () => {
    const deal = await world.create('deals');
    const resource = { resourceType: 'deal', resourceId: deal['id'] };
    const made = await world.create('budgets', world.mine, resource);
    expect(made).toMatchObject({ ...resource, resourceName: deal['name'] });
    const project = await world.create('projects');
    const wrong = await world.api.send('patch', pathOf('budgets', made), { resourceId: project['id'] });
    expectProblem(wrong, 400, 'unknown_reference', [{ field: 'resourceId' }]);
    const half = await world.api.send('patch', pathOf('budgets', made), { resourceType: 'project' });
    expectProblem(half, 400, 'invalid_value', [{ field: 'resourceId' }]);
    const moved = { resourceType: 'project', resourceExternalId: project['externalId'] };
    expect(await change('budgets', made, moved)).toMatchObject({ resourceName: project['name'] });
    expect(await change('budgets', made, { resourceId: null })).toMatchObject({ resourceType: null });
  });

  it('does not stand under itself, nor under what stands below it', async () => {
    const page = (more: Readonly<Record<string, unknown>>) => world.create('pages', world.mine, more);
    const top = await page({});
    const below = await page({ parentId: (await page({ parentId: top['id'] }))['id'] });
    for (const parentId of [top['id'], below['id']])
      expectProblem(await world.api.send('patch', pathOf('pages', top), { parentId }), 400, 'unknown_reference', [
        { field: 'parentId' },
      ]);
  });

  it('stands on the same thing as its parent', async () => {
    const [one, other] = [await world.create('notes'), await world.create('deals')];
    const answer = { content: 'x', parentId: one['id'], clientId: world.mine['id'] };
    const same = { resourceType: one['resourceType'], resourceId: one['resourceId'] };
    expectStatus(await world.api.send('post', '/notes', { ...answer, ...same }), 201);
    const elsewhere = { ...answer, resourceType: 'deal', resourceId: other['id'] };
    expectProblem(await world.api.send('post', '/notes', elsewhere), 400, 'unknown_reference', [{ field: 'parentId' }]);
  });
});

describe('A tag', () => {
  it('lets a change depend on what was read', async () => {
    const made = await invoice({});
    const read = await world.api.get(pathOf('invoices', made));
    const tag = String(read.headers['etag']);
    const known = await world.api.with({ 'If-None-Match': tag }).get(pathOf('invoices', made));
    expect(known.status).toBe(304);
    await world.api.create('/invoice-line-items', { invoiceId: made['id'], ...line('x', 1) });
    const late = world.api.with({ 'If-Match': tag });
    const path = pathOf('invoices', made);
    expectProblem(await late.send('patch', path, { notes: 'x' }), 412, 'precondition_failed');
    expectProblem(await late.call('delete', path), 412, 'precondition_failed');
    const now = String((await world.api.get(path)).headers['etag']);
    expectStatus(await world.api.with({ 'If-Match': now }).send('patch', path, { notes: 'x' }), 200);
  });
});
