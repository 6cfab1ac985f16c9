import { beforeEach, describe, expect, it } from '@jest/globals';
import { aPortalUser, ConnectionsBench } from '@portico/testing';
import type { FirmId } from '../kernel/index.js';
import type { Connection } from './connection.js';
import { RESEALED_AT_ONCE, RotateKeys } from './rotate-keys.js';

const operator = {
  userId: null,
  credential: { kind: 'operator', id: 'root' },
  origin: { requestId: 'command-1', address: null },
} as const;
const MANY = RESEALED_AT_ONCE + 50;
let bench: ConnectionsBench;

beforeEach(async () => {
  bench = new ConnectionsBench();
  for (let count = 0; count < MANY; count++) {
    bench.platform.account = { ...bench.platform.account, id: `account-${count}` };
    const credentials = { access_token: `secret-${count}` };
    await bench.connect.execute(aPortalUser(), { platform: 'shopify', credentials });
  }
  bench.history.entries.splice(0);
});

async function secrets(): Promise<unknown[]> {
  const opener = await bench.vault.opener();
  return bench.connections.kept.map((one: Connection) => opener.open(one, one.credentials)['access_token']);
}
const all = Array.from({ length: MANY }, (_, count) => `secret-${count}`);
const versions = () => [...new Set(bench.connections.kept.map(({ keyVersion }) => keyVersion))];

describe('RotateKeys', () => {
  it('seals everything with a new key, and destroys the old one', async () => {
    const told: [number, number][] = [];
    const rotation = await bench.rotateKeys.execute(operator, (count, total) => told.push([count, total]));
    expect(rotation).toEqual({ keyVersion: 2, resumed: false, connections: MANY, destroyedKeys: 1 });
    expect([versions(), bench.vault.keys]).toEqual([[2], [2]]);
    expect(await secrets()).toEqual(all);
    expect(told).toEqual([
      [RESEALED_AT_ONCE, MANY],
      [50, MANY],
      [0, MANY],
    ]);
  });

  it('tells the history of each firm, and no client', async () => {
    const foreign = bench.connections.kept[0];
    const sealer = await bench.vault.sealer();
    const owner = { firmId: '2' as FirmId, id: foreign?.id ?? ('' as Connection['id']) };
    Object.assign(foreign ?? {}, owner, sealer.seal(owner, { access_token: 'secret-0' }));
    await bench.rotateKeys.execute(operator);
    const { entries } = bench.history;
    expect(entries).toHaveLength(MANY);
    expect(entries.filter(({ author }) => author.firmId === '2')).toMatchObject([
      { action: 'connection.resealed', clientId: null, subject: { id: foreign?.id }, details: { keyVersion: 2 } },
    ]);
    expect(JSON.stringify(entries)).not.toContain('secret-');
  });

  it('that was broken off leaves everything readable, and is ended by the next', async () => {
    let runs = 0;
    const { unitOfWork } = bench;
    const brokenOff = {
      run: <T>(work: () => Promise<T>) => (++runs > 2 ? Promise.reject(new Error('killed')) : unitOfWork.run(work)),
    };
    const first = new RotateKeys(bench.connections, bench.vault, bench.history, brokenOff);
    await expect(first.execute(operator)).rejects.toThrow('killed');
    expect(versions().sort()).toEqual([1, 2]);
    expect(await secrets()).toEqual(all);
    const rotation = await bench.rotateKeys.execute(operator);
    expect(rotation).toEqual({ keyVersion: 2, resumed: true, connections: 50, destroyedKeys: 1 });
    expect([versions(), bench.vault.keys]).toEqual([[2], [2]]);
    expect(await secrets()).toEqual(all);
  });

  it('makes a new key also when nothing is sealed', async () => {
    bench = new ConnectionsBench();
    expect(await bench.rotateKeys.execute(operator)).toEqual({
      ...{ keyVersion: 2, resumed: false, connections: 0, destroyedKeys: 1 },
    });
  });
});
