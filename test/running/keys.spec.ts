import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ConnectionsApi } from '../support/connections-api.js';
import { FakePlatforms } from '../support/platforms/fake-platforms.js';
import { PortalWork } from '../support/portal-work.js';
import { PorticoServer } from '../support/portico-server.js';

let platforms: FakePlatforms;
let server: PorticoServer;
let api: ConnectionsApi;

beforeAll(async () => {
  platforms = await FakePlatforms.start();
  server = await PorticoServer.start({ env: platforms.environment });
  const work = await PortalWork.of(server);
  api = new ConnectionsApi(work.portalOf(await work.client()));
}, 60_000);
afterAll(async () => {
  await server.dispose();
  await platforms.close();
});

const keys = async (...command: string[]) => {
  const { code, stdout, stderr } = await server.operate('keys', ...command, '--json');
  expect([code, stderr]).toEqual([0, '']);
  return JSON.parse(stdout) as unknown;
};

describe('portico keys', () => {
  it('rotates the keys while the server runs, which reads and seals with the new one', async () => {
    const before = await api.connect('meta_ads');
    expect(await keys('rotate')).toEqual({ keyVersion: 2, resumed: false, connections: 1, destroyedKeys: 1 });
    expect(await api.synced(before.id)).toMatchObject({ status: 'connected', last_sync_error: null });
    await api.connect('tiktok_ads');
    expect(await keys('list')).toEqual({
      keys: [{ version: 2, createdAt: expect.stringMatching(/^\d{4}-.*Z$/), connections: 2 }],
    });
    expect(await keys('rotate')).toEqual({ keyVersion: 3, resumed: false, connections: 2, destroyedKeys: 1 });
    for (const { id } of await api.list()) await api.synced(id);
  });

  it('shows no key', async () => {
    const { stdout } = await server.operate('keys', 'list');
    expect(stdout.trim().split('\n').map((line) => line.split(':')[0])).toEqual(['version', 'createdAt', 'connections']); // prettier-ignore
  });

  it.each([[['destroy']], [['rotate', '--force']]])('with %j is a wrong call', async (command) => {
    const { code, stderr } = await server.operate('keys', ...command);
    expect([code, stderr.trim().split('\n')]).toEqual([2, [expect.any(String)]]);
  });
});
