import { describe, expect, it } from '@jest/globals';
import { anActor, ClientBench } from '@portico/testing';
import type { ClientId, FirmId, UserId } from '../kernel/index.js';
import type { ClientProfile } from './client-profile.js';

const restricted = anActor({ allDataAccess: false, userId: '12' as UserId });

async function bench() {
  const all = new ClientBench();
  const { id, entityId } = await all.createClient.execute(anActor(), { name: 'Client' });
  all.history.entries.splice(0);
  const change = (profile: Partial<ClientProfile>, actor = anActor(), one = id) =>
    all.changeClient.execute(actor, { id: one, profile });
  const other = async (name: string, parentId: ClientId | null = null) =>
    (await all.createClient.execute(anActor(), { name, parentId })).id;
  return { ...all, id, entityId, change, other, client: () => all.clients.clients.get(id) };
}

describe('ChangeClient', () => {
  it('changes what is given, tells the history what was, and takes entity and folder along when the name changes', async () => {
    const { change, client, clients, clock, folders, history, id, entityId } = await bench();
    clients.users.set('7' as UserId, '1' as FirmId);
    clock.advance(60);
    await change({ name: ' New / Old ', deliveryManagerId: '7' as UserId, status: 'dormant' });
    expect(client()).toMatchObject({ name: 'New / Old', deliveryManagerId: '7', status: 'dormant', currency: 'USD' });
    expect(client()?.modifiedAt).toEqual(clock.now());
    expect(clients.renamed).toEqual([{ id, entityId, from: 'Client', to: 'New / Old' }]);
    expect(folders.names.get(id)).toBe('New - Old');
    const details = {
      name: { from: 'Client', to: 'New / Old' },
      deliveryManagerId: { from: null, to: '7' },
      status: { from: 'active', to: 'dormant' },
    };
    expect(history.entries).toMatchObject([{ action: 'client.changed', subject: { type: 'client', id }, details }]);
  });

  it('leaves no trace of a change that changes nothing', async () => {
    const { change, client, clock, history, clients } = await bench();
    const before = client()?.modifiedAt;
    clock.advance(60);
    await change({ name: 'Client', currency: 'usd', parentId: null, tier: undefined });
    expect([client()?.modifiedAt, history.entries, clients.renamed]).toEqual([before, [], []]);
  });

  it('puts a client below another, and takes it away again', async () => {
    const { change, client, other } = await bench();
    const parentId = await other('Parent');
    await change({ parentId });
    expect(client()?.parentId).toBe(parentId);
    await change({ parentId: null });
    expect(client()?.parentId).toBeNull();
  });

  it('makes no circle, and no group of three levels', async () => {
    const { change, other, id } = await bench();
    const parent = await other('Parent');
    const child = await other('Child', parent);
    const refused = { field: 'parentId', code: 'invalid_parent' };
    await expect(change({ parentId: id })).rejects.toMatchObject(refused);
    await expect(change({ parentId: child })).rejects.toMatchObject(refused);
    await expect(change({ parentId: child }, anActor(), parent)).rejects.toMatchObject(refused);
    await expect(change({ parentId: id }, anActor(), parent)).rejects.toMatchObject({ code: 'client_has_children' });
  });

  it.each<[Partial<ClientProfile>, object]>([
    [{ name: '' }, { field: 'name', reason: { kind: 'empty' } }],
    [{ externalId: 'x'.repeat(256) }, { field: 'externalId', reason: { kind: 'too_long', values: { most: 255 } } }],
    [{ currency: 'US' }, { field: 'currency', reason: { kind: 'not_currency' } }],
    [{ timeZone: 'Europe/Nowhere' }, { field: 'timeZone', reason: { kind: 'not_time_zone' } }],
    [{ deliveryManagerId: '404' as UserId }, { field: 'deliveryManagerId', code: 'unknown_user' }],
    [{ parentId: '404' as ClientId }, { field: 'parentId', code: 'unknown_client' }],
  ])('refuses %j', async (profile, refusal) => {
    const { change, history } = await bench();
    await expect(change(profile)).rejects.toMatchObject(refusal);
    expect(history.entries).toEqual([]);
  });

  it('refuses an external id that another client has', async () => {
    const { change, createClient } = await bench();
    await createClient.execute(anActor(), { name: 'Other', externalId: 'crm-1' });
    await expect(change({ externalId: 'crm-1' })).rejects.toMatchObject({ code: 'client_external_id_taken' });
  });

  it('does not find one of another firm, or one of which the entity is not permitted to the actor', async () => {
    const { change, entities, entityId } = await bench();
    const notFound = { kind: 'not_found', code: 'client_not_found' };
    await expect(change({ tier: 'x' }, anActor({ firmId: '2' as FirmId }))).rejects.toMatchObject(notFound);
    await expect(change({ tier: 'x' }, restricted)).rejects.toMatchObject(notFound);
    await entities.permit('1' as FirmId, entityId, restricted.userId);
    await change({ tier: 'x' }, restricted);
  });
});
