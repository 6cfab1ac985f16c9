import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import pg from 'pg';

/** How many invoices each client has. */
const EACH = 1000;
/** So many that there are the clients whom the cases name. */
export const FEWEST_INVOICES = 10 * EACH;
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

/** The Back Office on a stage, with so many invoices: the stage, how many clients there are, the headers of a session. */
export async function openBackOffice(stage, count, progress) {
  const clients = Math.floor(count / EACH);
  await seedInvoices(stage.databaseUrl, { count, clients }, progress);
  return { stage, clients, session: await sessionHeaders(stage) };
}

async function seedInvoices(databaseUrl, { count, clients }, progress) {
  const client = new pg.Client(databaseUrl);
  await client.connect();
  try {
    await client.query(ENTITIES, [FIRST_CLIENT, clients]);
    await client.query(CLIENTS_OF, [FIRST_CLIENT, clients]);
    for (let first = 1; first <= count; first += BATCH) {
      await client.query(INVOICES_OF, [FIRST_CLIENT, clients, first, Math.min(first + BATCH - 1, count)]);
      progress(`${Math.min(first + BATCH - 1, count)} invoices`);
    }
    await client.query('vacuum analyze invoices, clients, entities');
  } finally {
    await client.end();
  }
}

/** The headers of a session of a new user who may see all data. */
async function sessionHeaders({ url, headers }) {
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

/** The lists of 100 invoices, filtered and sorted. */
export const INVOICE_LISTS = {
  'invoices-client': {
    title: 'List 100 invoices of a client, filtered and sorted',
    query: `filter[clientId]=${FIRST_CLIENT + 7}&filter[status]=submitted,authorised`,
  },
  'invoices-firm': {
    title: 'List 100 invoices of the firm, filtered and sorted',
    query: 'filter[status]=submitted',
  },
};
const AIM = 0.8;

/**
 * One of these lists, ready to be compared with the same on the minimal server.
 * @throws Error when the answers of both are not alike
 */
export async function prepareInvoiceList(name, { stage, session }) {
  const { title, query } = INVOICE_LISTS[name];
  const path = `/api/v2/invoices?${query}&sort_by=dueDate&sort_order=desc&limit=100`;
  const headers = (server) => (server === 'portico' ? session : {});
  const ask = async (server) => {
    const answer = await fetch(stage.url[server] + path, { headers: headers(server) });
    assert.equal(answer.status, 200);
    return { rows: await answer.json(), total: answer.headers.get('x-total-count') };
  };
  const [portico, minimal] = [await ask('portico'), await ask('minimal')];
  assert.deepEqual(portico, minimal);
  assert.equal(portico.rows.length, 100);
  return { title, aim: AIM, requests: (server) => [{ method: 'GET', path, headers: headers(server) }] };
}

/**
 * Sends 1000 invoices with three lines each: new ones, the same again, and changed ones; answers the milliseconds and the
 * statements of each, by round.
 * @throws Error when an answer is not what it should be
 */
export async function measureUpserts({ stage, session, clients }, rounds) {
  const steps = [
    ['new', { created: INVOICES, updated: 0, unchanged: 0 }, 10],
    ['again', { created: 0, updated: 0, unchanged: INVOICES }, 10],
    ['changed', { created: 0, updated: INVOICES, unchanged: 0 }, 11],
  ];
  const taken = steps.map(([what]) => ({
    title: `Upsert ${INVOICES} invoices with ${LINES} lines each, ${what}`,
    ms: [],
    statements: [],
  }));
  for (let round = 0; round < rounds; round++)
    for (const [at, [, expected, price]] of steps.entries()) {
      const body = JSON.stringify(invoices(`bench-${round}`, price, clients));
      const before = await stage.statements();
      const begun = performance.now();
      const answer = await fetch(`${stage.url.portico}/api/v2/invoices`, { method: 'PUT', headers: session, body });
      const told = await answer.json();
      taken[at].ms.push(performance.now() - begun);
      taken[at].statements.push((await stage.statements()) - before);
      assert.deepEqual(told, expected);
    }
  return taken;
}

function invoices(name, price, clients) {
  return Array.from({ length: INVOICES }, (_, i) => ({
    externalId: `${name}-${i}`,
    clientId: FIRST_CLIENT + (i % clients),
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
