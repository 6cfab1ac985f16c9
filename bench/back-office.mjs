import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import pg from 'pg';

const CLIENTS = 1000;
const FIRST_CLIENT = 3_000_001;
const BATCH = 100_000;
/** What one call brings. */
const [INVOICES, LINES] = [1000, 3];
const PASSWORD = 'correct horse battery';

const ENTITIES = `insert into entities (id, firm_id, original_name, model_type, created_at, modified_at)
  select $1::bigint + i, 1, 'Client ' || i, 'HOUSEHOLD', now(), now() from generate_series(0, $2::int - 1) i`;
const CLIENTS_OF = `insert into clients (id, firm_id, name, entity_id, created_at, modified_at)
  select $1::bigint + i, 1, 'Client ' || i, $1::bigint + i, now(), now() from generate_series(0, $2::int - 1) i`;
const INVOICES_OF = `
  insert into invoices (id, firm_id, external_id, client_id, invoice_number, status, currency, issued_date, due_date,
    notes, subtotal, tax_amount, amount_paid, created_at, updated_at)
  select overlay(overlay(gen_random_uuid()::text placing lpad(to_hex(i), 8, '0') from 1) placing '7' from 15)::uuid, 1,
    'seed-' || i, $1::bigint + i % $2::int, 'INV-' || i,
    (array['draft', 'submitted', 'authorised', 'paid', 'paid'])[1 + (i + i / 1000) % 5], 'EUR',
    date '2024-01-01' + i / 7 % 1000, date '2024-02-01' + i / 7 % 1000, 'Thank you',
    (i * 31) % 9000, (i * 31) % 9000 / 10.0, 0, now(), now()
  from generate_series($3::int, $4::int) i`;

/** Puts clients and so many invoices into the database of a stage. */
export async function seedInvoices(databaseUrl, count, progress) {
  const client = new pg.Client(databaseUrl);
  await client.connect();
  try {
    await client.query(ENTITIES, [FIRST_CLIENT, CLIENTS]);
    await client.query(CLIENTS_OF, [FIRST_CLIENT, CLIENTS]);
    for (let first = 1; first <= count; first += BATCH) {
      await client.query(INVOICES_OF, [FIRST_CLIENT, CLIENTS, first, Math.min(first + BATCH - 1, count)]);
      progress(`${Math.min(first + BATCH - 1, count)} invoices`);
    }
    await client.query('vacuum analyze invoices, clients, entities');
  } finally {
    await client.end();
  }
}

/** The headers of a session of a new user who may see all data. */
export async function sessionHeaders({ url, headers }) {
  const email = `${randomUUID()}@example.test`;
  const attributes = { email, name: 'Bench', password: PASSWORD, permissions: ['back_office'], all_data_access: true };
  const type = { 'content-type': 'application/json' };
  const made = await fetch(`${url.portico}/v1/users`, {
    method: 'POST',
    headers: { ...headers, ...type },
    body: JSON.stringify({ data: { type: 'users', attributes } }),
  });
  assert.equal(made.status, 201, await made.text());
  const body = JSON.stringify({ email, password: PASSWORD });
  const signedIn = await fetch(`${url.portico}/api/v2/signin`, { method: 'POST', headers: type, body });
  const { accessToken } = await signedIn.json();
  return { ...type, authorization: `Bearer ${accessToken.token}` };
}

const LISTS = {
  'invoices-client': `/api/v2/invoices?filter[clientId]=${FIRST_CLIENT + 7}&filter[status]=submitted,authorised`,
  'invoices-firm': '/api/v2/invoices?filter[status]=submitted',
};

/**
 * The list of 100 invoices, filtered and sorted, ready to be compared with the same on the minimal server.
 * @throws Error when the answers of both are not alike
 */
export async function invoiceListCase(name, stage, session) {
  const path = `${LISTS[name]}&sort_by=dueDate&sort_order=desc&limit=100`;
  const ask = async (server) => {
    const answer = await fetch(stage.url[server] + path, { headers: server === 'portico' ? session : {} });
    assert.equal(answer.status, 200);
    return { rows: await answer.json(), total: answer.headers.get('x-total-count') };
  };
  const [portico, minimal] = [await ask('portico'), await ask('minimal')];
  assert.deepEqual(portico, minimal);
  assert.equal(portico.rows.length, 100);
  const title = `List 100 invoices ${name === 'invoices-client' ? 'of a client' : 'of the firm'}, filtered and sorted`;
  return {
    title,
    aim: 0.8,
    requests: (server) => [{ method: 'GET', path, headers: server === 'portico' ? session : {} }],
  };
}

/**
 * Sends 1000 invoices with three lines each: new ones, the same again, and changed ones; answers the milliseconds of
 * each, by round.
 * @throws Error when an answer is not what it should be
 */
