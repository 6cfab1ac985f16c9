import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { INSTANT } from '../../support/files-api.js';
import { expectPortalRefusal, type PortalApi } from '../../support/portal-api.js';
import { PortalWork, shown } from '../../support/portal-work.js';
import type { Portico } from '../../support/portico.js';
import { SharedPortico } from '../../support/shared-portico.js';

jest.setTimeout(60_000);

type Row = Record<string, unknown>;
interface Qbr extends Row {
  readonly id: string;
  readonly sections: Row[];
}

let server: Portico;
let work: PortalWork;

beforeAll(async () => {
  server = await SharedPortico.start();
  work = await PortalWork.of(server);
});
afterAll(() => server.dispose());

async function newCompany(fields: Row = {}): Promise<[string, PortalApi]> {
  const id = await work.client(fields);
  return [id, work.portalOf(id, { role: 'viewer' })];
}
const qbr = (client: string, fields: Row = {}) =>
  work.make('qbrs', { clientId: Number(client), title: 'Review', status: 'presented', ...fields });
const qbrs = async (portal: PortalApi, query = '') => (await shown<{ qbrs: Qbr[] }>(portal, `/qbrs${query}`)).qbrs;
const SECTIONS = [
  { key: 'results', title: 'Results', content: 'Up by a fifth' },
  { key: 'margin', title: 'Margin', content: 'the-secret-margin' },
  { key: 'team', title: 'Team', content: 'the-secret-team', isInternal: true },
  { key: 'plan', title: 'Plan', content: 'Next', isInternal: true },
];

describe('GET /api/portal/qbrs', () => {
  it('answers what was presented, with the sections that are for the client, and never the map itself', async () => {
    const [company, portal] = await newCompany();
    const id = await qbr(company, {
      ...{ quarter: '2026-Q1', qbrDate: '2026-04-14', attendees: ['Adam', 'Ann'], summary: 'Good', outcomes: 'More' },
      ...{ presentedAt: '2026-04-14T09:00:00Z', nextQbrDate: '2026-07-14', sections: SECTIONS },
      portalVisibility: { margin: false, plan: true },
    });
    const at = expect.stringMatching(INSTANT);
    const answer = await portal.get('/qbrs');
    expect(answer.body).toEqual({
      qbrs: [
        {
          ...{
            id,
            company_id: company,
            title: 'Review',
            quarter: '2026-Q1',
            qbr_date: '2026-04-14',
            status: 'presented',
          },
          ...{ attendees: ['Adam', 'Ann'], summary: 'Good', outcomes: 'More', presented_at: '2026-04-14T09:00:00Z' },
          ...{ next_qbr_date: '2026-07-14', created_at: at, updated_at: at },
          sections: [
            { key: 'results', title: 'Results', content: 'Up by a fifth', position: 0 },
            { key: 'plan', title: 'Plan', content: 'Next', position: 3 },
          ],
        },
      ],
    });
    expect(answer.text).not.toContain('secret');
  });

  it.each<[string, unknown, string[]]>([
    ['nothing', null, ['results', 'margin']],
    ['an empty map', {}, ['results', 'margin']],
    ['a list', ['team'], ['results', 'margin']],
    ['other values than true and false', { team: 'true', plan: 1, results: null, margin: 0 }, ['results', 'margin']],
    ['all of them', { team: true, plan: true, results: true, margin: true }, ['results', 'margin', 'team', 'plan']],
    ['none of them', { team: false, plan: false, results: false, margin: false }, []],
  ])('shows sections where the map holds %s', async (_what, portalVisibility, keys) => {
    const [company, portal] = await newCompany();
    await qbr(company, { portalVisibility, sections: SECTIONS });
    expect((await qbrs(portal))[0]?.sections.map(({ key }) => key)).toEqual(keys);
  });

  it('shows nothing before it was presented', async () => {
    const [company, portal] = await newCompany();
    const id = await qbr(company, { status: 'draft' });
    await qbr(company, { status: 'scheduled', qbrDate: '2026-04-14' });
    expect(await qbrs(portal)).toEqual([]);
    await work.change('qbrs', id, { status: 'presented' });
    expect((await qbrs(portal)).map((one) => one.id)).toEqual([id]);
  });

  it('has the newest first, those without a day last, part by part', async () => {
    const [company, portal] = await newCompany();
    const undated = await qbr(company);
    const [spring, summer] = [
      await qbr(company, { qbrDate: '2026-04-14' }),
      await qbr(company, { qbrDate: '2026-07-14' }),
    ];
    const ids = async (query = '') => (await qbrs(portal, query)).map(({ id }) => id);
    expect(await ids()).toEqual([summer, spring, undated]);
    expect(await ids('?limit=1&offset=1')).toEqual([spring]);
    expectPortalRefusal(await portal.get('/qbrs?limit=0'), 400, 'invalid_value');
    expectPortalRefusal(await portal.get('/qbrs?status=draft'), 400, 'unknown_member');
  });

  it('is of the company alone: not of its group, and of no other firm', async () => {
    const [company] = await newCompany();
    await qbr(company);
    const [child, portal] = await newCompany({ parentClientId: company });
    expect(await qbrs(portal.as({ group: `${company},${child}` }))).toEqual([]);
    const other = await PortalWork.ofAnotherFirm(server);
    expectPortalRefusal(await other.portalOf(company).get('/qbrs'), 403, 'portal_company_unknown');
  });
});
