import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type Operation, readDocument } from '../support/openapi-document.js';
import { PorticoServer } from '../support/portico-server.js';
import { isThorough } from '../support/thorough.js';
import {
  ADMINISTRATOR,
  type BackOfficeCaller,
  backOfficeCallers,
  BackOfficeCast,
  OTHER_ADMINISTRATOR,
} from './back-office-callers.js';
import {
  type BackOfficeSubject,
  BackOfficeWorld,
  isOfCatalogue,
  kindOf,
  makeSubject,
} from './back-office-resources.js';
import { breachOf, type Rule, type Verdict, verdictOn } from './expectation.js';
import type { Headers } from './issuer.js';
import {
  type Answered,
  breachesOf,
  changes,
  faultsOf,
  type MatrixRow,
  rowsOf,
  send,
  successesOf,
  unless,
} from './matrix.js';
import { requestTo } from './matrix-request.js';

jest.setTimeout(120_000);

const PORTAL_TOKEN = 'portal-token-of-the-back-office-matrix';
/** Where no platform answers. */
const PLATFORMS = Object.fromEntries(
  ['SHOPIFY', 'GOOGLE_ADS', 'META_ADS', 'GA4', 'TIKTOK_ADS'].map((name) => [`${name}_BASE_URL`, 'http://127.0.0.1:9']),
);
/** What gives credentials out. */
const OPEN = ['POST /api/v2/signin', 'POST /api/v2/refresh'];
/** What ends the session of whoever calls it. */
const PARTING = 'POST /api/v2/signout';
/** An id that nothing has: who may call a route is decided before it is looked for. */
const NOTHING = '999999999';

/** @throws Error when the operation does not declare all of its rule: nothing may be open by omission */
function ruleOf({ name, declared }: Operation): Rule {
  const { security, 'x-permissions': permissions } = declared;
  if (JSON.stringify(security) !== '[{"session":[]}]')
    throw new Error(`${name} does not declare a session, and no more`);
  if (permissions?.[0] !== 'back_office') throw new Error(`${name} does not declare back_office`);
  return { scopes: [], permissions };
}

interface Row extends MatrixRow {
  readonly rule: Rule;
}
const all = rowsOf(readDocument('back-office-v2'));
const rows = all
  .filter(({ operation }) => !OPEN.includes(operation.name))
  .map((row): Row => ({ ...row, rule: ruleOf(row.operation) }));
const permissions = [...new Set(rows.flatMap(({ rule }) => rule.permissions))].sort();
const callers = backOfficeCallers(permissions);
const verdictOf = ({ identified, permissions: own }: BackOfficeCaller, { rule }: Row) =>
  verdictOn({ identified, scopes: ['session'], permissions: own }, { ...rule, scopes: [] });

/**
 * Whom to ask. The resources of the catalogue declare their routes in one place: of the first of them every caller is
 * asked, of the others one on each side of the rule, which must be the same.
 */
function askedOf(row: Row): readonly BackOfficeCaller[] {
  if (!isAlike(row)) return callers;
  const verdicts = new Map(callers.map((caller): [Verdict, BackOfficeCaller] => [verdictOf(caller, row), caller]));
  return [...verdicts.values()];
}
const catalogue = rows.filter(({ operation }) => isOfCatalogue(operation));
const isAlike = ({ operation }: Row): boolean =>
  isOfCatalogue(operation) && kindOf(operation) !== kindOf((catalogue[0] as Row).operation);

let server: PorticoServer;
let world: BackOfficeWorld;
const headers = new Map<string, Headers>();

beforeAll(async () => {
  server = await PorticoServer.start({ env: { BOOTSTRAP_PORTAL_TOKEN: PORTAL_TOKEN, ...PLATFORMS } });
  const cast = new BackOfficeCast(server, PORTAL_TOKEN);
  for (const caller of callers) headers.set(caller.name, await caller.headers(cast));
  world = await BackOfficeWorld.of(server, headers.get(ADMINISTRATOR) ?? {});
});
afterAll(() => server.dispose());

