import { beforeEach, describe, expect, it } from '@jest/globals';
import { anActor, aPortalUser, ConnectionsBench } from '@portico/testing';
import type { FirmId } from '../kernel/index.js';
import type { Connection } from './connection.js';

let bench: ConnectionsBench;
let connection: Connection;

beforeEach(async () => {
  bench = new ConnectionsBench();
  const input = { platform: 'shopify', credentials: { access_token: 'secret' } };
  connection = await bench.connect.execute(aPortalUser(), input);
  bench.queries.visible.add(connection.id);
});

describe('DisconnectForClient', () => {
  it.each(['client', 'agency'])('ends a connection that the %s made', async (source) => {
    Object.assign(connection, { source });
    await bench.disconnectForClient.execute(anActor(), connection);
    expect(connection).toMatchObject({ status: 'disconnected', sealed: null });
    expect(bench.history.entries.at(-1)).toMatchObject({ action: 'connection.removed', author: { userId: '11' } });
  });

  it('finds nothing that the user does not see, nor another firm’s', async () => {
    const refused = { kind: 'not_found', code: 'connection_not_found' };
    await expect(
      bench.disconnectForClient.execute(anActor({ firmId: '2' as FirmId }), connection),
    ).rejects.toMatchObject(refused);
    bench.queries.visible.clear();
    await expect(bench.disconnectForClient.execute(anActor(), connection)).rejects.toMatchObject(refused);
    expect(connection.status).toBe('connected');
  });
});
