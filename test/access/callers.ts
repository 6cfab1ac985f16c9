import { randomUUID } from 'node:crypto';
import { basic } from '../support/portico.js';
import type { Rule, Standing } from './expectation.js';
import type { Credentials, Headers, Issuer } from './issuer.js';

/** One column of the matrix: who calls is known before any credential is made, as tests are declared before they run. */
export interface Caller extends Standing {
  readonly name: string;
  /** Whether all data of the first firm are theirs to see. */
  readonly sees: boolean;
  /** Makes the credentials. */
  readonly headers: (issuer: Issuer) => Headers | Promise<Headers>;
}

const NO_GOOD = { identified: false, scopes: null, permissions: [], sees: false };
const ADMINISTRATOR = { identified: true, scopes: null, permissions: ['firm_admin'] };
/** A scope that no operation for users needs. */
const FOREIGN_SCOPE = 'PORTAL';

export const OTHER_ADMINISTRATOR = 'the administrator of another firm';
export const WITHOUT_DATA = 'a key with all permissions and no data';
export const ALL_PERMISSIONS = 'a key with all permissions';
export const WITHOUT_API_ACCESS = 'a key without api_access';

/** Every kind of caller; `all` is what any operation needs. */
export function callersFor(all: Rule): readonly Caller[] {
  return [
    ...strangers(),
    { ...ADMINISTRATOR, name: 'the administrator', sees: true, headers: ({ headers }) => headers },
    {
      ...ADMINISTRATOR,
      name: OTHER_ADMINISTRATOR,
      sees: false,
      headers: (issuer) => issuer.administratorOf('Other Firm'),
    },
    ...keys(all),
    ...tokens(all),
  ];
}

/** The headers of each by name; two credentials are made at a time, as each is a process or several. */
export async function headersOf(callers: readonly Caller[], issuer: Issuer): Promise<Map<string, Headers>> {
  const made = new Map<string, Headers>();
  const queue = [...callers];
  const work = async () => {
    for (let caller = queue.shift(); caller; caller = queue.shift())
      made.set(caller.name, await caller.headers(issuer));
  };
  await Promise.all([work(), work()]);
  return made;
}

function keys({ permissions: all }: Rule): Caller[] {
  const everything = ['api_access', ...all];
  const key = (name: string, permissions: string[], sees = true): Caller => ({
    ...{ name, identified: true, scopes: null, permissions, sees },
    headers: (issuer) => issuer.key(permissions, sees),
  });
  return [
    key(ALL_PERMISSIONS, everything),
    key(WITHOUT_DATA, everything, false),
    key(WITHOUT_API_ACCESS, [...all]),
    ...all.map((permission) => key(`a key without ${permission}`, without(everything, permission))),
    { ...NO_GOOD, name: 'a revoked key', headers: (issuer) => issuer.revokedKey(everything) },
  ];
}

function tokens(all: Rule): Caller[] {
  const bearer = (token: string): Headers => ({ Authorization: `Bearer ${token}` });
  const good = { identified: true, permissions: all.permissions, sees: true };
  const scopes = [...all.scopes, FOREIGN_SCOPE];
  const whole = async (issuer: Issuer, scope = all.scopes.join(' ')) =>
    bearer(await issuer.token({ permissions: all.permissions, scopes }, scope));
  const lacking = (permission: string): Caller => {
    const permissions = without(all.permissions, permission);
    const name = `a token with all scopes of a user without ${permission}`;
    const headers = async (issuer: Issuer) => bearer(await issuer.token({ permissions, scopes: all.scopes }));
    return { ...good, name, scopes: all.scopes, permissions, headers };
  };
  return [
    ...scopes.map((scope) => ({
      ...{ ...good, name: `a token with ${scope}`, scopes: [scope] },
      headers: (issuer: Issuer) => whole(issuer, scope),
    })),
    { ...good, name: 'a token with all scopes', scopes: all.scopes, headers: (issuer) => whole(issuer) },
    {
      ...{ ...NO_GOOD, name: 'a token with all scopes and the header of another firm' },
      headers: async (issuer) => ({ ...(await whole(issuer)), 'Addepar-Firm': '999999' }),
    },
    {
      ...{ ...NO_GOOD, name: 'a token with a changed signature' },
      headers: async (issuer) => {
        const [head, payload, signature = ''] = (await whole(issuer))['Authorization']?.split('.') ?? [];
        const changed = (signature.startsWith('A') ? 'B' : 'A') + signature.slice(1);
        return { Authorization: [head, payload, changed].join('.') };
      },
    },
    {
      ...{ ...NO_GOOD, name: 'a token of a revoked client' },
      headers: async (issuer) => bearer(await issuer.tokenOfRevoked({ permissions: all.permissions, scopes })),
    },
    ...all.permissions.map(lacking),
  ];
}

/** Callers whose credentials are no good, made out of the administrator's. */
function strangers(): Caller[] {
  const made: Readonly<Record<string, (given: Credentials) => Headers>> = {
    nobody: () => ({}),
    'nobody with a firm header': ({ firm }) => firm,
    'a wrong secret': ({ key, secret, firm }) => ({ ...firm, Authorization: basic(key, `${secret.slice(1)}x`) }),
    'an unknown key': ({ secret, firm }) => ({ ...firm, Authorization: basic(randomUUID(), secret) }),
    'a key without a firm header': ({ key, secret }) => ({ Authorization: basic(key, secret) }),
    'a key with the header of another firm': ({ key, secret }) => ({
      Authorization: basic(key, secret),
      'Addepar-Firm': '999999',
    }),
    'a made-up token': () => ({ Authorization: 'Bearer eyJhbGciOiJub25lIn0.e30.' }),
    'the portal worker': ({ portalToken }) => ({ Authorization: `Bearer ${portalToken}` }),
  };
  return Object.entries(made).map(([name, of]) => ({ ...NO_GOOD, name, headers: ({ given }) => of(given) }));
}

/** Without the permission, and without those that include it. */
function without(permissions: readonly string[], permission: string): string[] {
  const including: Readonly<Record<string, string>> = { files_view: 'files_edit' };
  return permissions.filter((other) => other !== permission && other !== including[permission]);
}
