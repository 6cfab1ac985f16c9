import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { faultsIn } from '../openapi/schema-check.js';
import { type MediaType, type Operation, operationsOf, readDocument } from '../support/openapi-document.js';
import { PorticoServer } from '../support/portico-server.js';
import {
  ALL_PERMISSIONS,
  type Caller,
  callersFor,
  headersOf,
  OTHER_ADMINISTRATOR,
  WITHOUT_API_ACCESS,
  WITHOUT_DATA,
} from './callers.js';
import { breachOf, type Rule, ruleOf, type Verdict, verdictOn, weakenings } from './expectation.js';
import { type Headers, Issuer } from './issuer.js';
import { mediaTypesOf, requestTo } from './matrix-request.js';
import { makeWorld, type Resource, resourceOf, stateAround, type World } from './resources.js';

jest.setTimeout(120_000);

const PORTAL_TOKEN = 'portal-token-of-the-access-matrix';
/** What any caller may use whose credentials are good, whatever else they may do. */
const OPEN = ['GET /v1/api_version', 'GET /v1/users/me'];
const document = readDocument();

/** An operation with one of its bodies. */
interface Row {
  readonly name: string;
  readonly operation: Operation;
  readonly type: string | undefined;
  readonly rule: Rule;
  readonly resource: Resource;
}
interface Answered {
  readonly status: number;
  readonly type: string | null;
  readonly content: Buffer;
}
const rows = operationsOf(document).flatMap((operation): Row[] => {
  const types = mediaTypesOf(operation);
  return types.map((type) => ({
    name: types.length > 1 ? `${operation.name} (${type ?? 'no body'})` : operation.name,
    ...{ operation, type, rule: ruleOf(operation), resource: resourceOf(operation) },
  }));
});
const union = (of: (rule: Rule) => readonly string[]): string[] =>
  [...new Set(rows.flatMap(({ rule }) => of(rule)))].sort();
const callers = callersFor({ scopes: union((rule) => rule.scopes), permissions: union((rule) => rule.permissions) });
const called = (name: string): Caller[] => callers.filter((caller) => caller.name === name);

let server: PorticoServer;
let world: World;
let headers: Map<string, Headers>;

beforeAll(async () => {
  server = await PorticoServer.start({ env: { BOOTSTRAP_PORTAL_TOKEN: PORTAL_TOKEN } });
  world = await makeWorld(server);
  headers = await headersOf(callers, new Issuer(server, PORTAL_TOKEN));
});
afterAll(() => server.dispose());

const call = async ({ operation, type, resource }: Row, { name }: Caller, id: string): Promise<Answered> => {
  const ids = { entities: world.entity, groups: world.group };
  const given = { id, ids, attributes: resource.attributes?.() ?? {} };
  const { method, path, body, headers: own } = requestTo(operation, document, given, type);
  const request = { method, headers: { ...own, ...headers.get(name) }, body: body && new Uint8Array(body) };
  const answer = await fetch(`${server.url}${path}`, request);
  const content = Buffer.from(await answer.arrayBuffer());
  return { status: answer.status, type: answer.headers.get('content-type'), content };
};

const makeSubject = ({ resource, operation }: Row): Promise<string> => resource.make(world, operation);
/** The state around the subject as its owner sees it, or the caller. */
const stateOf = ({ resource }: Row, id: string, caller?: Caller): Promise<unknown[]> => {
  const of = caller ? headers.get(caller.name) : server.headers;
  return stateAround(resource, id, { url: server.url, headers: of ?? {} });
};
const documentedOf = ({ operation }: Row): string[] => Object.keys(operation.declared.responses);
const successesOf = (row: Row): string[] => documentedOf(row).filter((code) => code.startsWith('2'));
const changes = ({ operation }: Row): boolean => operation.method !== 'GET';
const isAboutOne = ({ path }: Operation): boolean => path.includes('{id}');
const isHiddenFrom = ({ name, sees }: Caller, { hiddenFrom }: Resource): boolean =>
  !sees && (name === OTHER_ADMINISTRATOR || hiddenFrom !== 'other firms');

describe('The access matrix', () => {
  it('has callers on both sides of every rule', () => {
    for (const { rule } of rows) {
      const verdicts = new Set(callers.map((caller) => verdictOn(caller, rule)));
      expect([...verdicts].sort()).toEqual(['forbidden', 'let through', 'unauthenticated']);
    }
  });

  it('has, for each scope and permission of every rule, a caller who lacks nothing else', () => {
    for (const { name, rule } of rows)
      for (const { without, rule: weaker } of weakenings(rule)) {
        const forbidden = callers.filter((caller) => verdictOn(caller, rule) === 'forbidden');
        const lacking = forbidden.filter((caller) => verdictOn(caller, weaker) === 'let through');
        expect({ name, without, by: lacking.length > 0 }).toEqual({ name, without, by: true });
      }
  });

  it('is open to all callers where that is meant, except to keys without api_access, and nowhere else', () => {
    const open = rows.filter(({ rule }) => rule.scopes.length + rule.permissions.length === 0);
    expect(open.map(({ name }) => name).sort()).toEqual(OPEN);
    for (const { rule } of open) {
      const forbidden = callers.filter((caller) => verdictOn(caller, rule) === 'forbidden');
      expect(forbidden.map(({ name }) => name)).toEqual([WITHOUT_API_ACCESS]);
    }
  });
});

