import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { expectStatus } from '../../support/expected-answers.js';
import { expectPortalRefusal, type PortalApi } from '../../support/portal-api.js';
import { PortalWork, shown } from '../../support/portal-work.js';
import type { Portico } from '../../support/portico.js';
import { SharedPortico } from '../../support/shared-portico.js';

type Row = Record<string, unknown>;

const INVOICE = [
  ...['id', 'invoice_number', 'company_id', 'company_name', 'contact_id', 'contact_name', 'budget_id', 'budget_name'],
  ...['status', 'currency', 'subtotal', 'tax_amount', 'total_amount', 'amount_paid', 'amount_due', 'issued_date'],
  ...['due_date', 'is_overdue', 'sent_at', 'paid_at', 'created_at', 'updated_at'],
];
const LINE = [
  ...['id', 'invoice_id', 'description', 'service_type_id', 'service_type_name', 'quantity', 'unit_price'],
  ...['tax_rate', 'tax_amount', 'amount', 'position'],
];
const PAYMENT = [
  ...['id', 'invoice_id', 'amount', 'currency', 'paid_on', 'payment_method', 'reference', 'note', 'created_at'],
];
const INSTANT = expect.stringMatching(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/);
const keysOf = (row: Row | undefined): string[] => Object.keys(row ?? {}).sort();

let server: Portico;
let work: PortalWork;
let parent: string;
let company: string;
let stranger: string;
let portal: PortalApi;

beforeAll(async () => {
  server = await SharedPortico.start();
  work = await PortalWork.of(server);
  parent = await work.client({ name: 'Parent' });
  company = await work.client({ name: 'Company', parentClientId: parent });
  stranger = await work.client({ name: 'Stranger' });
  portal = work.portalOf(company, { role: 'viewer' });
}, 60_000);
afterAll(() => server.dispose());

const LINES = [{ description: 'Work', unitPrice: 100 }];
const invoice = (fields: Row = {}, client = company) =>
  work.make('invoices', { clientId: Number(client), status: 'submitted', lineItems: LINES, ...fields });
const list = async (of: PortalApi, query = '') => (await shown<{ invoices: Row[] }>(of, `/invoices${query}`)).invoices;
const idsOf = async (of: PortalApi, query = '') => (await list(of, query)).map(({ id }) => id);
const find = async (of: PortalApi, id: string) => (await list(of)).find((one) => one['id'] === id);

describe('List Invoices', () => {
  it('answers all invoices with the documented fields', async () => {
    const alone = await work.client({ name: 'Alone', currency: 'CHF' });
    const contact = await work.contact(alone, { firstName: 'Adam', lastName: 'Smith' });
    const budget = await work.make('budgets', { clientId: Number(alone), name: 'Relaunch', status: 'active' });
    const id = await invoice(
      {
        ...{ invoiceNumber: 'INV-7', contactId: Number(contact), budgetId: budget, status: 'authorised' },
        ...{ issuedDate: '2026-01-31', dueDate: '2026-02-28', sentAt: '2026-02-01T10:00:00Z' },
        lineItems: [{ description: 'Work', quantity: 3, unitPrice: 33.33, taxRate: 19 }],
        payments: [{ amount: 50.01, paidOn: '2026-02-10' }],
      },
      alone,
    );
    const answer = await work.portalOf(alone).get('/invoices');
    expectStatus(answer, 200);
    expect(Object.keys(answer.body as Row)).toEqual(['invoices']);
    const [first] = (answer.body as { invoices: Row[] }).invoices;
    expect(keysOf(first)).toEqual([...INVOICE].sort());
    expect(first).toEqual({
      ...{ id, invoice_number: 'INV-7', company_id: alone, company_name: 'Alone' },
      ...{ contact_id: contact, contact_name: 'Adam Smith', budget_id: budget, budget_name: 'Relaunch' },
      ...{ status: 'authorised', currency: 'CHF', subtotal: 99.99, tax_amount: 19, total_amount: 118.99 },
      ...{ amount_paid: 50.01, amount_due: 68.98, issued_date: '2026-01-31', due_date: '2026-02-28', is_overdue: true },
      ...{ sent_at: '2026-02-01T10:00:00Z', paid_at: null, created_at: INSTANT, updated_at: INSTANT },
    });
    expect(answer.text).toContain('"tax_amount":19.00,');
  });

  it('puts first what was issued last, and answers parts to those who ask for parts', async () => {
    const alone = await work.client();
    const ids = [];
    for (const issuedDate of ['2025-12-31', '2026-02-01', '2026-01-15']) ids.push(await invoice({ issuedDate }, alone));
    const order = [ids[1], ids[2], ids[0]];
    const of = work.portalOf(alone);
    expect(await idsOf(of)).toEqual(order);
    expect(await idsOf(of, '?limit=1&offset=1')).toEqual([ids[2]]);
    expectPortalRefusal(await of.get('/invoices?offset=-1'), 400, 'invalid_value');
    expectPortalRefusal(await of.get('/invoices?page=2'), 400, 'unknown_member');
  });

  it('never shows a draft, and each other status', async () => {
    const alone = await work.client();
    await invoice({ status: 'draft' }, alone);
    const statuses = ['submitted', 'authorised', 'paid', 'voided'];
    for (const status of statuses) await invoice({ status }, alone);
    const told = (await list(work.portalOf(alone))).map(({ status }) => status);
    expect(told.sort()).toEqual([...statuses].sort());
  });

  it('does not name a budget that is a draft', async () => {
    const budgetId = await work.make('budgets', { clientId: Number(company), name: 'Not yet', status: 'draft' });
    const id = await invoice({ budgetId });
    expect(await find(portal, id)).toMatchObject({ budget_id: null, budget_name: null });
    expect((await portal.get(`/invoices/${id}`)).text).not.toContain(budgetId);
    await work.change('budgets', budgetId, { status: 'active' });
    expect(await find(portal, id)).toMatchObject({ budget_id: budgetId, budget_name: 'Not yet' });
  });

  it('is of the group where the worker says so, and of the company alone otherwise', async () => {
    const [ofParent, ofCompany, ofStranger] = [await invoice({}, parent), await invoice(), await invoice({}, stranger)];
    const all = await idsOf(portal.as({ group: parent }));
    expect(all).toEqual(expect.arrayContaining([ofParent, ofCompany]));
    expect(all).not.toContain(ofStranger);
    expect(await idsOf(portal)).not.toContain(ofParent);
  });

  it.each<[string, Row, boolean]>([
    ['was due before today', {}, true],
    ['is settled', { payments: [{ amount: 100 }] }, false],
    ['is paid', { status: 'paid' }, false],
    ['is voided', { status: 'voided' }, false],
    ['is due never', { dueDate: null }, false],
    ['is due in a hundred years', { dueDate: '2126-01-01' }, false],
  ])('says of an invoice that %s whether it is overdue', async (_what, fields, isOverdue) => {
    const id = await invoice({ dueDate: '2020-01-31', ...fields });
    expect(await find(portal, id)).toMatchObject({ is_overdue: isOverdue });
    expect(await shown(portal, `/invoices/${id}`)).toMatchObject({ invoice: { is_overdue: isOverdue } });
  });

  it('asks the calendar of the company what today is', async () => {
    const dayIn = (timeZone: string) => new Intl.DateTimeFormat('sv', { timeZone }).format(new Date());
    const dueDate = dayIn('Pacific/Pago_Pago'); // where days begin last: in Kiritimati it is yesterday, or the day before
    for (const [timeZone, isOverdue] of [
      ['Pacific/Pago_Pago', false],
      ['Pacific/Kiritimati', true],
    ] as const) {
      const there = await work.client({ timeZone });
      await invoice({ dueDate }, there);
      expect(await list(work.portalOf(there))).toMatchObject([{ due_date: dueDate, is_overdue: isOverdue }]);
    }
  });
});