export async function measureUpserts({ stage, session }, rounds) {
  const steps = [
    ['new', { created: INVOICES, updated: 0, unchanged: 0 }, 10],
    ['again', { created: 0, updated: 0, unchanged: INVOICES }, 10],
    ['changed', { created: 0, updated: INVOICES, unchanged: 0 }, 11],
  ];
  const taken = steps.map(([what]) => ({
    title: `Upsert ${INVOICES} invoices with ${LINES} lines each, ${what}`,
    ms: [],
  }));
  for (let round = 0; round < rounds; round++)
    for (const [at, [, expected, price]] of steps.entries()) {
      const body = JSON.stringify(invoices(`bench-${round}`, price));
      const begun = performance.now();
      const answer = await fetch(`${stage.url.portico}/api/v2/invoices`, { method: 'PUT', headers: session, body });
      const told = await answer.json();
      taken[at].ms.push(performance.now() - begun);
      assert.deepEqual(told, expected);
    }
  return taken;
}

function invoices(name, price) {
  return Array.from({ length: INVOICES }, (_, i) => ({
    externalId: `${name}-${i}`,
    clientId: FIRST_CLIENT + (i % CLIENTS),
    status: 'submitted',
    invoiceNumber: `${name}-${i}`,
    issuedDate: '2026-01-05',
    dueDate: '2026-02-05',
    lineItems: Array.from({ length: LINES }, (_line, line) => ({
      externalId: `${name}-${i}-${line}`,
      description: `Line ${line}`,
      quantity: 1 + line,
      unitPrice: price + line / 4,
      taxRate: 19,
    })),
  }));
}

const CONDITIONS = `i.firm_id = 1 and i.client_id = $1 and i.status = any ($2)`;
const FIRM_WIDE = `i.firm_id = 1 and i.status = any ($1)`;

const list = (name, conditions, first) => ({
  name,
  text: `select i.*, c.name as client_name, concat_ws(' ', k.first_name, k.last_name) as contact_name, b.name as budget_name,
      (i.due_date < current_date and i.amount_due > 0 and i.status in ('submitted', 'authorised')) as is_overdue,
      i.issued_date::text as issued_on, i.due_date::text as due_on,
      (select count(*) from invoices i where ${conditions}) as total
    from invoices i join clients c on c.id = i.client_id
      left join contacts k on k.id = i.contact_id left join budgets b on b.id = i.budget_id
    where ${conditions} order by i.due_date desc, i.id desc limit $${first} offset $${first + 1}`,
});
const OF_CLIENT = list('invoices-of-client', CONDITIONS, 3);
const OF_FIRM = list('invoices-of-firm', FIRM_WIDE, 2);

const instant = (date) => (date === null ? null : `${date.toISOString().slice(0, 19)}Z`);

/** A row as the object that Portico makes of it. */
function invoice(row) {
  return {
    id: row.id,
    externalId: row.external_id,
    clientId: Number(row.client_id),
    invoiceNumber: row.invoice_number,
    budgetId: row.budget_id,
    contactId: row.contact_id === null ? null : Number(row.contact_id),
    status: row.status,
    currency: row.currency,
    issuedDate: row.issued_on,
    dueDate: row.due_on,
    poNumber: row.po_number,
    notes: row.notes,
    sentAt: instant(row.sent_at),
    paidAt: instant(row.paid_at),
    clientName: row.client_name,
    contactName: row.contact_id === null ? null : row.contact_name,
    budgetName: row.budget_name,
    subtotal: Number(row.subtotal),
    taxAmount: Number(row.tax_amount),
    totalAmount: Number(row.total_amount),
    amountPaid: Number(row.amount_paid),
    amountDue: Number(row.amount_due),
    isOverdue: row.is_overdue,
    createdAt: instant(row.created_at),
    updatedAt: instant(row.updated_at),
  };
}

/** What the minimal server does: answers the list of invoices with a query that was written for it alone. */
export async function listInvoices(pool, response, url) {
  const { searchParams: query } = url;
  const client = query.get('filter[clientId]');
  const page = [Number(query.get('limit')), Number(query.get('offset') ?? 0)];
  const statuses = query.get('filter[status]').split(',');
  const asked =
    client === null
      ? { ...OF_FIRM, values: [statuses, ...page] }
      : { ...OF_CLIENT, values: [client, statuses, ...page] };
  const { rows } = await pool.query(asked);
  const json = Buffer.from(JSON.stringify(rows.map(invoice)));
  response.writeHead(200, {
    'Content-Type': 'application/json',
    'Content-Length': json.length,
    'X-Total-Count': rows[0]?.total ?? 0,
  });
  response.end(json);
}
