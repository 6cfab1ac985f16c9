import { describe, expect, it } from '@jest/globals';
import { aClient, anActor, ClientBench } from '@portico/testing';
import type { ClientId, EntityId, FirmId, UserId } from '../kernel/index.js';

const bench = () => new ClientBench();

describe('CreateClient', () => {
  it('adds a client and a household that is its own, and tells the history', async () => {
    const { clients, entities, history, createClient, clock } = bench();
    const { id, entityId } = await createClient.execute(anActor(), { name: '  Smith Holding ' });
    const createdAt = clock.now();
    expect(clients.clients.get(id)).toMatchObject({
      firmId: '1',
      name: 'Smith Holding',
      parentId: null,
      entityId,
      createdAt,
    });
    expect(entities.entities.get(entityId)).toMatchObject({
      originalName: 'Smith Holding',
      modelType: 'HOUSEHOLD',
      createdAt,
    });
    const details = { name: 'Smith Holding', parentId: null, entityId, status: 'active' };
    expect(history.entries).toMatchObject([{ action: 'client.created', subject: { type: 'client', id }, details }]);
  });

  it('makes its folders', async () => {
    const { folders, createClient } = bench();
    const { id } = await createClient.execute(anActor(), { name: 'Client' });
    expect(folders.made).toEqual([id]);
  });

  it('permits the entity to a user without all data access who made it, and to nobody else', async () => {
    const { entities, createClient } = bench();
    const { entityId } = await createClient.execute(anActor({ allDataAccess: false }), { name: 'Mine' });
    const { entityId: theirs } = await createClient.execute(anActor(), { name: 'Theirs' });
    expect(entities.permitted.all()).toEqual([[entityId, anActor().userId]]);
    expect(theirs).not.toBe(entityId);
  });

  it('keeps what else is said of it', async () => {
    const { clients, createClient } = bench();
    clients.users.set('7' as UserId, '1' as FirmId);
    const said = { externalId: 'crm-1', deliveryManagerId: '7' as UserId, dashboardEnabled: false, currency: 'eur' };
    const { id } = await createClient.execute(anActor(), { name: 'C', ...said, timeZone: 'europe/berlin', tier: ' ' });
    expect(clients.clients.get(id)).toMatchObject({ ...said, currency: 'EUR', timeZone: 'Europe/Berlin', tier: null });
  });

  it('puts none below a client that is below another, or archived, or not permitted to the actor', async () => {
    const { clients, createClient, clock } = bench();
    const { id: top } = await createClient.execute(anActor(), { name: 'Top' });
    const { id: below } = await createClient.execute(anActor(), { name: 'Below', parentId: top });
    const refused = (parentId: ClientId, actor = anActor()) =>
      expect(createClient.execute(actor, { name: 'Third', parentId })).rejects;
    await refused(below).toMatchObject({ field: 'parentId', code: 'invalid_parent' });
    await refused(top, anActor({ allDataAccess: false })).toMatchObject({ field: 'parentId', code: 'unknown_client' });
    clients.clients.get(top)?.archive(clock.now());
    await refused(top).toMatchObject({ field: 'parentId', code: 'unknown_client' });
  });

  it('puts it below another client of the firm, with another kind of entity', async () => {
    const { clients, entities, createClient } = bench();
    const { id: parentId } = await createClient.execute(anActor(), { name: 'Parent' });
    const { id, entityId } = await createClient.execute(anActor(), { name: 'Child', parentId, modelType: 'trust' });
    expect(clients.clients.get(id)?.parentId).toBe(parentId);
    expect(entities.entities.get(entityId)?.modelType).toBe('TRUST');
  });

  it.each([
    [{ name: ' ' }, 'name', 'invalid_value'],
    [{ name: 'x'.repeat(161) }, 'name', 'invalid_value'],
    [{ name: 'Client', currency: 'XYZ' }, 'currency', 'invalid_value'],
    [{ name: 'Client', timeZone: 'Moon' }, 'timeZone', 'invalid_value'],
    [{ name: 'Client', deliveryManagerId: '404' as UserId }, 'deliveryManagerId', 'unknown_user'],
    [{ name: 'Client', modelType: 'a b' }, 'modelType', 'invalid_value'],
    [{ name: 'Client', parentId: '404' as ClientId }, 'parentId', 'unknown_client'],
    [{ name: 'Client', parentId: '1' as ClientId }, 'parentId', 'unknown_client'],
  ])('refuses %j naming %s, and keeps nothing', async (input, field, code) => {
    const { clients, entities, history, createClient } = bench();
    await clients.add(aClient({ firmId: '2' as FirmId, entityId: '9' as EntityId }));
    await expect(createClient.execute(anActor(), input)).rejects.toMatchObject({ field, code });
    expect([clients.clients.size, entities.entities.size, history.entries]).toEqual([1, 0, []]);
  });
});
