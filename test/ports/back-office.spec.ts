import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Actor, ClientId } from '@portico/domain/kernel';
import { CompleteMilestones } from '@portico/domain/onboarding';
import { anActor, FixedClock } from '@portico/testing';
import { resourceNamed, RESOURCES } from '../../src/back-office/resources/catalogue/index.js';
import { listRequest } from '../../src/back-office/resources/reading/list-plan.js';
import { ResourceReads } from '../../src/back-office/resources/reading/resource-reads.js';
import { MikroOrmHistory } from '../../src/history/mikro-orm-history.js';
import { ResourceStore } from '../../src/back-office/resources/writing/resource-store.js';
import { ResourceWrites } from '../../src/back-office/resources/writing/resource-writes.js';
import { WriteRecord } from '../../src/back-office/resources/writing/write-record.js';
import { SqlNotifier } from '../../src/notifications/raising/sql-notifier.js';
import { SqlOnboardingProgress } from '../../src/onboarding/sql-onboarding-progress.js';
import { Statements } from '../../src/platform/database/statements.js';
import { MikroOrmUnitOfWork } from '../../src/platform/database/mikro-orm-unit-of-work.js';
import { SecureRandom } from '../../src/platform/secure-random.js';
import { aClientRow, aContactRow } from '../support/portal-rows.js';
import { firmsWithUsers } from '../support/rows.js';
import { SeededRandom } from '../support/seeded-random.js';
import { SentStatements } from '../support/sent-statements.js';
import { type TestDatabase, testDatabase } from '../support/test-database.js';

type Row = Record<string, unknown>;

let test: TestDatabase;
let reads: ResourceReads;
let writes: ResourceWrites;
let actor: Actor;
let clientId: ClientId;
let sent: SentStatements;

beforeAll(async () => {
  test = await testDatabase();
  const { database } = test;
  const { firmId, createdBy } = await firmsWithUsers(database);
  actor = anActor({ firmId, userId: createdBy });
  clientId = await aClientRow(database, firmId);
  const statements = new Statements(database);
  const clock = new FixedClock();
  reads = new ResourceReads(database, clock);
  const [store, history] = [new ResourceStore(statements), new MikroOrmHistory(test.database, clock)];
  const debounce = { after: 60, most: 600 };
  const notifier = new SqlNotifier(statements, debounce, clock);
  const progress = new SqlOnboardingProgress(statements);
  const onboarding = new CompleteMilestones(progress, history, notifier, new SecureRandom(), clock);
  const record = new WriteRecord(store, history, notifier, onboarding);
  writes = new ResourceWrites(store, reads, record, new MikroOrmUnitOfWork(database), clock, new SecureRandom());
  sent = await SentStatements.of(database);
}, 60_000);
afterAll(() => test.dispose());

/** How many statements `work` takes. */
const statementsOf = (work: () => Promise<unknown>): Promise<number> => sent.during(work);

const INVOICES = resourceNamed('invoices');
const read = async (id: string): Promise<Row> => JSON.parse((await reads.find(actor, INVOICES, id)) ?? 'null') as Row;

