import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingMessage, request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { expectStatus } from '../../support/files-api.js';
import { pdfSaying } from '../../support/pdf.js';
import { expectPortalRefusal, type PortalApi, PortalWorld } from '../../support/portal-api.js';
import { PorticoServer } from '../../support/portico-server.js';
import { until } from '../../support/until.js';

jest.setTimeout(60_000);

const TOKEN = 'portal-token-of-downloads';
const CONTENT = Buffer.from('0123456789'.repeat(100));
const SHA256 = createHash('sha256').update(CONTENT).digest('hex');
const ETAG = `"${SHA256}"`;

let server: PorticoServer;
let world: PortalWorld;
let contact: string;
let portal: PortalApi;

/** A server with one contact. */
async function start(env: NodeJS.ProcessEnv = {}): Promise<void> {
  server = await PorticoServer.start({ env: { BOOTSTRAP_PORTAL_TOKEN: TOKEN, ...env } });
  world = new PortalWorld(server, TOKEN);
  const client = await world.client();
  contact = await world.contact(client.id);
  portal = world.portalOf(client.id, contact);
}

const whole = { sha256: SHA256, bytes: 1000, from: 0, to: 999 };
const eventsOf = async (id: string) => (await world.events(id)).map(({ kind, data }) => [kind, data]);
const shown = async (id: string) => (await portal.list('?limit=500')).files.find((file) => file.id === id);

describe('GET /api/portal/files/:id/download', () => {
  beforeAll(() => start());
  afterAll(() => server.dispose());

  const published = () => world.published('Sample.pdf', [contact], CONTENT);

  it('answers the bytes with the headers of the contract, and records which bytes have left', async () => {
    const id = await published();
    const { status, headers, body } = await portal.download(id);
    expect(status).toBe(200);
    expect(body).toEqual(CONTENT);
    expect(headers).toMatchObject({
      'content-disposition': `attachment; filename="Sample.pdf"; filename*=UTF-8''Sample.pdf`,
      'content-type': 'application/binary',
      'content-length': '1000',
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-cache',
      etag: ETAG,
      'accept-ranges': 'bytes',
    });
    expect(await world.events(id)).toEqual([{ kind: 'downloaded', contact, data: whole }]);
    expect(await shown(id)).toMatchObject({ is_read: true, viewed_at: null, downloaded_at: expect.any(String) });
  });

  it('gives a real PDF in pieces, and records each', async () => {
    const pdf = pdfSaying('Statement');
    const id = await world.published('Statement.pdf', [contact], pdf);
    const middle = Math.floor(pdf.length / 2);
    const pieces = [await portal.download(id, { Range: `bytes=${middle}-` })];
    pieces.unshift(await portal.download(id, { Range: `bytes=0-${middle - 1}` }));
    expect(pieces.map(({ status }) => status)).toEqual([206, 206]);
    expect(Buffer.concat(pieces.map(({ body }) => body))).toEqual(pdf);
    expect((await world.events(id)).map(({ data }) => [data['from'], data['to']])).toEqual([
      [middle, pdf.length - 1],
      [0, middle - 1],
    ]);
  });

  it('keeps when the first one was', async () => {
    const id = await published();
    await portal.download(id);
    await world.sql(`update publications set downloaded_at = '2020-01-01' where file_id = $1`, [id]);
    await portal.download(id);
    expect(await shown(id)).toMatchObject({ downloaded_at: '2020-01-01T00:00:00Z' });
    expect(await eventsOf(id)).toHaveLength(2);
  });

  it('records an empty file', async () => {
    const id = await world.published('empty.txt', [contact], '');
    expect((await portal.download(id)).status).toBe(200);
    const sha256 = createHash('sha256').digest('hex');
    expect(await eventsOf(id)).toEqual([['downloaded', { sha256, bytes: 0, from: 0, to: -1 }]]);
  });

  it.each<[string, Record<string, string>, number, number]>([
    ['If-Range that holds', { Range: 'bytes=10-19', 'If-Range': ETAG }, 206, 10],
    ['If-Range that does not', { Range: 'bytes=10-19', 'If-Range': '"other"' }, 200, 0],
    ['If-Match that holds', { 'If-Match': ETAG }, 200, 0],
    ['If-None-Match that does not', { 'If-None-Match': '"other"' }, 200, 0],
  ])('honours %s', async (_what, headers, status, from) => {
    const id = await published();
    expect((await portal.download(id, headers)).status).toBe(status);
    expect(await eventsOf(id)).toEqual([['downloaded', { ...whole, from, to: from === 0 ? 999 : 19 }]]);
  });

  it.each<[string, Record<string, string>, number, string]>([
    ['If-Match that does not hold', { 'If-Match': '"other"' }, 412, 'precondition_failed'],
    ['a range past the end', { Range: 'bytes=1000-' }, 416, 'range_not_satisfiable'],
  ])('refuses %s and records nothing', async (_what, headers, status, code) => {
    const id = await published();
    const answer = await portal.download(id, headers);
    expectPortalRefusal(answer, status, code);
    if (status === 416) expect(answer.headers['content-range']).toBe('bytes */1000');
    expect(await eventsOf(id)).toEqual([]);
  });

  it('records nothing for a 304, nor for a HEAD', async () => {
    const id = await published();
    const unchanged = await portal.download(id, { 'If-None-Match': ETAG });
    expect([unchanged.status, unchanged.body]).toEqual([304, Buffer.alloc(0)]);
    const head = await portal.call('head', `/files/${id}/download`);
    expectStatus(head, 200);
    expect(head.headers).toMatchObject({ 'content-length': '1000', etag: ETAG });
    const ranged = await portal.call('head', `/files/${id}/download`).set('Range', 'bytes=0-9');
    expect([ranged.status, ranged.headers['content-length']]).toEqual([206, '10']);
    expect(await eventsOf(id)).toEqual([]);
    expect(await shown(id)).toMatchObject({ downloaded_at: null, is_read: false });
  });

  it('records bytes that were fetched ahead, but not as a download of the contact’s', async () => {
    const id = await published();
    expect((await portal.download(id, { 'Sec-Purpose': 'prefetch' })).body).toEqual(CONTENT);
    expect(await eventsOf(id)).toEqual([['downloaded', { ...whole, prefetch: true }]]);
    expect(await shown(id)).toMatchObject({ downloaded_at: null, is_read: false });
  });

  it('records how many bytes had left when the caller goes away', async () => {
    const big = Buffer.alloc(64 * 1024 * 1024, 'x');
    const id = await world.published('big.bin', [contact], big);
    const { headers } = portal;
    const outgoing = httpRequest(`${server.url}/api/portal/files/${id}/download`, { headers, agent: false }).end();
    const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
    await once(response, 'readable');
    response.destroy();
    const events = await until('the interruption', async () => {
      const found = await eventsOf(id);
      return found.length === 2 ? found : null;
    });
    const sha256 = createHash('sha256').update(big).digest('hex');
    const range = { sha256, from: 0, to: big.length - 1 };
    expect(events).toEqual([
      ['downloaded', { ...range, bytes: big.length }],
      ['download_interrupted', { ...range, sent: expect.any(Number) }],
    ]);
    const sent = Number((events[1]?.[1] as { sent: number }).sent);
    expect(sent).toBeGreaterThan(0);
    expect(sent).toBeLessThan(big.length);
  });

  it('sends no byte when nothing can be recorded', async () => {
    const id = await published();
    const refuse = `create function refuse_events() returns trigger language plpgsql as $$
      begin raise exception 'no' using errcode = '57P03'; end $$;
      create trigger refuse before insert on proof_events execute function refuse_events()`;
    await world.sql(refuse);
    try {
      expectPortalRefusal(await portal.download(id), 503, 'database_unavailable');
      expectPortalRefusal(await portal.get(`/files/${id}`), 503, 'database_unavailable');
      expectPortalRefusal(await portal.acknowledge(id), 503, 'database_unavailable');
    } finally {
      await world.sql('drop trigger refuse on proof_events; drop function refuse_events');
    }
    expect(await shown(id)).toMatchObject({ viewed_at: null, downloaded_at: null, acknowledged_at: null });
  });

  it('refuses and records nothing when the bytes are not there', async () => {
    const id = await published();
    await world.removeBytes(id);
    expectPortalRefusal(await portal.download(id), 503, 'blob_missing');
    expect(await eventsOf(id)).toEqual([]);
  });
});

