import { describe, expect, it } from '@jest/globals';
import { anActor, ClientBench } from '@portico/testing';
import type { ClientId, FirmId, SlaPolicyId } from '../kernel/index.js';
import type { PolicyOfClients } from './client-repository.js';
import type { ClientRow } from './upsert-clients.js';

const OURS = '1' as FirmId;
const POLICY = '0190a1b2-0000-7000-8000-000000000001' as SlaPolicyId;
const UNKNOWN = '0190a1b2-0000-7000-8000-00000000dead' as SlaPolicyId;
const actor = anActor();

function bench() {
  const all = new ClientBench();
  const { clients, createClient, changeClient, upsertClients } = all;
  const policy = (changes: Partial<PolicyOfClients> = {}, firm = OURS) =>
    clients.policies.set({ id: POLICY, externalId: 'gold', clientId: null, ...changes }, firm);
  const create = (slaPolicyId: SlaPolicyId | null) => createClient.execute(actor, { name: 'Client', slaPolicyId });
  const change = (id: ClientId, slaPolicyId: SlaPolicyId | null) =>
    changeClient.execute(actor, { id, profile: { slaPolicyId } });
  const upsert = (...rows: ClientRow[]) => upsertClients.execute(actor, rows);
  const policyOf = (id: ClientId) => clients.clients.get(id)?.slaPolicyId;
  const called = (name: string) => [...clients.clients.values()].find(({ externalId }) => externalId === name);
  return { ...all, policy, create, change, upsert, policyOf, called };
}

describe('The SLA policy of a client', () => {
  it('is none unless it is said, one of everybody, or the client’s own', async () => {
    const { create, change, policy, policyOf, history } = bench();
    policy();
    const { id } = await create(null);
    expect(policyOf(id)).toBeNull();
    await change(id, POLICY);
    expect(policyOf(id)).toBe(POLICY);
    expect(history.entries.at(-1)?.details).toEqual({ slaPolicyId: { from: null, to: POLICY } });
    expect(policyOf((await create(POLICY)).id)).toBe(POLICY);
    const own = '0190a1b2-0000-7000-8000-000000000002' as SlaPolicyId;
    policy({ id: own, clientId: id });
    await change(id, own);
    await change(id, null);
    expect(policyOf(id)).toBeNull();
  });

  it('is none of another client, another firm or of nobody', async () => {
    const { create, change, policy, clients } = bench();
    const { id } = await create(null);
    const refusal = { code: 'unknown_reference', field: 'slaPolicyId' };
    await expect(change(id, UNKNOWN)).rejects.toMatchObject(refusal);
    policy({}, '2' as FirmId);
    await expect(change(id, POLICY)).rejects.toMatchObject(refusal);
    clients.policies.clear();
    policy({ clientId: '999' as ClientId });
    await expect(change(id, POLICY)).rejects.toMatchObject(refusal);
    await expect(create(POLICY)).rejects.toMatchObject(refusal);
    expect(clients.clients.size).toBe(1);
  });

  it('comes with rows of another system, by its id or its name there', async () => {
    const { upsert, called, policy } = bench();
    policy();
    const rows = { a: { slaPolicyId: POLICY }, b: { slaPolicyExternalId: 'gold' }, c: {} };
    await upsert(...Object.entries(rows).map(([externalId, row]) => ({ externalId, name: externalId, ...row })));
    expect(['a', 'b', 'c'].map((name) => called(name)?.slaPolicyId)).toEqual([POLICY, POLICY, null]);
    expect(await upsert({ externalId: 'b', slaPolicyExternalId: 'gold' })).toMatchObject({ unchanged: 1 });
    await upsert({ externalId: 'a', slaPolicyExternalId: null }, { externalId: 'c', slaPolicyExternalId: 'gold' });
    expect(['a', 'b', 'c'].map((name) => called(name)?.slaPolicyId)).toEqual([null, POLICY, POLICY]);
  });

  it('may be the row’s own where the client is there', async () => {
    const { upsert, called, policy } = bench();
    await upsert({ externalId: 'a', name: 'A' });
    policy({ clientId: called('a')?.id ?? null });
    await upsert({ externalId: 'a', slaPolicyExternalId: 'gold' });
    expect(called('a')?.slaPolicyId).toBe(POLICY);
    await expect(upsert({ externalId: 'b', name: 'B', slaPolicyExternalId: 'gold' })).rejects.toMatchObject({
      ...{ code: 'unknown_reference', field: '0/slaPolicyExternalId' },
    });
  });

  it.each<[string, ClientRow]>([
    ['1/slaPolicyId', { externalId: 'b', name: 'B', slaPolicyId: UNKNOWN }],
    ['1/slaPolicyExternalId', { externalId: 'b', name: 'B', slaPolicyExternalId: 'silver' }],
    ['1/slaPolicyExternalId', { externalId: 'b', name: 'B', slaPolicyExternalId: 'a\u0000' }],
  ])('refuses all rows for one at %s', async (field, row) => {
    const { upsert, clients, policy } = bench();
    policy();
    await expect(upsert({ externalId: 'a', name: 'A' }, row)).rejects.toMatchObject({ field });
    expect(clients.clients.size).toBe(0);
  });
});
