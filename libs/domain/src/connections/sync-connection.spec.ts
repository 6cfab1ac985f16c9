import { beforeEach, describe, expect, it } from '@jest/globals';
import { aPortalUser, ConnectionsBench } from '@portico/testing';
import type { Connection } from './connection.js';
import { addDays } from './days.js';
import { PlatformFault, type PlatformFaultKind } from './platform-fault.js';
import { MOST_STARTS, SyncInterrupted } from './sync-connection.js';
import type { Sync } from './sync-jobs.js';

const TOKEN = 'shpat_0123456789';
const user = aPortalUser();
let bench: ConnectionsBench;
let connection: Connection;

beforeEach(async () => {
  bench = new ConnectionsBench();
  connection = await bench.connect.execute(user, { platform: 'shopify', credentials: { access_token: TOKEN } });
});

/** Begins a sync, as a client does. */
async function begun(): Promise<Sync> {
  await bench.startSyncs.execute(user);
  const job = bench.jobs.added.at(-1);
  if (!job) throw new Error('nothing was begun');
  return job;
}
const sync = async () => bench.sync.execute(await begun());
const fault = (kind: PlatformFaultKind, retryAfter: number | null = null) =>
  new PlatformFault(kind, `The platform says no to ${TOKEN}`, retryAfter);
const told = 'The platform says no to …';

describe('A sync', () => {
  it('fetches the last thirty days the first time, and three more than it must after that', async () => {
    expect(await sync()).toBe('completed');
    expect(bench.figures.dates).toEqual(Array.from({ length: 30 }, (_, day) => addDays('2026-02-09', day)));
    expect(connection).toMatchObject({
      ...{ status: 'connected', syncState: 'idle', syncDaysDone: 30, syncDaysTotal: 30, syncedThrough: '2026-03-10' },
      ...{ lastSyncedAt: bench.clock.now(), lastSyncError: null, updatedAt: bench.clock.now() },
    });
    bench.clock.advance(2 * 86_400);
    await sync();
    expect(bench.platform.ranges.at(-1)).toEqual({ from: '2026-03-07', to: '2026-03-12' });
  });

  it('ends with the day that it is in the time zone of the account', async () => {
    bench.platform.account = { ...bench.platform.account, timeZone: 'Pacific/Auckland' };
    await sync();
    expect(connection.syncedThrough).toBe('2026-03-11');
  });

  it('tells the history in the name of whoever wanted it', async () => {
    await sync();
    expect(bench.history.entries.at(-1)).toMatchObject({
      ...{ action: 'connection.synced', clientId: '500', author: { contactId: '20', firmId: '1' } },
      details: { platform: 'shopify', from: '2026-02-09', to: '2026-03-10', days: 30 },
    });
  });

  it('shows how far it is', async () => {
    const seen: unknown[] = [];
    bench.platform.beforeDay = (date) => {
      if (date === '2026-02-20') seen.push(connection.syncState, connection.syncDaysDone, connection.syncDaysTotal);
      return Promise.resolve();
    };
    await sync();
    expect(seen).toEqual(['running', 7, 30]);
  });
});

