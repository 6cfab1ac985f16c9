import assert from 'node:assert/strict';
import pg from 'pg';

/** The clients beside the busy one, each with a little work. */
const OTHERS = 10_000;
export const BUSY_CLIENT = 6_000_001;
/** What the busy client has, and each of the others. */
const WORK = {
  busy: { first: 0, last: 0, projects: 50, tasks: 100, invoices: 2000, entries: 20_000 },
  others: { first: 1, last: OTHERS, projects: 1, tasks: 10, invoices: 5, entries: 10 },
};
const AIM = 0.5;

/** $1 is the busy client; $2 to $3 are the clients after it; $4 is how much each has. */
const CLIENTS = [
  `insert into entities (id, firm_id, original_name, model_type, created_at, modified_at)
   select $1::bigint + i, 1, 'Client ' || i, 'HOUSEHOLD', now(), now() from generate_series(0, ${OTHERS}) i`,
  `insert into clients (id, firm_id, name, entity_id, currency, time_zone, created_at, modified_at)
   select $1::bigint + i, 1, 'Client ' || i, $1::bigint + i, 'EUR', 'Pacific/Auckland', now(), now()
   from generate_series(0, ${OTHERS}) i`,
];
const OF_CLIENTS = {
  projects: `insert into projects (id, firm_id, client_id, name, status, type_value, type_label, delivery_manager_id,
      start_date, created_at, updated_at)
    select gen_random_uuid(), 1, $1::bigint + c, 'Project ' || n, case when n % 5 = 0 then 'completed' else 'active' end,
      'web', 'Web', (select min(id) from users), '2026-01-01', now(), now()
    from generate_series($2::int, $3::int) c, generate_series(1, $4::int) n`,
  tasks: `insert into tasks (id, firm_id, client_id, title, project_id, status_value, due_date, is_private, created_at,
      updated_at)
    select gen_random_uuid(), 1, p.client_id, 'Task ' || n, p.id,
      (array['todo', 'in_progress', 'done', 'cancelled'])[1 + n % 4], current_date - 30 + n % 60, n % 10 = 0, now(), now()
    from projects p, generate_series(1, $4::int) n
    where p.client_id between $1::bigint + $2::int and $1::bigint + $3::int`,
  invoices: `insert into invoices (id, firm_id, client_id, invoice_number, status, currency, issued_date, due_date,
      subtotal, tax_amount, created_at, updated_at)
    select gen_random_uuid(), 1, $1::bigint + c, 'PORTAL-' || c || '-' || n,
      (array['draft', 'submitted', 'authorised', 'paid', 'voided'])[1 + n % 5], 'EUR', current_date - 60,
      current_date - 30 + n % 60, n, 0.5, now(), now()
    from generate_series($2::int, $3::int) c, generate_series(1, $4::int) n`,
  entries: `insert into history (firm_id, at, user_id, credential_kind, credential_id, request_id, action, subject_type,
      subject_id, client_id, details)
    select 1, now(), (select min(id) from users), 'session', 'bench', 'bench', s.type || '.updated', s.type, s.id,
      s.client_id, '{"status": {"from": "submitted", "to": "authorised"}}'
    from (
      select s.*, row_number() over (partition by s.client_id) as n, count(*) over (partition by s.client_id) as all_of
      from (select 'project' as type, id::text, client_id from projects
        union all select 'invoice', id::text, client_id from invoices
        union all select 'task', id::text, client_id from tasks) s
      where s.client_id between $1::bigint + $2::int and $1::bigint + $3::int) s,
      generate_series(1, 1 + $4::int / s.all_of) i where (i - 1) * s.all_of + s.n <= $4::int
    order by i, md5(s.id)`,
};
const ROADMAPS = [
  `insert into roadmaps (id, firm_id, client_id, name, project_id, created_at, updated_at)
   select gen_random_uuid(), 1, client_id, 'Roadmap', id, now(), now() from projects where client_id >= $1::bigint`,
  `insert into roadmap_items (id, firm_id, client_id, roadmap_id, title, status, end_date, position, created_at,
     updated_at)
   select gen_random_uuid(), 1, client_id, id, 'Item ' || n, case when n % 3 = 0 then 'completed' else 'planned' end,
     current_date - 60 + n * 15, n, now(), now()
   from roadmaps, generate_series(1, 8) n where client_id >= $1::bigint`,
  `insert into announcements (id, firm_id, title, content, category, author_id, created_at, updated_at)
   select gen_random_uuid(), 1, 'News ' || n, 'Text', case when n % 4 = 0 then 'company' else 'team' end,
     (select min(id) from users), now(), now() from generate_series(1, 1000) n where $1::bigint > 0`,
];

async function seedPortal(databaseUrl, progress) {
  const client = new pg.Client(databaseUrl);
  await client.connect();
  try {
    for (const step of CLIENTS) await client.query(step, [BUSY_CLIENT]);
    for (const { first, last, ...work } of Object.values(WORK))
      for (const [name, each] of Object.entries(work))
        await client.query(OF_CLIENTS[name], [BUSY_CLIENT, first, last, each]);
    for (const step of ROADMAPS) await client.query(step, [BUSY_CLIENT]);
    await client.query('vacuum analyze');
    progress(`${OTHERS + 1} clients with work`);
  } finally {
    await client.end();
  }
}

/**
 * The dashboard of a client with much work among many others, ready to be compared with the same on the minimal server.
 * @throws Error when the answers of both are not alike
 */
export async function prepareDashboard(stage, progress) {
  await seedPortal(stage.databaseUrl, progress);
  const path = '/api/portal/dashboard';
  const portal = {
    authorization: `Bearer ${stage.portalToken}`,
    'x-portal-company-id': String(BUSY_CLIENT),
    'x-portal-user-role': 'viewer',
  };
  const request = (server) => ({ method: 'GET', path, headers: server === 'portico' ? portal : {} });
  const ask = async (server) => {
    const answer = await fetch(stage.url[server] + path, request(server));
    assert.equal(answer.status, 200);
    return answer.json();
  };
  const [portico, minimal] = [await ask('portico'), await ask('minimal')];
  assert.deepEqual(portico, minimal);
  assert.equal(portico.projects.length, 40);
  return { title: 'Dashboard of a busy client', aim: AIM, requests: (server) => [request(server)] };
}
