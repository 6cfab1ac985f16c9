import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { INSTANT } from '../../support/files-api.js';
import { expectPortalRefusal, type PortalApi } from '../../support/portal-api.js';
import { PortalWork, shown } from '../../support/portal-work.js';
import type { Portico } from '../../support/portico.js';
import { SharedPortico } from '../../support/shared-portico.js';

jest.setTimeout(60_000);

let server: Portico;
let work: PortalWork;
let portal: PortalApi;

beforeAll(async () => {
  server = await SharedPortico.start();
  work = await PortalWork.of(server);
  portal = work.portalOf(await work.client(), { role: 'viewer' });
});
afterAll(() => server.dispose());

const announce = (title: string, fields: object = {}) =>
  work.make('announcements', { title, content: 'We are back on Tuesday.', ...fields });
const list = async (of = portal) =>
  (await shown<{ announcements: Record<string, unknown>[] }>(of, '/announcements')).announcements;

describe('GET /api/portal/announcements', () => {
  it('shows every field', async () => {
    const author = await work.staff('Ann');
    const attachment = { attachmentUrl: 'https://files.example.test/easter.pdf', attachmentName: 'easter.pdf' };
    const id = await announce('Closed', { authorId: Number(author), ...attachment });
    expect((await list())[0]).toEqual({
      ...{ id, title: 'Closed', content: 'We are back on Tuesday.', category: 'company' },
      ...{ attachment_url: attachment.attachmentUrl, attachment_name: 'easter.pdf', author_id: author },
      ...{ author_name: 'Ann', author_picture: null },
      ...{ created_at: expect.stringMatching(INSTANT), updated_at: expect.stringMatching(INSTANT) },
    });
    const bare = await announce('Bare');
    const nothing = { attachment_url: null, attachment_name: null };
    expect((await list())[0]).toMatchObject({ id: bare, ...nothing });
  });

  it('shows those of the category company alone', async () => {
    for (const category of ['process', 'team', 'client']) await announce(`For ${category}`, { category });
    await announce('For companies');
    const titles = (await list()).map(({ title }) => title);
    expect(titles[0]).toBe('For companies');
    expect(titles.filter((title) => String(title).startsWith('For '))).toEqual(['For companies']);
  });

  it('shows the newest 20, the newest first', async () => {
    for (let n = 1; n <= 21; n++) await announce(`News ${n}`);
    const titles = (await list()).map(({ title }) => title);
    expect(titles).toEqual(Array.from({ length: 20 }, (_, at) => `News ${21 - at}`));
  });

  it('never shows another firm’s', async () => {
    const other = await PortalWork.ofAnotherFirm(server);
    expect(await list(other.portalOf(await other.client()))).toEqual([]);
  });

  it('refuses a parameter', async () => {
    expectPortalRefusal(await portal.get('/announcements?limit=5'), 400, 'unknown_member');
  });
});
