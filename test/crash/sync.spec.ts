import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ConnectionsApi } from '../support/connections-api.js';
import { FakePlatforms } from '../support/platforms/fake-platforms.js';
import { aCampaign } from '../support/platforms/figures.js';
import { PortalWork } from '../support/portal-work.js';
import { PorticoServer } from '../support/portico-server.js';
import { until } from '../support/until.js';

let platforms: FakePlatforms;
let server: PorticoServer;

beforeAll(async () => {
  platforms = await FakePlatforms.start();
  platforms.figures.timeZone = 'UTC';
  server = await PorticoServer.start({ env: platforms.environment });
}, 60_000);
afterAll(async () => {
  await server.dispose();
  await platforms.close();
});

it('A sync whose server was killed is taken up again, and keeps what it had', async () => {
  const today = new Date().toISOString().slice(0, 10);
  platforms.figures.campaigns.set(today, [aCampaign()]);
  const work = await PortalWork.of(server);
  const company = await work.client();
  const connection = await new ConnectionsApi(work.portalOf(company)).connect('meta_ads');
  const isAsked = Promise.withResolvers<void>();
  platforms.server.answerNext('/insights', undefined, () => {
    isAsked.resolve();
    return new Promise(() => undefined);
  });
  await new ConnectionsApi(work.portalOf(company)).sync().expect(202);
  await isAsked.promise; // the first seven days are there
  await server.kill();
  server = await server.again();
  const after = await PortalWork.of(server);
  const api = new ConnectionsApi(after.portalOf(company));
  const path = `/platform-connections/${connection.id}`;
  expect(await after.office.read(path)).toMatchObject({ syncState: 'running', syncDaysDone: 7 });
  await until('the sync has come to its end', async () => (await api.find(connection.id)).last_synced_at, 90);
  expect(await after.office.read(path)).toMatchObject({ syncState: 'idle', lastSyncError: null });
  const found = await after.office.read<object[]>(`/campaign-days?filter[clientId]=${company}`);
  expect(found).toMatchObject([{ date: today, campaignId: '111' }]);
}, 120_000);
