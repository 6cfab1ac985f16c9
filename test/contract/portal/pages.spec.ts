import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { expectStatus } from '../../support/expected-answers.js';
import { expectPortalRefusal, type PortalApi } from '../../support/portal-api.js';
import { PortalWork, shown } from '../../support/portal-work.js';
import type { Portico } from '../../support/portico.js';
import { SharedPortico } from '../../support/shared-portico.js';

type Row = Record<string, unknown>;

const PAGE = [
  ...['id', 'title', 'icon', 'parent_id', 'position', 'entity_type', 'entity_id', 'created_by_name'],
  ...['updated_by_name', 'children_count', 'published_at', 'created_at', 'updated_at'],
];
const SINGLE = ['content', 'content_rich', 'cover_image', 'full_width', 'small_text', 'toc', 'text_style'];
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

const page = (fields: Row = {}, client = company) =>
  work.make('pages', { clientId: Number(client), title: 'Page', isPublished: true, ...fields });
const list = async (of: PortalApi, query = '') => (await shown<{ pages: Row[] }>(of, `/pages${query}`)).pages;
const idsOf = async (of: PortalApi, query = '') => (await list(of, query)).map(({ id }) => id);
const find = async (of: PortalApi, id: string) => (await list(of)).find((one) => one['id'] === id);

describe('List Pages', () => {
  it('answers the published pages of the company and its projects by position, with the documented fields', async () => {
    const alone = await work.client();
    const project = await work.project(alone);
    const second = await page({ title: 'Second', position: 2, icon: 'sparkles' }, alone);
    const first = await page({ position: 1, entityType: 'project', entityId: project }, alone);
    const answer = await work.portalOf(alone).get('/pages');
    expectStatus(answer, 200);
    expect(Object.keys(answer.body as Row)).toEqual(['pages']);
    const { pages } = answer.body as { pages: Row[] };
    for (const one of pages) expect(keysOf(one)).toEqual([...PAGE].sort());
    expect(pages).toEqual([
      expect.objectContaining({ id: first, entity_type: 'project', entity_id: project, icon: null }),
      {
        ...{ id: second, title: 'Second', icon: 'sparkles', parent_id: null, position: 2 },
        ...{ entity_type: 'company', entity_id: alone, children_count: 0 },
        ...{ created_by_name: expect.any(String), updated_by_name: expect.any(String) },
        ...{ published_at: INSTANT, created_at: INSTANT, updated_at: INSTANT },
      },
    ]);
  });

  it('shows neither what is not published nor what is archived', async () => {
    const alone = await work.client();
    await page({ isPublished: false }, alone);
    await page({ isArchived: true }, alone);
    await page({ isPublished: false, isArchived: true }, alone);
    const id = await page({}, alone);
    expect(await idsOf(work.portalOf(alone))).toEqual([id]);
    await work.change('pages', id, { isPublished: false });
    expect(await idsOf(work.portalOf(alone))).toEqual([]);
  });

  it('counts and names only pages that are shown', async () => {
    const [above, hidden] = [await page(), await page({ isPublished: false })];
    const child = await page({ parentId: above });
    await page({ parentId: above, isArchived: true });
    await page({ parentId: above, isPublished: false });
    const orphan = await page({ parentId: hidden });
    expect(await find(portal, above)).toMatchObject({ children_count: 1, parent_id: null });
    expect(await find(portal, child)).toMatchObject({ parent_id: above, children_count: 0 });
    expect(await find(portal, orphan)).toMatchObject({ parent_id: null });
  });

  it('is of the group where the worker says so, and of the company alone otherwise', async () => {
    const [ofParent, ofCompany, ofStranger] = [await page({}, parent), await page(), await page({}, stranger)];
    const all = await idsOf(portal.as({ group: parent }));
    expect(all).toEqual(expect.arrayContaining([ofParent, ofCompany]));
    expect(all).not.toContain(ofStranger);
    expect(await idsOf(portal)).not.toContain(ofParent);
  });

  it('is sent in parts to those who ask for parts', async () => {
    const alone = await work.client();
    const ids = [await page({}, alone), await page({}, alone)];
    expect(await idsOf(work.portalOf(alone), '?limit=1&offset=1')).toEqual([ids[1]]);
    expectPortalRefusal(await portal.get('/pages?limit=x'), 400, 'invalid_value');
  });
});

describe('Get Page', () => {
  it('answers the page with its rich content as the editor keeps it', async () => {
    const contentRich = { type: 'doc', content: [{ type: 'text', text: 'Grüße, 世界', marks: [{ a: 1.5, b: null }] }] };
    const fields = { content: 'Hello', contentRich, coverImage: 'https://images.example.test/1.jpg' };
    const id = await page({ ...fields, fullWidth: true, toc: true, textStyle: 'serif' });
    const answer = await portal.get(`/pages/${id}`);
    expectStatus(answer, 200);
    expect(Object.keys(answer.body as Row)).toEqual(['page']);
    const { page: told } = answer.body as { page: Row };
    expect(keysOf(told)).toEqual([...PAGE, ...SINGLE].sort());
    expect(told).toEqual({
      ...(await find(portal, id)),
      ...{ content: 'Hello', content_rich: contentRich, cover_image: 'https://images.example.test/1.jpg' },
      ...{ full_width: true, small_text: false, toc: true, text_style: 'serif' },
    });
    const bare = await shown<{ page: Row }>(portal, `/pages/${await page()}`);
    expect(bare.page).toMatchObject({ content: null, content_rich: null, cover_image: null, text_style: null });
  });

  it('answers the same ids as the list: published ones of the group', async () => {
    const [ofParent, ofStranger] = [await page({}, parent), await page({}, stranger)];
    const hidden = [await page({ isPublished: false }), await page({ isArchived: true })];
    expectStatus(await portal.as({ group: parent }).get(`/pages/${ofParent}`), 200);
    for (const id of [ofParent, ofStranger, ...hidden, randomUUID(), 'abc'])
      expectPortalRefusal(await portal.get(`/pages/${id}`), 404, 'page_not_found');
    expectPortalRefusal(await portal.get(`/pages/${ofParent}?include=x`), 400, 'unknown_member');
  });

  it('is another firm’s for nobody', async () => {
    const others = await PortalWork.ofAnotherFirm(server);
    const foreign = await others.client();
    const id = await others.make('pages', { clientId: Number(foreign), title: 'Theirs', isPublished: true });
    expect(await idsOf(others.portalOf(foreign))).toEqual([id]);
    expectPortalRefusal(await portal.get(`/pages/${id}`), 404, 'page_not_found');
  });
});
