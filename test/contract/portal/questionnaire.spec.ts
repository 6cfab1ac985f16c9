import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { expectStatus, INSTANT } from '../../support/files-api.js';
import { expectPortalRefusal, type PortalApi } from '../../support/portal-api.js';
import { PortalWork, shown } from '../../support/portal-work.js';
import type { Portico } from '../../support/portico.js';
import { sqlOn } from '../../support/server-database.js';
import { SharedPortico } from '../../support/shared-portico.js';

jest.setTimeout(60_000);

type Row = Record<string, unknown>;

let server: Portico;
let work: PortalWork;

beforeAll(async () => {
  server = await SharedPortico.start();
  work = await PortalWork.of(server);
});
afterAll(() => server.dispose());

async function newCompany(fields: Row = {}): Promise<[string, PortalApi]> {
  const id = await work.client(fields);
  return [id, work.portalOf(id, { user: await work.contact(id) })];
}
const submit = (portal: PortalApi, body: object) => portal.call('post', '/questionnaire').send(body);
const submitted = async (portal: PortalApi, body: object): Promise<void> => {
  const answer = await submit(portal, body);
  expectStatus(answer, 200);
  expect(answer.body).toEqual({ ok: true });
};
const profile = async (portal: PortalApi) => (await shown<{ profile: Row | null }>(portal, '/questionnaire')).profile;
const toldOf = (company: string) =>
  sqlOn(server, `select user_id::text as user, by_contact_id::text as contact from notifications
    where client_id = $1 and type = 'questionnaire_completed'`, [company]); // prettier-ignore

const ANSWERS = {
  financial_year_start: '1 July',
  financial_year_end: '30 June',
  key_trading_periods: 'November\nDecember',
  channel_online_pct: 60.5,
  channel_instore_pct: 30,
  channel_wholesale_pct: 0,
  celebration_vision: 'A party',
  growth_priorities_text: 'More 顧客',
  company_direction_text: 'South',
};
const GOAL = {
  ...{ metric: 'Revenue', target: 250_000.5, unit: 'EUR', period: 'quarter' },
  ...{ metric_key: 'web_revenue', metric_label: 'Revenue of the web shop' },
};

describe('GET /api/portal/questionnaire', () => {
  it('answers null before anything was said', async () => {
    const [, portal] = await newCompany();
    const answer = await portal.as({ role: 'viewer' }).get('/questionnaire');
    expectStatus(answer, 200);
    expect(answer.body).toEqual({ profile: null });
  });

  it('answers what was submitted, with all goals of the company', async () => {
    const staff = await work.staff('Ann');
    const [company, portal] = await newCompany({ deliveryManagerId: Number(staff) });
    await submitted(portal, { ...ANSWERS, goals: [GOAL] });
    await work.make('goals', { clientId: Number(company), metric: 'Orders', metricKey: 'orders', target: 7 });
    const at = expect.stringMatching(INSTANT);
    const user = portal.headers['X-Portal-User-Id'];
    expect(await profile(portal.as({ role: 'viewer' }))).toEqual({
      ...{ company_id: company, ...ANSWERS, completed_at: at, completed_by_portal_user_id: user },
      ...{ created_at: at, updated_at: at },
      goals: [
        {
          ...{ id: expect.any(String), metric: 'Orders', target: 7, unit: null, period: 'month' },
          ...{ metric_key: 'orders', metric_label: null },
        },
        { id: expect.any(String), ...GOAL },
      ],
    });
  });

  it('is of the company alone', async () => {
    const [company, portal] = await newCompany();
    await submitted(portal, ANSWERS);
    const [, child] = await newCompany({ parentClientId: company });
    expect(await profile(child)).toBeNull();
    expect((await profile(portal))?.['goals']).toEqual([]);
  });

  it('refuses parameters', async () => {
    const [, portal] = await newCompany();
    expectPortalRefusal(await portal.get('/questionnaire?include=goals'), 400, 'unknown_member');
  });
});

