import { type Scope, SCOPE_ALIASES, scopeNamed } from '@portico/domain/kernel';

/** The scopes of people's sign-ins that OpenID Connect knows; what they open is told by an ID token alone. */
export const OPENID_SCOPES = ['openid', 'offline_access'] as const;

/** `scopes` in all the spellings in which they may be asked for. */
export function spelled(scopes: Iterable<Scope>): string[] {
  const all = new Set<Scope>(scopes);
  const aliases = Object.entries(SCOPE_ALIASES).flatMap(([alias, scope]) => (all.has(scope) ? [alias] : []));
  return [...all, ...aliases];
}

/** Our own scopes among those that `asked` names, each once, in proper spelling. */
export function scopesIn(asked: string): Scope[] {
  return [...new Set(asked.split(' ').flatMap((name) => scopeNamed(name) ?? []))];
}
