import type { Operation } from '../support/openapi-document.js';

/** What an operation declares: a key needs the permissions, a token the scopes too. Without any, every caller may. */
export interface Rule {
  readonly scopes: readonly string[];
  readonly permissions: readonly string[];
}

/** Somebody who calls; `identified` says whether the credentials are good at all for this API. */
export interface Standing {
  readonly identified: boolean;
  /** Of a token; null when the credential has no scopes. */
  readonly scopes: readonly string[] | null;
  readonly permissions: readonly string[];
}

export type Verdict = 'let through' | 'unauthenticated' | 'forbidden';

const INCLUDED: Readonly<Record<string, readonly string[]>> = { files_edit: ['files_view'] };

/** @throws Error when the operation does not declare all of its rule: nothing may be open by omission */
export function ruleOf({ name, method, declared }: Operation): Rule {
  const { security = [], 'x-permissions': permissions } = declared;
  const key = security.find((requirement) => 'apiKey' in requirement);
  const scopes = security.find((requirement) => 'oauth2' in requirement)?.['oauth2'];
  if (!key || !('firm' in key)) throw new Error(`${name} declares no API key with a firm`);
  if (!scopes) throw new Error(`${name} declares no OAuth scopes, not even none`);
  if (security.some((requirement) => Object.keys(requirement).length === 0)) throw new Error(`${name} is open to all`);
  if (!permissions) throw new Error(`${name} declares no permissions, not even none`);
  if (permissions.length > 0 && scopes.length === 0) throw new Error(`${name} needs permissions, but no scope`);
  if (method !== 'GET' && permissions.length === 0) throw new Error(`${name} changes something with no permission`);
  if (method !== 'GET' && !scopes.some((scope) => scope.endsWith('_WRITE')))
    throw new Error(`${name} changes something with no scope for that`);
  return { scopes, permissions };
}

/** What must become of a call by `standing` to an operation under `rule` (contract, section 2). */
export function verdictOn(standing: Standing, rule: Rule): Verdict {
  if (!standing.identified) return 'unauthenticated';
  const scopes = standing.scopes?.flatMap((scope) => [scope, scope.replace(/_WRITE$/, '')]);
  const permissions = standing.permissions.flatMap((permission) => [permission, ...(INCLUDED[permission] ?? [])]);
  const has = (permission: string) => permissions.includes('firm_admin') || permissions.includes(permission);
  const scoped = scopes === undefined ? has('api_access') : rule.scopes.every((scope) => scopes.includes(scope));
  return scoped && rule.permissions.every(has) ? 'let through' : 'forbidden';
}

/** Why an answer does not keep the verdict; null when it does. */
export function breachOf(verdict: Verdict, status: number): string | null {
  const refused = status === 401 || status === 403;
  switch (verdict) {
    case 'let through':
      return refused || status >= 500 ? `should have been let through, was answered ${status}` : null;
    case 'unauthenticated':
      return status === 401 ? null : `should have been 401, was answered ${status}`;
    case 'forbidden':
      return status === 403 ? null : `should have been 403, was answered ${status}`;
  }
}

/** The same rule with one name less, each with that name: who is let through by it lacks nothing but the name. */
export function weakenings(rule: Rule): { readonly without: string; readonly rule: Rule }[] {
  const less = (names: readonly string[], name: string) => names.filter((other) => other !== name);
  return [
    ...rule.scopes.map((name) => ({ without: name, rule: { ...rule, scopes: less(rule.scopes, name) } })),
    ...rule.permissions.map((name) => ({
      without: name,
      rule: { ...rule, permissions: less(rule.permissions, name) },
    })),
  ];
}
