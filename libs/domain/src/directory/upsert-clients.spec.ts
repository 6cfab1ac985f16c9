import { describe, expect, it } from '@jest/globals';
import { anActor, ClientBench } from '@portico/testing';
import type { ClientId, FirmId, UserId } from '../kernel/index.js';
import type { Client } from './client.js';
import type { ClientRow } from './upsert-clients.js';

const restricted = anActor({ allDataAccess: false, userId: '12' as UserId });

function bench() {
  const all = new ClientBench();
  const upsert = (rows: readonly ClientRow[], actor = anActor()) => all.upsertClients.execute(actor, rows);
  const called = (name: string) => [...all.clients.clients.values()].find(({ externalId }) => externalId === name);
  return { ...all, upsert, called };
}

describe('UpsertClients', () => {
  it('adds, changes and leaves alone, and counts each', async () => {
    const { upsert, called, history, folders } = bench();
    const rows = [
      { externalId: 'a', name: 'A', tier: 'core' },
      { externalId: 'b', name: 'B' },
    ];
    expect(await upsert(rows)).toEqual({ created: 2, updated: 0, unchanged: 0 });
    expect(folders.made).toEqual([called('a')?.id, called('b')?.id]);
    history.entries.splice(0);
    const again = [rows[0] as ClientRow, { externalId: 'b', currency: 'EUR' }, { externalId: 'c', name: 'C' }];
    expect(await upsert(again)).toEqual({ created: 1, updated: 1, unchanged: 1 });
    expect(called('b')).toMatchObject({ name: 'B', currency: 'EUR' });
    expect(history.actions).toEqual([`client.changed ${called('b')?.id}`, `client.created ${called('c')?.id}`]);
  });

  it('takes entity and folder of a renamed client along', async () => {
    const { upsert, called, clients, folders } = bench();
    await upsert([row('a', { name: 'A' }), row('b', { name: 'B' })]);
    await upsert([row('a', { name: 'A/1' }), row('b', { name: 'B', tier: 'core' })]);
    const { id, entityId } = called('a') as Client;
    expect(clients.renamed).toEqual([{ id, entityId, from: 'A', to: 'A/1' }]);
    expect([...folders.names.values()]).toEqual(['A-1', 'B']);
  });

  it('puts clients below others: by id, by the other name, and of the same call', async () => {
    const { upsert, called } = bench();
    await upsert([{ externalId: 'top', name: 'Top' }]);
    const top = called('top')?.id as ClientId;
    await upsert([
      { externalId: 'below', name: 'Below', parentExternalId: 'fresh' },
      { externalId: 'fresh', name: 'Fresh' },
      { externalId: 'by id', name: 'By id', parentId: top },
    ]);
    expect([called('below')?.parentId, called('by id')?.parentId]).toEqual([called('fresh')?.id, top]);
    await upsert([
      { externalId: 'below', parentExternalId: null },
      { externalId: 'fresh', parentExternalId: 'below' },
    ]);
    expect([called('below')?.parentId, called('fresh')?.parentId]).toEqual([null, called('below')?.id]);
  });

  it.each<[string, readonly ClientRow[], string, string]>([
    ['a new one without a name', [{ externalId: 'n' }], '0/name', 'invalid_value'],
    ['a name that is too long', [{ externalId: 'n', name: 'x'.repeat(161) }], '0/name', 'invalid_value'],
    ['a blank external id', [{ externalId: ' ', name: 'N' }], '0/externalId', 'invalid_value'],
    ['two rows about one', [{ externalId: 'n', name: 'N' }, { externalId: 'n' }], '1/externalId', 'invalid_value'],
    ['a null character', [row('n', { parentExternalId: 'a\u0000' })], '0/parentExternalId', 'invalid_value'],
    ['an unknown manager', [row('n', { deliveryManagerId: '404' as UserId })], '0/deliveryManagerId', 'unknown_user'],
    ['an unknown parent', [row('n', { parentExternalId: 'x' })], '0/parentExternalId', 'unknown_client'],
    ['one below itself', [row('n', { parentExternalId: 'n' })], '0/parentId', 'invalid_parent'],
    [
      'two below each other',
      [row('n', { parentExternalId: 'm' }), row('m', { parentExternalId: 'n' })],
      '0/parentId',
      'invalid_parent',
    ],
    ['one below one that is below', [row('n', { parentExternalId: 'child' })], '0/parentId', 'invalid_parent'],
  ])('refuses %s, and keeps nothing', async (_says, rows, field, code) => {
    const { upsert, clients, history } = bench();
    await upsert([row('parent'), row('child', { parentExternalId: 'parent' })]);
    const before = [clients.clients.size, history.entries.length];
    await expect(upsert(rows)).rejects.toMatchObject({ field, code });
    expect([clients.clients.size, history.entries.length]).toEqual(before);
  });

  it('puts none with clients below it below another', async () => {
    const { upsert } = bench();
    await upsert([row('parent'), row('child', { parentExternalId: 'parent' }), row('other')]);
    const refused = upsert([{ externalId: 'parent', parentExternalId: 'other' }]);
    await expect(refused).rejects.toMatchObject({ code: 'client_has_children' });
  });

  it('keeps to the clients that are there for the actor, and permits to them what they add', async () => {
    const { upsert, called, entities } = bench();
    await upsert([row('theirs')]);
    const refusal = { field: '0/externalId', code: 'unknown_client' };
    await expect(upsert([{ externalId: 'theirs', tier: 'x' }], restricted)).rejects.toMatchObject(refusal);
    await upsert([row('mine')], restricted);
    expect(entities.permitted.all()).toEqual([[called('mine')?.entityId, restricted.userId]]);
    expect(await upsert([{ externalId: 'mine', tier: 'x' }], restricted)).toMatchObject({ updated: 1 });
  });

  it('never touches a client of another firm', async () => {
    const { upsert, called } = bench();
    await upsert([row('one')]);
    expect(await upsert([row('one', { tier: 'x' })], anActor({ firmId: '2' as FirmId }))).toMatchObject({ created: 1 });
    expect(called('one')?.tier).toBeNull();
  });
});

function row(externalId: string, more: Partial<ClientRow> = {}): ClientRow {
  return { externalId, name: externalId, ...more };
}
