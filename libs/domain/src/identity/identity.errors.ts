import { DomainError, type FirmId, type UserId } from '../kernel/index.js';

/** The refusals of the identity use cases. */
export const identityErrors = {
  firmIdTaken: (id: FirmId) => new DomainError('conflict', 'firm_id_taken', `Firm ${id} exists already`),
  invalidFirmName: () => new DomainError('invalid', 'invalid_firm_name', 'A firm needs a name of 1 to 160 characters'),
  firmNotFound: (id: string) => new DomainError('not_found', 'firm_not_found', `There is no firm ${id}`),
  emailTaken: (email: string) =>
    new DomainError('conflict', 'email_taken', `A user of this firm has the address ${email} already`),
  userNotFound: (email: string) => new DomainError('not_found', 'user_not_found', `The firm has no user ${email}`),
  externalUserIdTaken: (id: string) =>
    new DomainError('conflict', 'external_user_id_taken', `A user of this firm has the external id ${id} already`),
  noUser: (id: UserId) => new DomainError('not_found', 'user_not_found', `There is no user ${id}`),
  grantExceedsOwn: (missing: readonly string[]) =>
    new DomainError('forbidden', 'grant_exceeds_own', `You can not grant what you do not have: ${missing.join(', ')}`),
  userExceedsOwn: (id: UserId) =>
    new DomainError('forbidden', 'user_exceeds_own', `User ${id} has permissions or data that you do not have`),
  ownRights: () =>
    new DomainError(
      'forbidden',
      'own_rights_not_changeable',
      'You can not change your own permissions, or the data that are permitted to you',
    ),
  passwordOfOther: () =>
    new DomainError(
      'forbidden',
      'password_not_changeable',
      'Only users with all data access can set the password of another user',
    ),
  lastAdministrator: () =>
    new DomainError('conflict', 'last_administrator', 'The firm must keep one user with the permission firm_admin'),
  emptyPassword: () => new DomainError('invalid', 'invalid_password', 'The password must not be empty'),
  keyTaken: (key: string) => new DomainError('conflict', 'api_key_taken', `The API key ${key} exists already`),
  noScopes: () => new DomainError('invalid', 'invalid_scopes', 'An OAuth client needs at least one scope'),
  portalNeedsNoPerson: () =>
    new DomainError(
      'invalid',
      'invalid_scopes',
      'A client with redirect URIs can not have the scope PORTAL: it would let each of its users act for every contact',
    ),
  redirectUri: (uri: string, reason: string) =>
    new DomainError('invalid', 'invalid_redirect_uri', `The redirect URI "${uri}" ${reason}`),
  tooManyRedirectUris: (most: number) =>
    new DomainError('invalid', 'invalid_redirect_uri', `A client has ${most} redirect URIs at most`),
  publicWithoutRedirect: () =>
    new DomainError('invalid', 'invalid_redirect_uri', 'A public client needs at least one redirect URI'),
  noGrant: (id: string) => new DomainError('not_found', 'oauth_grant_not_found', `There is no grant ${id} to give`),
  unknownScope: (name: string) => new DomainError('invalid', 'invalid_scopes', `There is no scope "${name}"`),
  credentialNotFound: (what: string, id: string) =>
    new DomainError('not_found', 'credential_not_found', `There is no active ${what} ${id}`),
};
