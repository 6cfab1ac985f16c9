import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Response, Test } from 'supertest';
import { BackOfficeApi, expectProblem } from '../support/back-office-api.js';
import { expectRefusal, expectStatus, FilesApi } from '../support/files-api.js';
import { filePart, metadataPart, multipart } from '../support/multipart.js';
import { Operator } from '../support/operator.js';
import type { Portico } from '../support/portico.js';
import { sqlOn } from '../support/server-database.js';
import { SharedPortico } from '../support/shared-portico.js';

let server: Portico;
let api: FilesApi;

beforeAll(async () => {
  server = await SharedPortico.start();
  api = new FilesApi(server.url, server.headers);
});
afterAll(() => server.dispose());

const withKey = (test: Test, key: string): Test => test.set('Idempotency-Key', key);
const entity = (name: string, key: string): Test =>
  withKey(
    api.sendData('post', '/entities', { type: 'entities', attributes: { original_name: name, model_type: 'TRUST' } }),
    key,
  );
const upload = (content: string, key: string): Test => {
  const { type, body } = multipart([filePart('kept.txt', content), metadataPart({ name: 'kept.txt' })]);
  return withKey(api.post('/files').set('Content-Type', type), key).send(body);
};
const keptOf = ({ status, body, headers }: Response) => {
  const { location, 'content-type': type, etag } = headers;
  return { status, body: body as unknown, location, type, etag };
};
const replayed = ({ headers }: Response): unknown => headers['idempotency-replayed'];
const countOf = async (path: string): Promise<number> =>
  ((await api.get(path)).body as { data: unknown[] }).data.length;

describe('A request with an Idempotency-Key', () => {
  it('is carried out once, and answered the same when it comes again', async () => {
    const key = randomUUID();
    const first = await entity('Smith', key);
    expectStatus(first, 201);
    expect(replayed(first)).toBeUndefined();
    const before = await countOf('/entities');
    const again = await entity('Smith', key);
    expect(keptOf(again)).toEqual(keptOf(first));
    expect(replayed(again)).toBe('true');
    expect(again.headers['x-request-id']).not.toBe(first.headers['x-request-id']);
    expect(await countOf('/entities')).toBe(before);
  });

  it('is refused when the key was used with another body, path or method', async () => {
    const key = randomUUID();
    const { body } = await entity('Jones', key);
    const { id } = (body as { data: { id: string } }).data;
    const source = { header: 'Idempotency-Key' };
    const refusal = { code: 'idempotency_key_reused', source };
    expectRefusal(await entity('James', key), 400, refusal);
    const data = { type: 'entities', attributes: { original_name: 'Jones', model_type: 'TRUST' } };
    expectRefusal(await withKey(api.sendData('post', '/groups', data), key), 400, refusal);
    const change = api.sendData('patch', `/entities/${id}`, { ...data, id });
    expectRefusal(await withKey(change, key), 400, refusal);
  });

  it('stores a file once, whatever separates the parts', async () => {
    const key = randomUUID();
    const first = await upload('once', key);
    expectStatus(first, 201);
    const again = await upload('once', key);
    expect([again.status, replayed(again), again.body]).toEqual([201, 'true', first.body]);
    expectRefusal(await upload('twice', key), 400, { code: 'idempotency_key_reused' });
  });

  it('answers 409 while the first is worked on, and once it is done its answer', async () => {
    const key = randomUUID();
    const rows = Array.from({ length: 5 }, () => entity('At once', key));
    const answers = await Promise.all(rows);
    const made = answers.filter((answer) => answer.status === 201 && replayed(answer) === undefined);
    expect(made).toHaveLength(1);
    for (const answer of answers.filter((one) => !made.includes(one)))
      if (answer.status === 409) expectRefusal(answer, 409, { code: 'idempotency_key_in_use' });
      else expect([answer.status, replayed(answer)]).toEqual([201, 'true']);
    expect((await entity('At once', key)).body).toEqual(made[0]?.body);
  });

  it('is carried out anew after a refusal, which changed nothing', async () => {
    const key = randomUUID();
    const data = { type: 'entities', attributes: { original_name: '', model_type: 'TRUST' } };
    const refused = await withKey(api.sendData('post', '/entities', data), key);
    expect(refused.status).toBe(400);
    expectStatus(await entity('Now with a name', key), 201);
  });

  it('belongs to the credential', async () => {
    const key = randomUUID();
    const first = await entity('Shared', key);
    const other = await new Operator(server).apiOf({ permissions: ['firm_admin'] });
    const data = { type: 'entities', attributes: { original_name: 'Shared', model_type: 'TRUST' } };
    const second = await withKey(other.sendData('post', '/entities', data), key);
    expectStatus(second, 201);
    expect(replayed(second)).toBeUndefined();
    expect((second.body as { data: { id: string } }).data.id).not.toBe(
      (first.body as { data: { id: string } }).data.id,
    );
  });

  it.each(['', ' ', 'a b', 'ü', 'x'.repeat(256)])('is refused with the key %j', async (key) => {
    if (key === 'ü') key = Buffer.from('ü').toString('latin1');
    expectRefusal(await entity('Bad key', key), 400, { code: 'invalid_idempotency_key' });
  });

  it('keeps no answer that the database would show', async () => {
    const key = randomUUID();
    const attributes = { first_name: 'Adam', last_name: 'Smith', ssn: '123450987' };
    const contact = withKey(api.sendData('post', '/contacts', { type: 'contacts', attributes }), key);
    expectStatus(await contact, 201);
    const [row] = await sqlOn(
      server,
      `select encode(answer, 'escape') as answer, state from idempotency_keys where key = $1`,
      [key],
    );
    expect(row?.['state']).toBe('done');
    expect(row?.['answer']).not.toContain('Smith');
  });

  it('works in the Back Office, and leaves other methods alone', async () => {
    const office = await BackOfficeApi.of(server);
    const key = randomUUID();
    const client = () => withKey(office.send('post', '/clients', { name: 'Once Ltd' }), key);
    const [first, again] = [await client(), await client()];
    expect([first.status, again.status, replayed(again)]).toEqual([201, 201, 'true']);
    expect(again.body).toEqual(first.body);
    expectProblem(
      await withKey(office.send('post', '/clients', { name: 'Twice Ltd' }), key),
      400,
      'idempotency_key_reused',
    );
    expect(replayed(await withKey(office.get('/clients'), key))).toBeUndefined();
  });

  it('does not bring back what is older than a day', async () => {
    const key = randomUUID();
    const first = await entity('Old', key);
    await sqlOn(server, `update idempotency_keys set created_at = created_at - interval '25 hours' where key = $1`, [
      key,
    ]);
    const again = await entity('Old', key);
    expect([again.status, replayed(again)]).toEqual([201, undefined]);
    expect(again.body).not.toEqual(first.body);
  });

  it('is taken up again when the server that worked on it ended before it changed anything', async () => {
    const key = randomUUID();
    await entity('Broken off', key);
    const set = (state: string) =>
      sqlOn(
        server,
        `update idempotency_keys set state = $2, answer = null, request_hash = null,
           leased_until = now() - interval '1 second' where key = $1`,
        [key, state],
      );
    await set('committed');
    expectRefusal(await entity('Broken off', key), 409, { code: 'idempotency_answer_lost' });
    await set('running');
    const again = await entity('Broken off', key);
    expect([again.status, replayed(again)]).toEqual([201, undefined]);
  });
});
