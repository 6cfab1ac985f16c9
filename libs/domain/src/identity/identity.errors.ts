import { DomainError, type FirmId } from '../kernel/index.js';

/** The refusals of the identity use cases. */
export const identityErrors = {
  firmIdTaken: (id: FirmId) => new DomainError('conflict', 'firm_id_taken', `Firm ${id} exists already`),
  invalidFirmName: () => new DomainError('invalid', 'invalid_firm_name', 'A firm needs a name of 1 to 160 characters'),
  firmNotFound: (id: string) => new DomainError('not_found', 'firm_not_found', `There is no firm ${id}`),
  emailTaken: (email: string) =>
    new DomainError('conflict', 'email_taken', `A user of this firm has the address ${email} already`),
  userNotFound: (email: string) => new DomainError('not_found', 'user_not_found', `The firm has no user ${email}`),
  unknownAssociations: (kind: 'entities' | 'groups', ids: readonly string[]) =>
    new DomainError('invalid', `unknown_${kind}`, `The firm has no ${kind} with the ids ${ids.join(', ')}`),
  emptyPassword: () => new DomainError('invalid', 'invalid_password', 'The password must not be empty'),
  keyTaken: (key: string) => new DomainError('conflict', 'api_key_taken', `The API key ${key} exists already`),
  noScopes: () => new DomainError('invalid', 'invalid_scopes', 'An OAuth client needs at least one scope'),
  unknownScope: (name: string) => new DomainError('invalid', 'invalid_scopes', `There is no scope "${name}"`),
  credentialNotFound: (what: string, id: string) =>
    new DomainError('not_found', 'credential_not_found', `There is no active ${what} ${id}`),
};
