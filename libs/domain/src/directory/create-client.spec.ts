import { describe, expect, it } from '@jest/globals';
import { aClient, anActor, DirectoryBench, InMemoryClientRepository, InMemoryUnitOfWork } from '@portico/testing';
import type { ClientId, EntityId, FirmId } from '../kernel/index.js';
import { CreateClient } from './create-client.js';

function bench() {
  const { entities, history, clock } = new DirectoryBench();
  const clients = new InMemoryClientRepository();
  const unitOfWork = new InMemoryUnitOfWork([clients, entities, history]);
  return {
    clients,
    entities,
    history,
    clock,
    createClient: new CreateClient(clients, entities, history, unitOfWork, clock),
  };
}

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
    const details = { name: 'Smith Holding', parentId: null, entityId, modelType: 'HOUSEHOLD' };
    expect(history.entries).toMatchObject([{ action: 'client.created', subject: { type: 'client', id }, details }]);
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
