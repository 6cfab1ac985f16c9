import { beforeEach, describe, expect, it } from '@jest/globals';
import { anActor, ClientBench, ConnectionsBench } from '@portico/testing';
import type { ClientId, EntityId, FirmId, UserId } from '../kernel/index.js';
import { ConnectForClient } from './connect-for-client.js';

let bench: ConnectionsBench;
let directory: ClientBench;
let clientId: ClientId;
let connect: ConnectForClient;

beforeEach(async () => {
  [bench, directory] = [new ConnectionsBench(), new ClientBench()];
  directory.clients.users.set('7' as UserId, '1' as FirmId);
  const plan = { name: 'Smith Holding', deliveryManagerId: '7' as UserId };
  ({ id: clientId } = await directory.createClient.execute(anActor(), plan));
  connect = new ConnectForClient(
    ...([bench.trial, directory.clients, directory.access, bench.newConnections] as const),
    ...([bench.onboarding, bench.unitOfWork] as const),
  );
});

const input = (changes: object = {}) => ({
  clientId,
  platform: 'ga4',
  credentials: { access_token: 'secret' },
  ...changes,
});

describe('ConnectForClient', () => {
  it('keeps a connection that the client can not end, in the name of the user', async () => {
    const id = await connect.execute(anActor(), input());
    expect(bench.connections.kept).toMatchObject([{ id, clientId, source: 'agency', displayName: 'Example Shop' }]);
    expect(bench.history.entries).toMatchObject([{ action: 'connection.created', clientId, author: { userId: '11' } }]);
    expect(bench.notifier.raised).toMatchObject([{ to: { userIds: ['7'] }, by: { userId: '11' } }]);
    expect(bench.onboarding.events).toMatchObject([{ clientId, trigger: 'connection_made', author: { userId: '11' } }]);
  });

  it('needs no dashboard', async () => {
    await directory.changeClient.execute(anActor(), { id: clientId, profile: { dashboardEnabled: false } });
    await expect(connect.execute(anActor(), input())).resolves.toEqual(expect.any(String));
  });

  it('refuses clients that are not there for the user, and asks no platform', async () => {
    const unknown = { field: 'clientId', code: 'unknown_client' };
    const restricted = anActor({ userId: '12' as UserId, allDataAccess: false, permissions: ['back_office'] });
    for (const [actor, of] of [
      [anActor(), '404'],
      [anActor({ firmId: '2' as FirmId }), clientId],
      [restricted, clientId],
    ] as const)
      await expect(connect.execute(actor, input({ clientId: of as ClientId }))).rejects.toMatchObject(unknown);
    expect([bench.platform.opened, bench.connections.kept]).toEqual([[], []]);
    const { entityId } = directory.clients.clients.get(clientId) ?? { entityId: '' as EntityId };
    directory.entities.permitted.add(entityId, '12' as UserId);
    await expect(connect.execute(restricted, input())).resolves.toEqual(expect.any(String));
  });
});
