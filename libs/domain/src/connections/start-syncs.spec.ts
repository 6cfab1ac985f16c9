import { beforeEach, describe, expect, it } from '@jest/globals';
import { aPortalUser, ConnectionsBench } from '@portico/testing';
import type { ClientId } from '../kernel/index.js';
import { SYNC_SILENCE_MS } from './connection.js';

let bench: ConnectionsBench;
const user = aPortalUser();

beforeEach(async () => {
  bench = new ConnectionsBench();
  for (const id of ['one', 'two']) {
    bench.platform.account = { ...bench.platform.account, id };
    await bench.connect.execute(user, { platform: 'shopify', credentials: { access_token: 'secret' } });
  }
});

describe('StartSyncs', () => {
  it('queues a sync of each connection of the company, in the name of whoever asked', async () => {
    expect(await bench.startSyncs.execute(user)).toBe(2);
    const { kept } = bench.connections;
    expect(bench.jobs.added).toEqual(
      kept.map(({ id, syncId }) => ({
        ...{ connectionId: id, syncId, at: null },
        author: expect.objectContaining({ firmId: '1', contactId: '20', userId: null }),
      })),
    );
    expect(kept.map(({ syncState }) => syncState)).toEqual(['queued', 'queued']);
    expect(JSON.stringify(bench.jobs.added)).not.toContain('secret');
  });

  it('begins no second one of a connection, whoever asks', async () => {
    await bench.startSyncs.execute(user);
    expect(await bench.startSyncs.execute({ ...user, contactId: null })).toBe(0);
    expect(bench.jobs.added).toHaveLength(2);
  });

  it('begins anew when nothing was heard of a sync for an hour', async () => {
    await bench.startSyncs.execute(user);
    const [first] = bench.jobs.added;
    bench.clock.advance(SYNC_SILENCE_MS / 1000 - 1);
    expect(await bench.startSyncs.execute(user)).toBe(0);
    bench.clock.advance(1);
    expect(await bench.startSyncs.execute(user)).toBe(2);
    expect(first && (await bench.sync.execute(first))).toBeNull(); // it was overtaken
  });

  it('takes connections with errors too, and none that has ended', async () => {
    const [one, two] = bench.connections.kept;
    Object.assign(one ?? {}, { status: 'error' });
    if (two) await bench.disconnect.execute(user, two);
    expect(await bench.startSyncs.execute(user)).toBe(1);
    expect(bench.jobs.added[0]?.connectionId).toBe(one?.id);
  });

  it('takes no other company’s, and refuses companies without a dashboard', async () => {
    const other = aPortalUser({ companyId: '501' as ClientId, companyIds: ['501', '500'] as ClientId[] });
    const client = { id: '501' as ClientId, name: 'Other', dashboardEnabled: true, deliveryManagerId: null };
    bench.clients.clients.set('1 501', client);
    expect(await bench.startSyncs.execute(other)).toBe(0);
    bench.client({ dashboardEnabled: false });
    await expect(bench.startSyncs.execute(user)).rejects.toMatchObject({ code: 'dashboard_disabled' });
  });
});
