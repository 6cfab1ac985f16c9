import { beforeEach, describe, expect, it } from '@jest/globals';
import { aPortalUser, ConnectionsBench } from '@portico/testing';
import type { NewConnection } from './connection-trial.js';
import { PlatformFault } from './platform-fault.js';

const TOKEN = 'shpat_0123456789';
let bench: ConnectionsBench;

beforeEach(() => {
  bench = new ConnectionsBench();
});

const connect = (changes: Partial<NewConnection> = {}, user = aPortalUser()) =>
  bench.connect.execute(user, { platform: 'shopify', credentials: { access_token: TOKEN }, ...changes });

describe('ConnectPlatform', () => {
  it('keeps an account that the platform opens, with its credentials sealed', async () => {
    const connection = await connect();
    expect(connection).toMatchObject({
      ...{ firmId: '1', clientId: '500', platform: 'shopify', source: 'client', status: 'connected' },
      ...{ displayName: 'Example Shop', accountId: 'account-1', keyVersion: 1, syncState: 'idle' },
      ...{ lastSyncedAt: null, lastSyncError: null, connectedAt: bench.clock.now() },
    });
    const opener = await bench.vault.opener();
    expect(opener.open(connection, connection.credentials)).toEqual({ access_token: TOKEN });
    expect(bench.connections.kept).toEqual([connection]);
  });

  it('asks the platform first, and keeps nothing of what it refuses', async () => {
    bench.platform.refusal = new PlatformFault('credentials', `Invalid API key ${TOKEN}`);
    await expect(connect()).rejects.toMatchObject({
      ...{ kind: 'invalid', code: 'connection_test_failed' },
      message: 'The connection to Shopify could not be made: Invalid API key …',
    });
    expect([bench.connections.kept, bench.history.entries, bench.notifier.raised]).toEqual([[], [], []]);
    expect(bench.onboarding.events).toEqual([]);
  });

  it('passes on what is no fault of the platform', async () => {
    bench.platform.refusal = new TypeError('a mistake');
    await expect(connect()).rejects.toThrow(TypeError);
  });

  it('tells the onboarding', async () => {
    await connect();
    expect(bench.onboarding.events).toMatchObject([
      { clientId: '500', trigger: 'connection_made', author: { contactId: '20' } },
    ]);
  });

  it('tells the delivery manager, and the history, never the credentials', async () => {
    const { id } = await connect({ displayName: ' Our shop ' });
    expect(bench.notifier.raised).toEqual([
      {
        ...{ firmId: '1', type: 'connection_made', clientId: '500', to: { userIds: ['7'] } },
        ...{ resource: { type: 'connection', id }, by: { contactId: '20' } },
        names: { client: 'Smith Holding', platform: 'Shopify', account: 'Our shop' },
      },
    ]);
    expect(bench.history.entries).toMatchObject([
      {
        ...{ action: 'connection.created', subject: { type: 'connection', id }, clientId: '500' },
        author: { firmId: '1', userId: null, contactId: '20' },
        details: { platform: 'shopify', source: 'client', accountId: 'account-1', displayName: 'Our shop' },
      },
    ]);
    expect(JSON.stringify([bench.history.entries, bench.notifier.raised])).not.toContain(TOKEN);
  });

  it('tells nobody where there is no delivery manager', async () => {
    bench.client({ deliveryManagerId: null });
    await connect();
    expect(bench.notifier.raised).toEqual([]);
  });

  it('names a connection after the platform when the account has no name, and shortens long ones', async () => {
    bench.platform.account = { ...bench.platform.account, name: ' \u0000 ' };
    expect((await connect()).displayName).toBe('Shopify');
    bench.platform.account = { ...bench.platform.account, id: 'account-2', name: '😀'.repeat(130) };
    expect((await connect()).displayName).toBe('😀'.repeat(120));
  });

  it('refuses an account that is connected already, and takes it again when that has ended', async () => {
    const first = await connect();
    await expect(connect()).rejects.toMatchObject({ kind: 'conflict', code: 'platform_already_connected' });
    await bench.disconnect.execute(aPortalUser(), first);
    expect((await connect()).id).not.toBe(first.id);
  });

  it.each([
    [{ platform: 'myspace' }, 'platform'],
    [{ platform: 'constructor' }, 'platform'],
    [{ credentials: {} }, 'credentials/access_token'],
    [{ displayName: 'x'.repeat(121) }, 'display_name'],
    [{ displayName: 'a\nb' }, 'display_name'],
  ])('refuses %j for %s, and asks no platform', async (changes, field) => {
    await expect(connect(changes)).rejects.toMatchObject({ kind: 'invalid', field });
    expect(bench.platform.opened).toEqual([]);
  });

  it('refuses companies without a dashboard, before anyone is asked and after', async () => {
    bench.client({ dashboardEnabled: false });
    await expect(connect()).rejects.toMatchObject({ kind: 'forbidden', code: 'dashboard_disabled' });
    expect(bench.platform.opened).toEqual([]);
    bench.client();
    bench.platform.checked = (raw) => {
      bench.client({ dashboardEnabled: false }); // while the platform is asked
      return raw;
    };
    await expect(connect()).rejects.toMatchObject({ code: 'dashboard_disabled' });
    expect(bench.connections.kept).toEqual([]);
  });
});