describe('A fault', () => {
  it.each([
    ['credentials', 'error'],
    ['refused', 'connected'],
    ['malformed', 'connected'],
  ] as const)('of the kind %s ends the sync, keeps what had come whole, and tells why', async (kind, status) => {
    bench.platform.breaksOff = { after: 10, error: fault(kind) };
    expect(await sync()).toBe('failed');
    expect(bench.figures.dates).toHaveLength(10);
    expect(connection).toMatchObject({
      ...{ status, syncState: 'idle', lastSyncError: told, lastSyncedAt: null, syncedThrough: '2026-02-18' },
    });
    expect(bench.history.entries.at(-1)).toMatchObject({ action: 'connection.sync_failed', details: { reason: told } });
    bench.platform.breaksOff = null;
    expect(await sync()).toBe('completed');
    expect(bench.platform.ranges.at(-1)).toEqual({ from: '2026-02-15', to: '2026-03-10' });
    expect(connection).toMatchObject({ status: 'connected', lastSyncError: null });
  });

  it('of the credentials before anything was fetched leaves the figures as they are', async () => {
    bench.platform.refusal = fault('credentials');
    expect(await sync()).toBe('failed');
    expect(connection).toMatchObject({ status: 'error', syncedThrough: null });
    expect(bench.figures.dates).toEqual([]);
  });

  it.each([
    ['rate_limited', 900, 900],
    ['rate_limited', 5, 30],
    ['rate_limited', 999_999, 21_600],
    ['unavailable', null, 60],
  ] as const)('of the kind %s that tells %j puts the sync off for %d seconds', async (kind, wait, seconds) => {
    bench.platform.breaksOff = { after: 8, error: fault(kind, wait) };
    const job = await begun();
    expect(await bench.sync.execute(job)).toBe('put_off');
    const at = new Date(bench.clock.now().getTime() + seconds * 1000);
    expect(bench.jobs.added.at(-1)).toEqual({ ...job, at });
    expect(connection).toMatchObject({ status: 'connected', syncState: 'queued', lastSyncError: told });
    expect(await bench.startSyncs.execute(user)).toBe(0); // it goes on by itself
    bench.platform.breaksOff = null;
    bench.clock.advance(seconds);
    expect(await bench.sync.execute(job)).toBe('completed');
    expect(bench.figures.dates).toHaveLength(30);
    expect(connection.lastSyncError).toBeNull();
  });

  it('that passes is not waited for without end', async () => {
    bench.platform.refusal = fault('unavailable');
    const job = await begun();
    const waits: number[] = [];
    for (let start = 0; start < MOST_STARTS; start++) {
      expect(await bench.sync.execute(job)).toBe('put_off');
      waits.push(((bench.jobs.added.at(-1)?.at?.getTime() ?? 0) - bench.clock.now().getTime()) / 1000);
    }
    expect(waits).toEqual([60, 120, 240, 480, 960, 1920, 3840, 7680, 15_360, 21_600]);
    expect(await bench.sync.execute(job)).toBeNull();
    expect(connection).toMatchObject({ syncState: 'idle', lastSyncError: told });
    expect(bench.history.entries.at(-1)?.action).toBe('connection.sync_failed');
  });

  it('of our own is not taken for one of the platform', async () => {
    bench.platform.breaksOff = { after: 8, error: new TypeError('a mistake') };
    await expect(sync()).rejects.toThrow(TypeError);
    expect(connection).toMatchObject({ syncState: 'running', syncDaysDone: 7 }); // the job is taken up again
  });
});

describe('Of two who sync the same connection', () => {
  it('the first writes nothing more once the second has taken it up', async () => {
    const job = await begun();
    let second: unknown = null;
    bench.platform.beforeDay = async (date) => {
      if (date !== '2026-02-20' || second !== null) return;
      second = 'under way';
      second = await bench.sync.execute(job); // whoever takes over from a server that was thought dead
    };
    expect(await bench.sync.execute(job)).toBeNull();
    expect(second).toBe('completed');
    expect(connection).toMatchObject({ syncState: 'idle', syncStarts: 2, syncDaysDone: 27 });
    expect(bench.history.actions.filter((action) => action.startsWith('connection.synced'))).toHaveLength(1);
  });

  it('the first writes nothing more while the second is under way', async () => {
    const job = await begun();
    let hasSecond = false;
    bench.platform.beforeDay = async (date) => {
      if (date !== '2026-02-20' || hasSecond) return;
      hasSecond = true;
      await expect(bench.sync.execute(job, () => true)).rejects.toThrow(SyncInterrupted);
    };
    expect(await bench.sync.execute(job)).toBeNull();
    expect(bench.figures.dates).toHaveLength(7);
    expect(connection).toMatchObject({ syncState: 'running', syncStarts: 2, syncDaysDone: 0, lastSyncedAt: null });
  });

  it('neither does anything when the connection has ended meanwhile', async () => {
    bench.platform.beforeDay = async (date) => {
      if (date === '2026-02-20') await bench.disconnect.execute(user, connection);
    };
    expect(await sync()).toBeNull();
    expect(bench.figures.dates).toHaveLength(7);
    expect(connection).toMatchObject({ status: 'disconnected', lastSyncedAt: null });
  });
});

describe('A server that stops', () => {
  it('leaves the sync to whoever takes it up next', async () => {
    const job = await begun();
    let days = 0;
    const stopping = bench.sync.execute(job, () => ++days > 9);
    await expect(stopping).rejects.toThrow(SyncInterrupted);
    expect(bench.figures.dates).toHaveLength(7);
    expect(await bench.sync.execute(job)).toBe('completed');
    expect(bench.figures.dates).toHaveLength(30);
  });

  it('may have begun a sync that is not there any more', async () => {
    const job = await begun();
    expect(await bench.sync.execute(job)).toBe('completed');
    expect(await bench.sync.execute(job)).toBeNull();
    expect(await bench.sync.execute({ ...job, syncId: 'another' })).toBeNull();
    expect(bench.platform.ranges).toHaveLength(1);
  });
});
