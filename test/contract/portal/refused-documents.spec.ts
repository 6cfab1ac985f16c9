import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { blobsIn } from '../../support/blobs.js';
import { expectStatus } from '../../support/expected-answers.js';
import { filePart, multipart, type Part } from '../../support/multipart.js';
import { expectPortalRefusal, type PortalApi } from '../../support/portal-api.js';
import { PortalWork } from '../../support/portal-work.js';
import { PorticoServer } from '../../support/portico-server.js';
import { exchange } from '../../support/raw-http.js';
import { until } from '../../support/until.js';

const LIMIT = 100_000;

jest.setTimeout(60_000);

let server: PorticoServer;
let portal: PortalApi;
let blobs: string[];
let ids: string[];

beforeAll(async () => {
  server = await PorticoServer.start({ env: { MAX_UPLOAD_BYTES: String(LIMIT) } });
  const work = await PortalWork.of(server);
  const company = await work.client();
  portal = work.portalOf(company, { user: await work.contact(company) });
  expectStatus(await send([filePart('kept.txt')]), 201);
});
afterAll(() => server.dispose());

beforeEach(async () => {
  blobs = await blobsIn(server.dataDir);
  ids = await portal.ids();
});
// Whatever is refused here: nothing of it remains.
afterEach(async () => {
  expect(await portal.ids()).toEqual(ids);
  await until('no blob of a refused upload', async () => (await blobsIn(server.dataDir)).length === blobs.length, 5);
  expect(await blobsIn(server.dataDir)).toEqual(blobs);
});

const send = (parts: readonly Part[]) => {
  const { type, body } = multipart(parts);
  return portal.call('post', '/files').set('Content-Type', type).send(body);
};
const bytes = (count: number): Part => filePart('large.bin', Buffer.alloc(count));

describe('A document that is refused after its bytes have come', () => {
  it.each<[string, Part[], string]>([
    ['for its name', [filePart('a/b.txt')], 'invalid_name'],
    ['for its caption', [filePart('a.txt'), { name: 'caption', content: 'a\u0001' }], 'invalid_name'],
    ['for a second file', [filePart('a.txt'), filePart('b.txt')], 'unexpected_part'],
    ['for another part', [filePart('a.txt'), { name: 'other', content: 'x' }], 'unexpected_part'],
  ])('%s leaves nothing', async (_why, parts, code) => expectPortalRefusal(await send(parts), 400, code));

  it('leaves nothing when it is too large', async () => {
    expectPortalRefusal(await send([bytes(LIMIT + 1)]), 413, 'file_too_large');
  });

  it('leaves nothing when it says beforehand that it is far too large', async () => {
    const { type } = multipart([bytes(1)]);
    const { status, body } = await exchange(server.url, {
      method: 'POST',
      path: '/api/portal/files',
      headers: { ...portal.headers, 'Content-Type': type, 'Content-Length': String(LIMIT * 100) },
      write: (request) => request.flushHeaders(),
    });
    expect([status, JSON.parse(body)]).toEqual([
      413,
      { error: expect.stringMatching(/100000/), code: 'file_too_large' },
    ]);
  });

  it('leaves nothing when the sender goes away', async () => {
    const { type, body } = multipart([bytes(LIMIT / 2)]);
    const gone = exchange(server.url, {
      method: 'POST',
      path: '/api/portal/files',
      headers: { ...portal.headers, 'Content-Type': type, 'Content-Length': String(body.length) },
      write: (request) => request.write(body.subarray(0, body.length / 2), () => request.destroy()),
    });
    await expect(gone).rejects.toThrow();
  });
});

it('takes a document of exactly the largest size, and an empty one', async () => {
  for (const count of [LIMIT, 0]) {
    const answer = await send([bytes(count)]);
    expectStatus(answer, 201);
    expect(answer.body).toMatchObject({ file: { bytes: count } });
    ids = await portal.ids();
    blobs = await blobsIn(server.dataDir);
  }
});
