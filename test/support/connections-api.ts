import type { Test } from 'supertest';
import { expectStatus } from './expected-answers.js';
import { CREDENTIALS } from './platforms/fake-platforms.js';
import type { PortalApi } from './portal-api.js';
import { until } from './until.js';

export type FakePlatform = keyof typeof CREDENTIALS;

/** A connection as the Portal API shows it. */
export interface ShownConnection {
  readonly id: string;
  readonly platform: string;
  readonly status: string;
  readonly source: string;
  readonly last_synced_at: string | null;
  readonly last_sync_error: string | null;
  readonly [name: string]: unknown;
}

/** The connections of the company of a portal. */
export class ConnectionsApi {
  constructor(readonly portal: PortalApi) {}

  /** Connects a fake platform, or what `body` says instead. */
  post(platform: FakePlatform, body: object = {}): Test {
    return this.portal
      .call('post', '/connections')
      .set('Content-Type', 'application/json')
      .send(JSON.stringify({ platform, credentials: CREDENTIALS[platform], ...body }));
  }

  async connect(platform: FakePlatform, body: object = {}): Promise<ShownConnection> {
    const answer = await this.post(platform, body);
    expectStatus(answer, 201);
    return (answer.body as { connection: ShownConnection }).connection;
  }

  end(id: string): Test {
    return this.portal.call('delete', `/connections/${id}`);
  }

  sync(): Test {
    return this.portal.call('post', '/connections/sync');
  }

  async list(): Promise<ShownConnection[]> {
    const answer = await this.portal.get('/connections');
    expectStatus(answer, 200);
    return (answer.body as { connections: ShownConnection[] }).connections;
  }

  async find(id: string): Promise<ShownConnection> {
    const found = (await this.list()).find((one) => one.id === id);
    if (!found) throw new Error(`there is no connection ${id}`);
    return found;
  }

  /** Begins a sync, and waits until the connection is as `isDone` says. */
  async synced(
    id: string,
    isDone = ({ last_synced_at: at }: ShownConnection): boolean => at !== null,
  ): Promise<ShownConnection> {
    expectStatus(await this.sync(), 202);
    return until('the connection is synced', async () => {
      const found = await this.find(id);
      return isDone(found) && found;
    });
  }
}