const call = (
  { document, operation, type }: MatrixRow,
  caller: BackOfficeCaller,
  subject?: BackOfficeSubject,
): Promise<Answered> => {
  const given = { id: NOTHING, ids: {}, attributes: {}, path: subject?.path, body: subject?.body };
  return send(server.url, requestTo(operation, document, given, type), headers.get(caller.name));
};

describe('The matrix of the Back Office', () => {
  it('is open where credentials are given out, and nowhere else', () => {
    const open = all.filter(({ operation }) => operation.declared.security === undefined);
    expect(open.map(({ operation }) => operation.name).sort()).toEqual([...OPEN].sort());
  });

  it('finds one rule on every resource of the catalogue', () => {
    const rules = catalogue.map(({ rule }) => JSON.stringify(rule));
    expect(new Set(rules).size).toBe(1);
    expect(rules.length).toBeGreaterThan(200);
  });

  it('has callers on every side of every rule, and for each permission one who lacks nothing else', () => {
    for (const row of rows) {
      const verdicts = new Set(callers.map((caller) => verdictOf(caller, row)));
      expect([...verdicts].sort()).toEqual(['forbidden', 'let through', 'unauthenticated']);
      for (const permission of row.rule.permissions) {
        const weaker = {
          ...row,
          rule: { ...row.rule, permissions: row.rule.permissions.filter((one) => one !== permission) },
        };
        const lacking = callers.filter(
          (caller) => verdictOf(caller, row) === 'forbidden' && verdictOf(caller, weaker) === 'let through',
        );
        expect({ permission, by: lacking.length > 0 }).toEqual({ permission, by: true });
      }
    }
  });
});

describe.each(rows)('$name', (row) => {
  const cells = askedOf(row).map((caller) => ({ ...caller, due: verdictOf(caller, row) }));

  it('refuses all who may not', async () => {
    const refused = cells.filter(({ due }) => due !== 'let through');
    const breaches = await breachesOf(refused, async (caller) => {
      const answer = await call(row, caller);
      const isProblem = answer.type === 'application/problem+json';
      const faults = [
        breachOf(caller.due, answer.status),
        unless(isProblem, `${answer.type}`),
        ...faultsOf(row, answer),
      ];
      return faults.find((fault) => fault !== null) ?? null;
    });
    expect(breaches).toEqual([]);
  });

  if (row.operation.name !== PARTING)
    it('lets all others through', async () => {
      const through = cells.filter(({ due }) => due === 'let through');
      const breach = async (caller: BackOfficeCaller) => breachOf('let through', (await call(row, caller)).status);
      expect(await breachesOf(through, breach, changes(row) ? 1 : undefined)).toEqual([]);
    });
});

/** The resources of the catalogue have one implementation: every third of them, unless all is asked for. */
const kinds = [...new Set(catalogue.map(({ operation }) => kindOf(operation)))];
const isAsked = ({ operation }: Row): boolean =>
  isThorough || !isOfCatalogue(operation) || kinds.indexOf(kindOf(operation)) % 3 === 0;
const aboutOne = rows.filter((row) => row.operation.path.includes('{') && isAsked(row));

describe.each(aboutOne)('$name of one that is there', (row) => {
  const called = (name: string) => callers.filter((caller) => caller.name === name);
  const state = (addresses: readonly string[]) =>
    Promise.all(
      addresses.map(async (address) => {
        const { status, body } = await world.api.get(address);
        return [status, body as unknown];
      }),
    );

  it.each(called(OTHER_ADMINISTRATOR))('$name: not found, and changes nothing', async (caller) => {
    const subject = await makeSubject(world, row.operation);
    const before = await state(subject.state);
    expect((await call(row, caller, subject)).status).toBe(404);
    expect(await state(subject.state)).toEqual(before);
  });

  it.each(called(ADMINISTRATOR))('$name: is answered as documented, and a change shows', async (caller) => {
    const subject = await makeSubject(world, row.operation);
    const before = await state(subject.state);
    const answer = await call(row, caller, subject);
    expect(successesOf(row)).toContain(String(answer.status));
    expect(faultsOf(row, answer)).toEqual([]);
    const after = await state(subject.state);
    if (!changes(row)) expect(after).toEqual(before);
    else expect(after).not.toEqual(before);
  });
});