describe('Many invoices at once', () => {
  let contactId: string;
  beforeAll(async () => {
    const { firmId, userId: createdBy } = actor;
    contactId = await aContactRow(test.database, { firmId, createdBy, clientId });
    const lineItems = [{ externalId: 'design', name: 'Design', unitPrice: 100 }];
    const budget = { externalId: 'budget', name: 'Budget', clientId: Number(clientId), lineItems };
    await writes.create(actor, resourceNamed('budgets'), budget);
  });

  const invoices = (count: number, price: number): Row[] =>
    Array.from({ length: count }, (_, at) => ({
      externalId: `invoice-${at}`,
      clientId: Number(clientId),
      budgetExternalId: 'budget',
      contactId: Number(contactId),
      status: 'authorised',
      lineItems: [0, 1, 2].map((line) => ({
        externalId: `line-${at}-${line}`,
        description: `Line ${line}`,
        unitPrice: price + line,
        budgetLineItemExternalId: 'design',
      })),
      payments: [{ amount: price }],
    }));

  it('take as many statements as two, and 15 at most', async () => {
    const counts = [];
    for (const rows of [invoices(2, 1), invoices(1000, 2), invoices(1000, 2), invoices(1000, 3)])
      counts.push(await statementsOf(() => writes.upsert(actor, INVOICES, rows)));
    const fewer = invoices(1000, 4).map((row) => ({ ...row, lineItems: (row['lineItems'] as Row[]).slice(1) }));
    const [added] = invoices(1001, 4).slice(1000);
    counts.push(await statementsOf(() => writes.upsert(actor, INVOICES, [...fewer.slice(1), added])));
    expect(Math.max(...counts)).toBeLessThanOrEqual(15);
    expect(counts[1]).toBeLessThanOrEqual((counts[0] ?? 0) + 2);
    const [told] = await test.database.em.execute<{ count: number }[]>('select count(*)::int from notifications');
    expect(told?.count).toBe(1001); // once for each invoice, though each came four times
  }, 120_000);

  it('are read with one statement, alone with their children or as a list', async () => {
    const request = listRequest(INVOICES, { 'filter[status]': 'authorised', sort_by: 'totalAmount', limit: '100' });
    const lists = await statementsOf(() => reads.list(actor, INVOICES, request));
    const { json } = await reads.list(actor, INVOICES, request);
    const [first] = JSON.parse(json) as Row[];
    expect([lists, await statementsOf(() => read(String(first?.['id'])))]).toEqual([1, 1]);
  });
});

it('keeps sums that are those of the parts, whatever is done to them', async () => {
  const random = new SeededRandom(7);
  const cents = () => random.below(100_000) / 100;
  const one = await writes.create(actor, INVOICES, { clientId: Number(clientId) });
  const other = await writes.create(actor, INVOICES, { clientId: Number(clientId) });
  const [lines, payments] = [resourceNamed('invoice-line-items'), resourceNamed('invoice-payments')];
  const made: string[] = [];
  for (let step = 0; step < 60; step++) {
    const invoiceId = random.below(2) === 0 ? one : other;
    const line = { description: 'x', quantity: random.below(50) / 8, unitPrice: cents(), taxRate: random.below(30) };
    const target = made[random.below(made.length + 1)];
    if (target === undefined) made.push(await writes.create(actor, lines, { ...line, invoiceId }));
    else if (random.below(3) === 0) {
      await writes.remove(actor, lines, target);
      made.splice(made.indexOf(target), 1);
    } else await writes.change(actor, lines, target, { ...line, invoiceId });
    if (random.below(4) === 0) await writes.create(actor, payments, { invoiceId, amount: cents() });
  }
  const wrong = await test.database.em.fork().execute(
    `select i.id from invoices i
       cross join lateral (select coalesce(sum(round(quantity * unit_price, 2)), 0) as net,
         coalesce(sum(round(round(quantity * unit_price, 2) * tax_rate / 100, 2)), 0) as tax
         from invoice_line_items where invoice_id = i.id) l
       cross join lateral (select coalesce(sum(amount), 0) as paid from invoice_payments where invoice_id = i.id) p
     where (i.subtotal, i.tax_amount, i.amount_paid, i.total_amount, i.amount_due)
       is distinct from (l.net, l.tax, p.paid, l.net + l.tax, l.net + l.tax - p.paid)`,
  );
  expect(wrong).toEqual([]);
  expect((await read(one))['lineItems']).not.toEqual([]);
});

describe.each(RESOURCES.map(({ name }) => name))('the indexes of %s', (name) => {
  it('lead every sort and filter, and every reference', async () => {
    const resource = resourceNamed(name);
    const rows: { columns: string }[] = await test.database.em.fork().execute(
      `select string_agg(a.attname, ',' order by k.n) as columns
       from pg_index x cross join lateral unnest(x.indkey) with ordinality k (attnum, n)
         join pg_attribute a on a.attrelid = x.indrelid and a.attnum = k.attnum
       where x.indrelid = ?::regclass group by x.indexrelid`,
      [resource.table],
    );
    const indexed = new Set(rows.flatMap(({ columns }) => [columns.split(',')[0], columns.split(',')[1]]));
    const columns = [...resource.sorts, ...resource.filters].map((field) =>
      field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    );
    expect([...columns, 'created_at'].filter((column) => !indexed.has(column))).toEqual([]);
  });
});