describe('POST /api/portal/questionnaire', () => {
  it('tells the delivery manager of the first submission, and of no other', async () => {
    const staff = await work.staff('Ann');
    const [company, portal] = await newCompany({ deliveryManagerId: Number(staff) });
    await submitted(portal, { celebration_vision: 'Cake' });
    const told = [{ user: staff, contact: portal.headers['X-Portal-User-Id'] }];
    expect(await toldOf(company)).toEqual(told);
    await submitted(portal, { celebration_vision: 'More cake', goals: [GOAL] });
    expect(await toldOf(company)).toEqual(told);
  });

  it('changes nothing when the same comes again', async () => {
    const [company, portal] = await newCompany();
    await submitted(portal, { ...ANSWERS, goals: [GOAL, { metric: 'ROAS', target: 4 }] });
    const before = await profile(portal);
    const entries = () => sqlOn(server, 'select action from history where client_id = $1 order by id', [company]);
    const told = await entries();
    for (let time = 0; time < 3; time++)
      await submitted(portal, { ...ANSWERS, goals: [GOAL, { metric: 'ROAS', target: 4 }] });
    expect(await profile(portal)).toEqual(before);
    expect(await entries()).toEqual(told);
    expect(told.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['questionnaire.completed', 'goal.created', 'goal.created']),
    );
  });

  it('keeps one row and one goal of submissions at once', async () => {
    const [, portal] = await newCompany();
    await Promise.all(Array.from({ length: 5 }, () => submitted(portal, { ...ANSWERS, goals: [GOAL] })));
    expect((await profile(portal))?.['goals']).toHaveLength(1);
  });

  it('changes what is given: null and empty text take an answer away; goals are replaced by metric and period', async () => {
    const [, portal] = await newCompany();
    await submitted(portal, { ...ANSWERS, goals: [GOAL] });
    const changed = { celebration_vision: null, financial_year_end: '', channel_online_pct: 0 };
    await submitted(portal, {
      ...changed,
      goals: [
        { ...GOAL, target: 1, unit: null },
        { ...GOAL, period: 'year' },
      ],
    });
    const after = await profile(portal);
    expect(after).toMatchObject({
      ...ANSWERS,
      celebration_vision: null,
      financial_year_end: null,
      channel_online_pct: 0,
    });
    expect(after?.['goals']).toMatchObject([
      { ...GOAL, target: 1, unit: null },
      { ...GOAL, period: 'year' },
    ]);
  });

  it('makes goals by which results are measured', async () => {
    const [company, portal] = await newCompany();
    const date = { date: '2026-03-02', value: 60 };
    await work.make('metric-points', { clientId: Number(company), platform: 'shopify', metricKey: 'revenue', ...date });
    await submitted(portal, { goals: [{ metric: 'Revenue', target: 50, period: 'month' }] });
    const { metrics } = await shown<{ metrics: Row[] }>(portal, '/results?period_end=2026-03-31');
    expect(metrics).toMatchObject([{ metric_key: 'revenue', value: 60, target: 50, tracking_status: 'achieved' }]);
  });

  it('is for collaborators and admins, and does not ask who', async () => {
    const [, portal] = await newCompany();
    expectPortalRefusal(await submit(portal.as({ role: 'viewer' }), ANSWERS), 403, 'portal_role_too_small');
    expect(await profile(portal)).toBeNull();
    await submitted(portal.as({ role: 'collaborator', user: undefined }), ANSWERS);
    expect(await profile(portal)).toMatchObject({ completed_by_portal_user_id: null });
  });

  it.each<[string, string, object]>([
    ['financial_year_start', 'invalid_value', { financial_year_start: 'x'.repeat(61) }],
    ['financial_year_end', 'invalid_value', { financial_year_end: 5 }],
    ['key_trading_periods', 'invalid_value', { key_trading_periods: 'x'.repeat(2001) }],
    ['channel_online_pct', 'invalid_value', { channel_online_pct: 100.5 }],
    ['channel_instore_pct', 'invalid_value', { channel_instore_pct: -0.1 }],
    ['channel_wholesale_pct', 'invalid_value', { channel_wholesale_pct: '50' }],
    ['celebration_vision', 'invalid_value', { celebration_vision: ['a'] }],
    ['growth_priorities_text', 'invalid_value', { growth_priorities_text: 'x'.repeat(5001) }],
    ['company_direction_text', 'invalid_value', { company_direction_text: 'a\u0000' }],
    ['goals', 'invalid_value', { goals: {} }],
    ['goals', 'invalid_value', { goals: null }],
    ['goals', 'invalid_value', { goals: Array.from({ length: 51 }, (_, at) => ({ ...GOAL, metric_key: `k${at}` })) }],
    ['metric', 'invalid_value', { goals: [{ target: 5 }] }],
    ['target', 'invalid_value', { goals: [{ metric: 'a' }] }],
    ['target', 'invalid_value', { goals: [{ metric: 'a', target: '5' }] }],
    ['goals/0/target', 'invalid_value', { goals: [{ metric: 'a', target: 1e12 }] }],
    ['goals/0/period', 'invalid_value', { goals: [{ ...GOAL, period: 'decade' }] }],
    ['goals/0/metric_key', 'invalid_value', { goals: [{ ...GOAL, metric_key: 'a b' }] }],
    ['goals/1/metric_key', 'invalid_value', { goals: [GOAL, GOAL] }],
    ['owner', 'unknown_member', { owner: 'me' }],
    ['id', 'unknown_member', { goals: [{ ...GOAL, id: 'a' }] }],
    ['answer', 'invalid_body', {}],
  ])('refuses a wrong %s with 400 (%s), naming it, and keeps nothing', async (field, code, body) => {
    const [, portal] = await newCompany();
    const answer = await submit(portal, body);
    expectPortalRefusal(answer, 400, code);
    expect((answer.body as { error: string }).error).toContain(field);
    expect(await profile(portal)).toBeNull();
  });
});
