import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { readDocument, V1_DOCUMENTS } from '../support/openapi-document.js';
import { PorticoServer } from '../support/portico-server.js';
import { isThorough } from '../support/thorough.js';
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
import {
  type Answered,
  breachesOf,
  changes,
  documentedOf,
  faultsOf,
  type MatrixRow,
  rowsOf,
  send,
  successesOf,
  unless,
} from './matrix.js';
import { requestTo } from './matrix-request.js';
import { makeWorld, type Resource, resourceOf, stateAround, type World } from './resources.js';

jest.setTimeout(120_000);

/** Each change is let through for so many times fewer callers: each needs a subject of its own. */
const FEWER = 4;
const PORTAL_TOKEN = 'portal-token-of-the-access-matrix';
/** What any caller may use whose credentials are good, whatever else they may do. */
const OPEN = ['GET /v1/api_version', 'GET /v1/users/me'];

interface Row extends MatrixRow {
  readonly rule: Rule;
  readonly resource: Resource;
}
const rows = V1_DOCUMENTS.flatMap((name) => rowsOf(readDocument(name))).map((row): Row => {
  const { operation } = row;
  return { ...row, rule: ruleOf(operation), resource: resourceOf(operation) };
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

const call = ({ document, operation, type, resource }: Row, { name }: Caller, id: string): Promise<Answered> => {
  const ids = { entities: world.entity, groups: world.group };
  const given = { id, ids, attributes: resource.attributes?.(id) ?? {} };
  return send(server.url, requestTo(operation, document, given, type), headers.get(name));
};

/** The subject of a call; that of a caller alone, where nobody else sees it. */
const makeSubject = ({ resource, operation }: Row, caller?: Caller): Promise<string> =>
  caller && resource.makeOwn
    ? resource.makeOwn(server.url, headers.get(caller.name) ?? {})
    : resource.make(world, operation);
/** The state around the subject as its owner sees it, or the caller. */
const stateOf = ({ resource }: Row, id: string, caller?: Caller): Promise<unknown[]> => {
  const of = caller ? headers.get(caller.name) : server.headers;
  return stateAround(resource, id, { url: server.url, headers: of ?? {} });
};
const isAboutOne = ({ operation, resource }: Row): boolean =>
  operation.path.includes('{') || resource.isNamedInBody === true;
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

/** What a caller is due: the verdict of the rule, and then whether there is anything for them. */
type Due = Verdict | 'not found';

const dueTo = (caller: Caller, row: Row): Due => {
  const verdict = verdictOn(caller, row.rule);
  if (verdict !== 'let through' || caller.sees || !isAboutOne(row)) return verdict;
  if (!isHiddenFrom(caller, row.resource)) return verdict;
  return row.resource.isNamedInBody ? 'forbidden' : 'not found';
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

  it('refuses all who may not, and is as it was after them', async () => {
    const breaches = await breachesOf(refused, async (caller) => {
      const { status } = await call(row, caller, shared);
      return caller.due === 'not found' ? unless(status === 404, `${status}, not 404`) : breachOf(caller.due, status);
    });
    expect(breaches).toEqual([]);
    expect(await stateOf(row, shared)).toEqual(state);
  });

  // After the refused, as what these make stands beside the subject.
  it('lets all others through', async () => {
    const breach = async (caller: Caller): Promise<string | null> => {
      const isOwn = changes(row) || row.resource.makeOwn;
      const { status } = await call(row, caller, isOwn ? await makeSubject(row, caller) : shared);
      const documented = (caller.sees ? successesOf(row) : documentedOf(row)).includes(String(status));
      const isThere = !isAboutOne(row) || status !== 404;
      return breachOf('let through', status) ?? unless(documented && isThere, `answered with ${status}`);
    };
    const asked = changes(row) && !isThorough ? through.filter((_caller, at) => at % FEWER === 0) : through;
    expect(await breachesOf(asked, breach, changes(row) ? 1 : undefined)).toEqual([]);
  });

  it.each(called(ALL_PERMISSIONS))('$name: is answered as documented, and a change shows', async (caller) => {
    const id = await makeSubject(row, caller);
    const owner = row.resource.makeOwn ? caller : undefined;
    const before = await stateOf(row, id, owner);
    const answer = await call(row, caller, id);
    expect(successesOf(row)).toContain(String(answer.status));
    expect(faultsOf(row, answer)).toEqual([]);
    if (changes(row)) expect(await stateOf(row, id, owner)).not.toEqual(before);
    else expect(await stateOf(row, id, owner)).toEqual(before);
  });
});

const exceeding = rows.flatMap((row) => {
  const { makeGreater } = row.resource;
  return changes(row) && isAboutOne(row) && makeGreater ? [{ ...row, makeGreater }] : [];
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
