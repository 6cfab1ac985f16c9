import { DomainError, type Permission, type Scope } from '@portico/domain/kernel';

const unauthenticated = (reason: string) => new DomainError('unauthenticated', 'unauthenticated', reason);

/** The refusals of the guard. */
export const accessErrors = {
  unauthenticated,
  notForPortalTokens: () => unauthenticated('A portal token opens the Portal API alone'),
  notForSessions: () => unauthenticated('A session opens the Back Office API alone'),
  onlyForSessions: () => unauthenticated('The Back Office API needs the access token of a session; sign in'),
  onlyForThePortal: () => unauthenticated('The Portal API needs a portal token, or a token with the scope PORTAL'),
  missingScope: (scope: Scope) =>
    new DomainError('forbidden', 'missing_scope', `The token does not have the scope ${scope}`),
  missingPermission: (permission: Permission) =>
    new DomainError('forbidden', 'missing_permission', `The user does not have the permission ${permission}`),
  rateLimited: (perMinute: number) =>
    new DomainError('rate_limited', 'rate_limited', `More than ${perMinute} requests in a minute with one credential`),
  tooManyFailures: (perMinute: number) =>
    new DomainError('rate_limited', 'rate_limited', `More than ${perMinute} failures in a minute from one address`),
};