describe('GET /api/portal/files/:id/download behind nginx (X_ACCEL_REDIRECT)', () => {
  beforeAll(() => start({ X_ACCEL_REDIRECT: '/protected/' }));
  afterAll(() => server.dispose());

  it('records at the hand-over what nginx is to send', async () => {
    const id = await world.published('Sample.pdf', [contact], CONTENT);
    const answer = await portal.download(id);
    expect([answer.status, answer.body.length]).toEqual([200, 0]);
    expect(answer.headers['x-accel-redirect']).toMatch(/^\/protected\//);
    const part = await portal.download(id, { Range: 'bytes=10-19' });
    expect([part.status, part.headers['content-range']]).toEqual([200, undefined]);
    const handed = { ...whole, handed_over: true };
    expect(await eventsOf(id)).toEqual([
      ['downloaded', handed],
      ['downloaded', { ...handed, from: 10, to: 19 }],
    ]);
  });

  it('hands nothing over, and records nothing, where no bytes are to be sent', async () => {
    const id = await world.published('Sample.pdf', [contact], CONTENT);
    for (const headers of [{ 'If-None-Match': ETAG }, { 'If-Match': '"other"' }, { Range: 'bytes=1000-' }]) {
      const answer = await portal.download(id, headers as never);
      expect([304, 412, 416]).toContain(answer.status);
      expect(answer.headers['x-accel-redirect']).toBeUndefined();
    }
    expectStatus(await portal.call('head', `/files/${id}/download`), 200);
    expect(await eventsOf(id)).toEqual([]);
  });
});
