import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { BackOfficeApi } from '../support/back-office-api.js';
import { type Operation, readDocument } from '../support/openapi-document.js';
import { PorticoServer } from '../support/portico-server.js';
import {
  ADMINISTRATOR,
  type BackOfficeCaller,
  backOfficeCallers,
  BackOfficeCast,
  OTHER_ADMINISTRATOR,
} from './back-office-callers.js';
import { breachOf, type Rule, verdictOn } from './expectation.js';
import type { Headers } from './issuer.js';
import { type Answered, changes, faultsOf, type MatrixRow, rowsOf, send, successesOf } from './matrix.js';
import { requestTo } from './matrix-request.js';

jest.setTimeout(120_000);

const PORTAL_TOKEN = 'portal-token-of-the-back-office-matrix';
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

let server: PorticoServer;
let cast: BackOfficeCast;
const headers = new Map<string, Headers>();

beforeAll(async () => {
  server = await PorticoServer.start({ env: { BOOTSTRAP_PORTAL_TOKEN: PORTAL_TOKEN } });
  cast = new BackOfficeCast(server, PORTAL_TOKEN);
  for (const caller of callers) headers.set(caller.name, await caller.headers(cast));
});
afterAll(() => server.dispose());

const call = ({ document, operation, type }: MatrixRow, caller: BackOfficeCaller, id = NOTHING): Promise<Answered> =>
  send(server.url, requestTo(operation, document, { id, ids: {}, attributes: {} }, type), headers.get(caller.name));

describe('The matrix of the Back Office', () => {
  it('is open where credentials are given out, and nowhere else', () => {
    const open = all.filter(({ operation }) => operation.declared.security === undefined);
    expect(open.map(({ operation }) => operation.name).sort()).toEqual([...OPEN].sort());
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
  const cells = callers.map((caller) => ({ ...caller, due: verdictOf(caller, row) }));

  it.each(cells.filter(({ due }) => due !== 'let through'))('$name: $due', async (caller) => {
    const answer = await call(row, caller);
    expect(breachOf(caller.due, answer.status)).toBeNull();
    expect(answer.type).toBe('application/problem+json');
    expect(faultsOf(row, answer)).toEqual([]);
  });

  if (row.operation.name !== PARTING)
    it.each(cells.filter(({ due }) => due === 'let through'))('$name: let through', async (caller) => {
      const { status } = await call(row, caller);
      expect(breachOf('let through', status)).toBeNull();
    });
});

/** What the document does not tell of a resource; colleagues of these are proved in suites of their own. */
const RESOURCES: Readonly<Record<string, (api: BackOfficeApi, operation: Operation) => Promise<number>>> = {
  clients: async (api) => (await api.create('/clients', { name: 'Matrix' })).id,
  users: async (api) => (await api.create('/users', { email: `${unique()}@example.test`, name: 'Matrix' })).id,
  contacts: async (api, { path }) => {
    const names = { firstName: 'M', lastName: 'M', loginEmail: `${unique()}@example.test` };
    const { id } = await api.create('/contacts', names);
    const step = path.split('/').at(-1) ?? '';
    if (step === 'revoke' || step === 'restore') await api.call('post', `/contacts/${id}/invite`).expect(200);
    if (step === 'restore') await api.call('post', `/contacts/${id}/revoke`).expect(200);
    return id;
  },
};
let made = 0;
const unique = (): string => `matrix-${process.pid}-${++made}`;
const kindOf = ({ operation }: Row): string => operation.path.split('/')[3] ?? '';
const aboutOne = rows.filter((row) => row.operation.path.includes('{id}') && kindOf(row) in RESOURCES);

describe.each(aboutOne)('$name of one that is there', (row) => {
  const called = (name: string) => callers.filter((caller) => caller.name === name);
  const api = () => new BackOfficeApi(server.url, headers.get(ADMINISTRATOR));
  const make = async () => String(await RESOURCES[kindOf(row)]?.(api(), row.operation));
  const state = async (id: string) => {
    const answer = await api().get(`/${kindOf(row)}/${id}`);
    return [answer.status, answer.body as unknown];
  };

  it.each(called(OTHER_ADMINISTRATOR))('$name: not found, and changes nothing', async (caller) => {
    const id = await make();
    const before = await state(id);
    expect((await call(row, caller, id)).status).toBe(404);
    expect(await state(id)).toEqual(before);
  });

  it.each(called(ADMINISTRATOR))('$name: is answered as documented, and a change shows', async (caller) => {
    const id = await make();
    const before = await state(id);
    const answer = await call(row, caller, id);
    expect(successesOf(row).concat('409')).toContain(String(answer.status));
    expect(faultsOf(row, answer)).toEqual([]);
    const after = await state(id);
    if (!changes(row) || row.operation.path.endsWith('clients/{id}/restore')) expect(after).toEqual(before);
    else if (answer.status < 300) expect(after).not.toEqual(before);
  });
});
