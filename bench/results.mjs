import assert from 'node:assert/strict';
import pg from 'pg';

/** What each client has: as many days of these platforms, one metric each, and campaigns in the last year. */
const PLATFORMS = ['shopify', 'ga4', 'google_ads', 'meta_ads', 'tiktok_ads'];
const DAYS = 1000;
export const EACH_CLIENT = PLATFORMS.length * DAYS;
const FIRST_CLIENT = 9_000_001;
const LAST_DAY = '2026-03-31';
/** The tenth of the clients after which is measured for the first time, to see that others cost nothing. */
const PARTS = [0.1, 1];
const CALLS = 50;
/** Milliseconds, of the median. */
const AIM = 50;

const ENTITIES = `insert into entities (id, firm_id, original_name, model_type, created_at, modified_at)
  select $1::bigint + i, 1, 'Client ' || i, 'HOUSEHOLD', now(), now() from generate_series(0, $2::int - 1) i`;
const CLIENTS = `insert into clients (id, firm_id, name, entity_id, currency, created_at, modified_at)
  select $1::bigint + i, 1, 'Client ' || i, $1::bigint + i, 'EUR', now(), now() from generate_series(0, $2::int - 1) i`;
/** Day after day, as they come in: the rows of one client lie far apart. $1 to $2 are clients, $3 to $4 days. */
const POINTS = `insert into metric_points (id, firm_id, client_id, platform, metric_key, metric_label, unit, date, value,
    created_at, updated_at)
  select gen_random_uuid(), 1, c, p, 'revenue', 'Revenue', 'EUR', date '${LAST_DAY}' - d, d % 97 + c % 89, now(), now()
  from generate_series($4::int, $3::int, -1) d, generate_series($1::bigint, $2::bigint) c, unnest($5::text[]) p`;
const CAMPAIGNS = `insert into campaign_days (id, firm_id, client_id, platform, campaign_id, campaign_name, date, currency,
    spend, impressions, clicks, conversions, conversion_value, created_at, updated_at)
  select gen_random_uuid(), 1, $1::bigint, p, 'c' || n, 'Campaign ' || n, date '${LAST_DAY}' - d, 'EUR', d % 50, 1000, 40, 2,
    d % 200, now(), now()
  from generate_series(0, 364) d, unnest($2::text[]) p, generate_series(1, 5) n`;
const BATCH_DAYS = 50;

/**
 * Asks for the results of a quarter of a client with three years of figures, among a tenth of the clients and among all
 * of them; answers the milliseconds of each call.
 * @throws Error when an answer is not what it should be
 */
export async function measureResults(stage, points, progress) {
  const clients = Math.max(PARTS.length, Math.floor(points / EACH_CLIENT));
  const measured = [];
  let first = FIRST_CLIENT;
  for (const part of PARTS) {
    const end = FIRST_CLIENT + Math.ceil(clients * part);
    await seedResults(stage.databaseUrl, { first, count: end - first }, progress);
    first = end;
    measured.push(await quarters(stage, end - FIRST_CLIENT));
  }
  return measured;
}

async function seedResults(databaseUrl, { first, count }, progress) {
  const client = new pg.Client(databaseUrl);
  await client.connect();
  try {
    await client.query(ENTITIES, [first, count]);
    await client.query(CLIENTS, [first, count]);
    for (let left = DAYS; left > 0; left -= BATCH_DAYS) {
      await client.query(POINTS, [first, first + count - 1, left - BATCH_DAYS, left - 1, PLATFORMS]);
      progress(`figures of ${count} clients, ${DAYS - left + BATCH_DAYS} days`);
    }
    if (first === FIRST_CLIENT) await client.query(CAMPAIGNS, [first, PLATFORMS.slice(2)]);
    await client.query('vacuum analyze metric_points, campaign_days, clients, entities');
  } finally {
    await client.end();
  }
}

async function quarters({ url, portalToken }, clients) {
  const headers = {
    authorization: `Bearer ${portalToken}`,
    'x-portal-company-id': String(FIRST_CLIENT),
    'x-portal-user-role': 'viewer',
  };
  const ms = [];
  for (let call = 0; call < CALLS; call++) {
    const begun = performance.now();
    const answer = await fetch(`${url.portico}/api/portal/results?period_type=quarter&period_end=${LAST_DAY}`, {
      headers,
    });
    const { metrics } = await answer.json();
    ms.push(performance.now() - begun);
    assert.equal(answer.status, 200);
    assert.ok(metrics.length > 5 && metrics[0].value > 0 && metrics[0].prior_value > 0);
  }
  const rows = (clients * EACH_CLIENT).toLocaleString('en');
  return { title: `Results of a quarter, ${clients} clients, ${rows} figures`, ms, aim: AIM };
}
