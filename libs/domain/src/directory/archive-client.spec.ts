import { describe, expect, it } from '@jest/globals';
import { anActor, ClientBench } from '@portico/testing';
import type { FirmId } from '../kernel/index.js';

describe('ArchiveClient', () => {
  it('puts a client away and takes it out again, each once', async () => {
    const { archiveClient, clients, createClient, history, clock } = new ClientBench();
    const { id } = await createClient.execute(anActor(), { name: 'Client' });
    await archiveClient.execute(anActor(), { id, step: 'archive' });
    expect(clients.clients.get(id)?.archivedAt).toEqual(clock.now());
    await archiveClient.execute(anActor(), { id, step: 'archive' });
    await archiveClient.execute(anActor(), { id, step: 'restore' });
    await archiveClient.execute(anActor(), { id, step: 'restore' });
    expect(clients.clients.get(id)?.archivedAt).toBeNull();
    expect(history.actions).toEqual([`client.created ${id}`, `client.archived ${id}`, `client.restored ${id}`]);
  });

  it('does not find one that is not there for the actor', async () => {
    const { archiveClient, createClient } = new ClientBench();
    const { id } = await createClient.execute(anActor(), { name: 'Client' });
    for (const actor of [anActor({ firmId: '2' as FirmId }), anActor({ allDataAccess: false })]) {
      const refused = archiveClient.execute(actor, { id, step: 'archive' });
      await expect(refused).rejects.toMatchObject({ code: 'client_not_found' });
    }
  });
});
