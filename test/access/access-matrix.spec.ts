import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type FileResource, FilesApi } from '../support/files-api.js';
import { type Operation, operationsOf, readDocument } from '../support/openapi-document.js';
import { PorticoServer } from '../support/portico-server.js';
import { type Caller, callerNames, makeCallers } from './callers.js';
import { breachOf, type Rule, ruleOf, verdictOn } from './expectation.js';
import { requestTo } from './matrix-request.js';

jest.setTimeout(120_000);

const PORTAL_TOKEN = 'portal-token-of-the-access-matrix';
const document = readDocument();
const operations = operationsOf(document);
const rules = new Map(operations.map((operation) => [operation, ruleOf(operation)]));
const union = (of: (rule: Rule) => readonly string[]): string[] => [...new Set([...rules.values()].flatMap(of))].sort();
const all: Rule = { scopes: union((rule) => rule.scopes), permissions: union((rule) => rule.permissions) };

let server: PorticoServer;
let owner: FilesApi;
let callers: Map<string, Caller>;

beforeAll(async () => {
  server = await PorticoServer.start({ env: { BOOTSTRAP_PORTAL_TOKEN: PORTAL_TOKEN } });
  owner = new FilesApi(server.url, server.headers);
  callers = await makeCallers(server, PORTAL_TOKEN, all);
});
afterAll(() => server.dispose());

/** A file in the state that the operation is about. */
const subjectOf = (operation: Operation): Promise<FileResource> =>
  operation.path.includes('/archive/') ? owner.createArchived('matrix.txt') : owner.create('matrix.txt');

/** The file and everything that came after it, as its owner sees it. */
const stateAround = async ({ id }: FileResource): Promise<unknown> => {
  const from = `page[after]=${BigInt(id) - 1n}`;
  return [(await owner.get(`/files?${from}`)).body, (await owner.get(`/archive/files?${from}`)).body];
};

const call = async (operation: Operation, caller: Caller, id: string): Promise<number> => {
  const { method, path, headers, body } = requestTo(operation, document, id);
  const request = { method, headers: { ...headers, ...caller.headers }, body: body && new Uint8Array(body) };
  const answer = await fetch(`${server.url}${path}`, request);
  await answer.arrayBuffer();
  return answer.status;
};

const callerOf = (name: string): Caller => {
  const caller = callers.get(name);
  if (!caller) throw new Error(`nobody made ${name}`);
  return caller;
};

describe('The access matrix', () => {
  it('has every caller that is made', () => {
    expect([...callers.keys()].sort()).toEqual(callerNames(all).sort());
  });

  it('has callers on both sides of every rule', () => {
    for (const rule of rules.values()) {
      const verdicts = new Set([...callers.values()].map((caller) => verdictOn(caller, rule)));
      expect([...verdicts].sort()).toEqual(['forbidden', 'let through', 'unauthenticated']);
    }
  });
});

describe.each([...rules].map(([operation, rule]) => ({ name: operation.name, operation, rule })))(
  '$name',
  ({ operation, rule }) => {
    it.each(callerNames(all))('is answered as it declares to: %s', async (name) => {
      const caller = callerOf(name);
      const file = await subjectOf(operation);
      const before = await stateAround(file);
      const verdict = verdictOn(caller, rule);
      const status = await call(operation, caller, file.id);
      expect(breachOf(verdict, status)).toBeNull();
      if (verdict !== 'let through') expect(await stateAround(file)).toEqual(before);
      else if (caller.sees) expect(Object.keys(operation.declared.responses)).toContain(String(status));
    });

    it('does what it is for when it is let through, so that no refusal here has another cause', async () => {
      const { id } = await subjectOf(operation);
      const status = await call(operation, callerOf('a key with all permissions'), id);
      const successes = Object.keys(operation.declared.responses).filter((code) => code.startsWith('2'));
      expect(successes).toContain(String(status));
    });

    if (operation.path.includes('{id}'))
      it.each(['the administrator of another firm', 'a key with all permissions and no data'])(
        'finds nothing for %s, and changes nothing',
        async (name) => {
          const file = await subjectOf(operation);
          const before = await stateAround(file);
          expect(await call(operation, callerOf(name), file.id)).toBe(404);
          expect(await stateAround(file)).toEqual(before);
        },
      );
  },
);
