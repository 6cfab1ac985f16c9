import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FileClient } from '../support/file-client.js';
import { Installations } from '../support/installations.js';
import { basic } from '../support/portico.js';
import { type PorticoServer } from '../support/portico-server.js';
import { until } from '../support/until.js';

interface LogLine {
  readonly level: number;
  readonly time: string;
  readonly msg: string;
  readonly requestId?: string;
}

const installations = new Installations();
let server: PorticoServer;
let client: FileClient;

beforeAll(async () => {
  const first = await installations.start();
  await first.stop();
  // a second start, so that nothing but the log is printed; as talkative as it can be
  server = await installations.start({
    dataDir: first.dataDir,
    credentials: first.credentials,
    env: { LOG_LEVEL: 'debug' },
  });
  client = new FileClient(server.url, server.headers);
}, 60_000);

afterAll(async () => {
  client?.close();
  await installations.remove();
}, 60_000);

describe('the health', () => {
  it('is told without credentials', async () => {
    const live = await fetch(`${server.url}/health/live`);
    expect({ status: live.status, body: await live.json() }).toEqual({ status: 200, body: { status: 'alive' } });
    const ready = await fetch(`${server.url}/health/ready`);
    const body = { status: 'ready', database: 'ok', storage: 'ok' };
    expect({ status: ready.status, body: await ready.json() }).toEqual({ status: 200, body });
  });
});

describe('the metrics', () => {
  it('count requests by method, route and status, in the text format of Prometheus', async () => {
    await client.call('/api/v1/files?page[limit]=1');
    await client.call('/v1/files/999999999');
    await client.call('/v1/files/999999998');
    const text = await until('the requests are counted', async () => {
      const answer = await fetch(`${server.url}/metrics`);
      expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
      const page = await answer.text();
      return page.includes('status="404"') ? page : undefined;
    });
    expect(text).toMatch(/^# TYPE http_request_duration_seconds histogram$/m);
    expect(text).toMatch(/^http_request_duration_seconds_count\{method="GET",route="\/v1\/files",status="200"\} 1$/m);
    expect(text).toMatch(
      /^http_request_duration_seconds_count\{method="GET",route="\/v1\/files\/:id",status="404"\} 2$/m,
    );
    expect(text).toMatch(/^process_resident_memory_bytes \d+$/m);
    expect(text).not.toContain('999999999');
  });

  it('do not grow with addresses that somebody makes up', async () => {
    for (const path of ['/nowhere', '/v1/nothing', `/${randomUUID()}`]) await client.call(path);
    const text = await (await fetch(`${server.url}/metrics`)).text();
    expect(text).not.toMatch(/nowhere|nothing/);
  });
});

describe('the request id', () => {
  it('is the caller’s own, in the answer, in the error and in the log', async () => {
    const id = `caller-${randomUUID()}`;
    const answer = await client.call('/v1/files/999999999', { headers: { 'X-Request-Id': id } });
    expect(answer.headers['x-request-id']).toBe(id);
    expect(answer.body?.errors?.[0]?.id).toBe(id);
    expect(await lineOf(id)).toMatchObject({ msg: 'request', status: 404 });
  });

  it('is made when the caller gives none, or one that would harm the log', async () => {
    for (const given of [undefined, '', 'with spaces', 'x'.repeat(200), '"}{"']) {
      const headers: Record<string, string> = given === undefined ? {} : { 'X-Request-Id': given };
      const answer = await client.call('/api/v1/files', { headers });
      expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    }
  });
});

describe('the log', () => {
  it('has one JSON object for each line', async () => {
    await client.call('/api/v1/files');
    const lines = server.output.split('\n').filter((line) => line !== '' && !line.startsWith('Swagger UI '));
    expect(lines.length).toBeGreaterThan(5);
    for (const line of lines)
      expect(JSON.parse(line)).toMatchObject({ level: expect.any(Number), msg: expect.any(String) });
  });

  it('tells of each request who asked for what, and how it ended', async () => {
    const id = randomUUID();
    await client.call('/api/v1/files?page[limit]=7', { headers: { 'X-Request-Id': id } });
    expect(await lineOf(id)).toMatchObject({
      method: 'GET',
      url: '/api/v1/files',
      status: 200,
      ms: expect.any(Number),
      firmId: '1',
      userId: expect.stringMatching(/^\d+$/),
      credential: server.credentials.key,
    });
  });

  it('holds no secret: no API key’s, no client’s, no token, no header, right or wrong', async () => {
    const { key, secret } = server.credentials;
    const admin = ['--firm', '1', '--user', 'admin@example.test'];
    const made = await server.command('oauth-client', 'create', ...admin, '--scopes', 'FILES', '--json');
    const { clientId, clientSecret } = JSON.parse(made.stdout) as { clientId: string; clientSecret: string };
    const granted = await fetch(`${server.url}/oauth2/token`, {
      method: 'POST',
      headers: { Authorization: basic(clientId, clientSecret) },
      body: new URLSearchParams({ grant_type: 'client_credentials', scope: 'FILES' }),
    });
    const { access_token: token } = (await granted.json()) as { access_token: string };
    const wrong = randomUUID();
    const authorizations = [
      basic(key, secret),
      basic(key, wrong),
      basic(wrong, secret),
      `Bearer ${token}`,
      `Bearer ${wrong}`,
      `Basic ${secret}`,
    ];
    const statuses: number[] = [];
    for (const Authorization of authorizations) {
      const headers = { Authorization, 'Addepar-Firm': '1', 'X-Request-Id': randomUUID() };
      statuses.push((await fetch(`${server.url}/api/v1/files?token=${token}`, { headers })).status);
      statuses.push((await fetch(`${server.url}/api/v1/files`, { headers })).status);
      await lineOf(headers['X-Request-Id']);
    }
    expect(statuses.filter((status) => status === 200)).toHaveLength(2);
    const values = authorizations.map((authorization) => authorization.split(' ')[1] ?? '');
    for (const value of [secret, wrong, clientSecret, token, basic(clientId, clientSecret), ...values])
      expect(server.output).not.toContain(value);
    expect(server.output).not.toMatch(/authorization/i);
  }, 20_000);
});

/** The line that tells of the request. */
function lineOf(requestId: string): Promise<LogLine> {
  return until('the request is in the log', () => {
    const lines = server.output.split('\n').filter((line) => line.includes(requestId));
    return lines.map((line) => JSON.parse(line) as LogLine).find(({ msg }) => msg === 'request');
  });
}
