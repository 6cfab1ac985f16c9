import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { mediaTypesOf, requestTo, type Substitutes } from '../access/matrix-request.js';
import { DOCUMENT_NAMES, type Operation } from '../support/openapi-document.js';
import { SharedPortico } from '../support/shared-portico.js';
import { conditionalFace, type ConditionalWorld } from './conditional-faces.js';
import { bearsTag, isConditionalChange, isTaggedRead, readOf } from './conditional-operations.js';

jest.setTimeout(60_000);

const STRONG = /^"[\w-]{27}"$/;
const OTHER = '"another-state"';
/** Where HEAD does not ask for what GET shows: how far an upload has come. */
const OWN_HEAD = ['/v1/uploads/{id}'];

interface Answered {
  readonly status: number;
  readonly tag: string | null;
  readonly text: string;
}

let server: SharedPortico;
beforeAll(async () => {
  server = await SharedPortico.start();
});
afterAll(() => server.dispose());

describe.each(DOCUMENT_NAMES)('openapi/%s.json', (name) => {
  const { document, face, operations, world: makeWorld } = conditionalFace(name);
  const changes = operations.filter(isConditionalChange);
  const reads = operations.filter(isTaggedRead);
  let world: ConditionalWorld;

  beforeAll(async () => {
    world = await makeWorld(server);
  });

  async function send(
    operation: Operation,
    subject: Substitutes,
    own: Readonly<Record<string, string>> = {},
    method = operation.method,
  ): Promise<Answered> {
    const [type] = mediaTypesOf(operation);
    const { path, headers, body } = requestTo(operation, document, subject, type);
    const content = headers['Content-Type'] === undefined ? {} : { 'Content-Type': headers['Content-Type'] };
    const request = { method, headers: { ...content, ...world.headers, ...own }, body: body && new Uint8Array(body) };
    const answer = await fetch(`${server.url}${path}`, request);
    return { status: answer.status, tag: answer.headers.get('etag'), text: await answer.text() };
  }

  /** The tag of what is shown, which those who have it are not shown again. */
  async function tagShown(read: Operation, subject: Substitutes): Promise<string> {
    await send(read, subject); // the first look may leave a trace: that a file was seen
    const { status, tag } = await send(read, subject);
    expect({ status, tag }).toEqual({ status: 200, tag: expect.stringMatching(STRONG) });
    const known = { 'If-None-Match': `${OTHER}, W/${String(tag)}` };
    expect(await send(read, subject, known)).toEqual({ status: 304, tag, text: '' });
    return String(tag);
  }

  function expectFailed({ status, text }: Answered): void {
    const code = status === 412 ? face.codeOf(JSON.parse(text), '412') : text;
    expect({ status, code }).toEqual({ status: 412, code: 'precondition_failed' });
  }

  it.each(reads)('$name has a tag', async (read) => {
    const subject = await world.make(read);
    const tag = await tagShown(read, subject);
    expect(await send(read, subject, { 'If-None-Match': OTHER, 'If-Match': tag })).toMatchObject({ status: 200, tag });
    expectFailed(await send(read, subject, { 'If-Match': OTHER }));
    if (!OWN_HEAD.includes(read.path))
      expect(await send(read, subject, {}, 'HEAD')).toEqual({ status: 200, tag, text: '' });
  });

  if (changes.length > 0)
    it.each(changes)('$name is made in the state that If-Match names, and in no other', async (change) => {
      const subject = await world.make(change);
      const read = readOf(document, change);
      const tag = await tagShown(read, subject);

      expectFailed(await send(change, subject, { 'If-Match': `${OTHER}, W/${tag}` }));
      expect(await send(read, subject)).toMatchObject({ status: 200, tag });

      const done = await send(change, subject, { 'If-Match': `${OTHER}, ${tag}` });
      expect([200, 201, 204]).toContain(done.status);
      const now = await send(read, subject);
      expect(now.tag).not.toBe(tag);
      expect([200, 404]).toContain(now.status);
      if (bearsTag(change)) expect(done.tag).toMatch(STRONG);
      if (bearsTag(change) && now.status === 200) expect(done.tag).toBe(now.tag);
    });
});