describe('Get Invoice', () => {
  it('answers the invoice, its lines and its payments, with the documented fields', async () => {
    const id = await invoice({
      ...{ notes: 'Thank you', poNumber: 'PO-1' },
      lineItems: [
        { description: 'Second', position: 2, quantity: 0.5, unitPrice: 0.05 },
        { description: 'First', position: 1, serviceTypeName: 'Design', quantity: 3, unitPrice: 33.33, taxRate: 7.7 },
      ],
      payments: [
        { amount: 10, paidOn: '2026-03-20', paymentMethod: 'card', reference: 'R-2', note: 'Second half' },
        { amount: 5.5, paidOn: '2026-03-01' },
      ],
    });
    const answer = await portal.get(`/invoices/${id}`);
    expectStatus(answer, 200);
    expect(Object.keys(answer.body as Row)).toEqual(['invoice', 'lineItems', 'payments']);
    const body = answer.body as { invoice: Row; lineItems: Row[]; payments: Row[] };
    expect(keysOf(body.invoice)).toEqual([...INVOICE, 'notes', 'po_number'].sort());
    expect(body.invoice).toEqual({ ...(await find(portal, id)), notes: 'Thank you', po_number: 'PO-1' });
    for (const line of body.lineItems) expect(keysOf(line)).toEqual([...LINE].sort());
    for (const payment of body.payments) expect(keysOf(payment)).toEqual([...PAYMENT].sort());
    expect(body.lineItems).toEqual([
      {
        ...{ id: expect.any(String), invoice_id: id, description: 'First', position: 1 },
        ...{ service_type_id: null, service_type_name: 'Design', quantity: 3, unit_price: 33.33 },
        ...{ tax_rate: 7.7, tax_amount: 7.7, amount: 99.99 },
      },
      expect.objectContaining({ description: 'Second', quantity: 0.5, amount: 0.03, tax_rate: 0, tax_amount: 0 }),
    ]);
    const [first, second] = body.payments;
    expect(first).toMatchObject({ amount: 5.5, paid_on: '2026-03-01', payment_method: null, note: null });
    expect(second).toEqual({
      ...{ id: expect.any(String), invoice_id: id, amount: 10, currency: 'EUR', paid_on: '2026-03-20' },
      ...{ payment_method: 'card', reference: 'R-2', note: 'Second half', created_at: INSTANT },
    });
    expect(answer.text).toContain('"amount":5.50,');
  });

  it('answers the same ids as the list: those of the group, and no draft', async () => {
    const [ofParent, ofStranger] = [await invoice({}, parent), await invoice({}, stranger)];
    const draft = await invoice({ status: 'draft' });
    expectStatus(await portal.as({ group: parent }).get(`/invoices/${ofParent}`), 200);
    for (const id of [ofParent, ofStranger, draft, randomUUID(), 'abc', '1'])
      expectPortalRefusal(await portal.get(`/invoices/${id}`), 404, 'invoice_not_found');
    expectPortalRefusal(await portal.get(`/invoices/${ofParent}?include=x`), 400, 'unknown_member');
  });

  it('is another firm’s for nobody', async () => {
    const others = await PortalWork.ofAnotherFirm(server);
    const foreign = await others.client();
    const id = await others.make('invoices', { clientId: Number(foreign), status: 'submitted' });
    expect(await idsOf(others.portalOf(foreign))).toEqual([id]);
    expectPortalRefusal(await portal.get(`/invoices/${id}`), 404, 'invoice_not_found');
    expect(await idsOf(portal)).not.toContain(id);
  });
});
