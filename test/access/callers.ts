import { randomUUID } from 'node:crypto';
import { keyHeaders, Operator } from '../support/operator.js';
import { basic, type PorticoServer } from '../support/portico-server.js';
import type { Rule, Standing } from './expectation.js';

/** One column of the matrix. */
export interface Caller extends Standing {
  readonly headers: Readonly<Record<string, string>>;
  /** Whether the data of the first firm are theirs to see; else ids are unknown to them. */
  readonly sees: boolean;
}

/** Every kind of caller, named before any is made, because tests are declared before anything runs. */
export function callerNames({ scopes, permissions }: Rule): string[] {
  return [
    ...Object.keys(strangers({ key: '', secret: '', firmId: '' }, '')),
    'the administrator',
    'the administrator of another firm',
    'a key with all permissions',
    'a key without api_access',
    ...permissions.map((permission) => `a key without ${permission}`),
    'a key with all permissions and no data',
    'a revoked key',
    ...scopes.map((scope) => `a token with ${scope}`),
    'a token with all scopes',
    'a token with all scopes and the header of another firm',
    'a token with another scope',
    'a token with a changed signature',
    'a token of a revoked client',
    ...permissions.map((permission) => `a token with all scopes of a user without ${permission}`),
  ];
}

/** Makes every caller of `callerNames` with the operator's command line. `all` is what any operation needs. */
export async function makeCallers(server: PorticoServer, portalToken: string, all: Rule): Promise<Map<string, Caller>> {
  const { firmId } = server.credentials;
  const operator = new Operator(server);
  const callers = new Map<string, Caller>();
  const none = { identified: false, scopes: null, permissions: [], sees: false };
  for (const [name, headers] of Object.entries(strangers(server.credentials, portalToken)))
    callers.set(name, { ...none, headers });
  const admin = { identified: true, scopes: null, permissions: ['firm_admin'] };
  callers.set('the administrator', { ...admin, headers: server.headers, sees: true });

  const addKey = async (name: string, permissions: string[], allData = true): Promise<void> => {
    const key = await operator.apiKey(await operator.user({ permissions, allData }));
    callers.set(name, { identified: true, scopes: null, permissions, sees: allData, headers: keyHeaders(key, firmId) });
  };
  const everything = ['api_access', ...all.permissions];
  await inPairs([
    async () => {
      const other = await operator.firm('Other Firm');
      const headers = keyHeaders(other.apiKey, other.firmId);
      callers.set('the administrator of another firm', { ...admin, headers, sees: false });
    },
    () => addKey('a key with all permissions', everything),
    () => addKey('a key with all permissions and no data', everything, false),
    () => addKey('a key without api_access', [...all.permissions]),
    ...all.permissions.map(
      (permission) => () => addKey(`a key without ${permission}`, without(everything, permission)),
    ),
    async () => {
      const key = await operator.apiKey(await operator.user({ permissions: everything, allData: true }));
      await operator.revoke('api-key', key.key);
      callers.set('a revoked key', { ...none, headers: keyHeaders(key, firmId) });
    },
    ...tokenMakers(operator, all, callers),
  ]);
  return callers;
}

function tokenMakers(operator: Operator, all: Rule, callers: Map<string, Caller>): (() => Promise<void>)[] {
  const add = (name: string, token: string, standing: Partial<Caller>): void => {
    const headers = { Authorization: `Bearer ${token}` };
    const whole = { identified: true, scopes: all.scopes, permissions: all.permissions, sees: true, headers };
    callers.set(name, { ...whole, ...standing });
  };
  const foreign = 'ENTITIES';
  return [
    async () => {
      const user = await operator.user({ permissions: all.permissions, allData: true });
      const client = await operator.oauthClient(user, [...all.scopes, foreign]);
      for (const scope of all.scopes)
        add(`a token with ${scope}`, await operator.token(client, scope), { scopes: [scope] });
      add('a token with another scope', await operator.token(client, foreign), { scopes: [foreign] });
      const token = await operator.token(client);
      add('a token with all scopes', token, {});
      const headers = { Authorization: `Bearer ${token}`, 'Addepar-Firm': '999999' };
      add('a token with all scopes and the header of another firm', token, { headers, identified: false });
      const [head, payload, signature = ''] = token.split('.');
      const changed = (signature.startsWith('A') ? 'B' : 'A') + signature.slice(1);
      add('a token with a changed signature', [head, payload, changed].join('.'), { identified: false });
      const passing = await operator.oauthClient(user, all.scopes);
      const last = await operator.token(passing);
      await operator.revoke('oauth-client', passing.clientId);
      add('a token of a revoked client', last, { identified: false });
    },
    ...all.permissions.map((permission) => async () => {
      const permissions = without([...all.permissions], permission);
      const client = await operator.oauthClient(await operator.user({ permissions, allData: true }), all.scopes);
      const name = `a token with all scopes of a user without ${permission}`;
      add(name, await operator.token(client), { permissions });
    }),
  ];
}

/** Callers whose credentials are no good. */
function strangers(
  { key, secret, firmId }: { key: string; secret: string; firmId: string },
  portalToken: string,
): Record<string, Record<string, string>> {
  const firm = { 'Addepar-Firm': firmId };
  return {
    nobody: {},
    'nobody with a firm header': firm,
    'a wrong secret': { ...firm, Authorization: basic(key, `${secret.slice(1)}x`) },
    'an unknown key': { ...firm, Authorization: basic(randomUUID(), secret) },
    'a key without a firm header': { Authorization: basic(key, secret) },
    'a key with the header of another firm': { Authorization: basic(key, secret), 'Addepar-Firm': '999999' },
    'a made-up token': { Authorization: 'Bearer eyJhbGciOiJub25lIn0.e30.' },
    'the portal worker': { Authorization: `Bearer ${portalToken}` },
  };
}

/** Without the permission, and without those that include it. */
function without(permissions: readonly string[], permission: string): string[] {
  const including: Readonly<Record<string, string>> = { files_view: 'files_edit' };
  return permissions.filter((other) => other !== permission && other !== including[permission]);
}

/** Two at a time: each is a process of its own. */
async function inPairs(tasks: (() => Promise<void>)[]): Promise<void> {
  const queue = [...tasks];
  const work = async () => {
    for (let task = queue.shift(); task; task = queue.shift()) await task();
  };
  await Promise.all([work(), work()]);
}