/** In what an answer is another than the document says. */
const faultsOf = ({ operation }: Row, { status, type, content }: Answered): string[] => {
  const media: Readonly<Record<string, MediaType>> = operation.declared.responses[String(status)]?.content ?? {};
  const [documented = null] = Object.keys(media);
  const { schema = {} } = media[documented ?? ''] ?? {};
  if (type !== documented) return [`the content type is ${type}, not ${documented}`];
  if (documented === null) return content.length === 0 ? [] : [`there is a body: ${content.toString()}`];
  return schema.format === 'binary' ? [] : faultsIn(document, schema, JSON.parse(content.toString()));
};

/** What a caller is due: the verdict of the rule, and then whether there is anything for them. */
type Due = Verdict | 'not found';

const dueTo = (caller: Caller, { operation, rule, resource }: Row): Due => {
  const verdict = verdictOn(caller, rule);
  if (verdict !== 'let through' || caller.sees || !isAboutOne(operation)) return verdict;
  return isHiddenFrom(caller, resource) ? 'not found' : verdict;
};

describe.each(rows)('$name', (row) => {
  const cells = callers.map((caller) => ({ ...caller, due: dueTo(caller, row) }));
  const refused = cells.filter(({ due }) => due !== 'let through');
  const through = cells.filter(({ due }) => due === 'let through');
  let shared: string;
  let state: unknown;

  beforeAll(async () => {
    shared = await makeSubject(row);
    state = await stateOf(row, shared);
  });

  it.each(refused)('$name: $due, and changes nothing', async (caller) => {
    const { status } = await call(row, caller, shared);
    const before = state;
    state = await stateOf(row, shared); // kept, so that a change is the fault of one caller only
    if (caller.due === 'not found') expect(status).toBe(404);
    else expect(breachOf(caller.due, status)).toBeNull();
    expect(state).toEqual(before);
  });

  // After the refused, as what these make stands beside the subject.
  it.each(through)('$name: let through', async (caller) => {
    const { status } = await call(row, caller, changes(row) ? await makeSubject(row) : shared);
    expect(breachOf('let through', status)).toBeNull();
    expect(caller.sees ? successesOf(row) : documentedOf(row)).toContain(String(status));
    if (isAboutOne(row.operation)) expect(status).not.toBe(404);
  });

  it.each(called(ALL_PERMISSIONS))('$name: is answered as documented, and a change shows', async (caller) => {
    const id = await makeSubject(row);
    const before = await stateOf(row, id);
    const answer = await call(row, caller, id);
    expect(successesOf(row)).toContain(String(answer.status));
    expect(faultsOf(row, answer)).toEqual([]);
    if (changes(row)) expect(await stateOf(row, id)).not.toEqual(before);
    else expect(await stateOf(row, id)).toEqual(before);
  });
});

const exceeding = rows.flatMap((row) => {
  const { makeGreater } = row.resource;
  return changes(row) && isAboutOne(row.operation) && makeGreater ? [{ ...row, makeGreater }] : [];
});

describe.each(exceeding)('$name of one with more rights than the caller has', ({ makeGreater, ...row }) => {
  it.each(called(WITHOUT_DATA))('$name: forbidden, and changes nothing', async (caller) => {
    const id = await makeGreater(world);
    const before = await stateOf(row, id);
    expect((await call(row, caller, id)).status).toBe(403);
    expect(await stateOf(row, id)).toEqual(before);
  });
});

const listed = new Map(rows.filter(({ resource }) => resource.lists.length > 0).map((row) => [row.resource, row]));

describe.each([...listed.values()])('The lists around the subject of $name', (row) => {
  it.each([...called(OTHER_ADMINISTRATOR), ...called(WITHOUT_DATA)])('$name: hold what is theirs', async (caller) => {
    const id = await makeSubject(row);
    const [owned, theirs] = await Promise.all([stateOf(row, id), stateOf(row, id, caller)]);
    expect(owned.flat()).toEqual([expect.objectContaining({ id })]);
    expect(theirs.flat()).toEqual(isHiddenFrom(caller, row.resource) ? [] : owned.flat());
  });
});
