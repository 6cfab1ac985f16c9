import { beforeEach, describe, expect, it } from '@jest/globals';
import { aPortalUser, ConnectionsBench } from '@portico/testing';
import type { ClientId, ConnectionId, FirmId } from '../kernel/index.js';
import type { Connection } from './connection.js';

let bench: ConnectionsBench;
let connection: Connection;
const user = aPortalUser();

beforeEach(async () => {
  bench = new ConnectionsBench();
  connection = await bench.connect.execute(user, { platform: 'shopify', credentials: { access_token: 'secret' } });
});

describe('DisconnectPlatform', () => {
  it('ends the connection, wipes its credentials, and tells the history', async () => {
    await bench.disconnect.execute(user, connection);
    expect(connection).toMatchObject({
      ...{ status: 'disconnected', removedAt: bench.clock.now(), sealed: null, keyVersion: null },
    });
    expect(() => connection.credentials).toThrow('no credentials');
    expect(bench.history.entries.at(-1)).toMatchObject({
      ...{ action: 'connection.removed', clientId: '500', author: { contactId: '20' } },
      details: { platform: 'shopify', accountId: 'account-1' },
    });
    await expect(bench.disconnect.execute(user, connection)).rejects.toMatchObject({ code: 'connection_not_found' });
  });

  it('ends a sync that waits or is under way', async () => {
    await bench.startSyncs.execute(user);
    await bench.disconnect.execute(user, connection);
    expect(connection).toMatchObject({ syncState: 'idle', syncId: null, syncUntil: null });
    const [job] = bench.jobs.added;
    expect(job && (await bench.sync.execute(job))).toBeNull();
    expect(bench.platform.opened).toHaveLength(1); // when it was connected
  });

  it('refuses what the agency manages', async () => {
    Object.assign(connection, { source: 'agency' });
    await expect(bench.disconnect.execute(user, connection)).rejects.toMatchObject({
      ...{ kind: 'forbidden', code: 'connection_managed_by_agency' },
    });
    expect(connection.status).toBe('connected');
  });

  it('finds nothing of another company or firm, and nothing that is not there', async () => {
    bench.clients.clients.set('1 501', { ...user, id: '501' as ClientId, name: 'Other', dashboardEnabled: true, deliveryManagerId: null }); // prettier-ignore
    bench.clients.clients.set('2 500', { ...user, id: '500' as ClientId, name: 'Other', dashboardEnabled: true, deliveryManagerId: null }); // prettier-ignore
    const others = [
      [aPortalUser({ companyId: '501' as ClientId, companyIds: ['501', '500'] as ClientId[] }), connection.id],
      [aPortalUser({ firmId: '2' as FirmId }), connection.id],
      [user, '00000000-0000-7000-8000-999999999999' as ConnectionId],
    ] as const;
    for (const [actor, id] of others)
      await expect(bench.disconnect.execute(actor, { id })).rejects.toMatchObject({
        ...{ kind: 'not_found', code: 'connection_not_found' },
      });
  });

  it('refuses companies without a dashboard', async () => {
    bench.client({ dashboardEnabled: false });
    await expect(bench.disconnect.execute(user, connection)).rejects.toMatchObject({ code: 'dashboard_disabled' });
  });
});
