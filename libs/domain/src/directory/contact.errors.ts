import { type ContactId, DomainError } from '../kernel/index.js';

/** The refusals of the use cases about contacts. */
export const contactErrors = {
  notFound: (id: ContactId) => new DomainError('not_found', 'contact_not_found', `There is no contact ${id}`),
  notChangeable: (id: ContactId) =>
    new DomainError(
      'forbidden',
      'contact_not_changeable',
      `You may read contact ${id}, but not everything it is affiliated with`,
    ),
  loginEmailTaken: (email: string) =>
    new DomainError('conflict', 'login_email_taken', `A contact of this firm signs in with ${email} already`),
  externalUserIdTaken: (id: string) =>
    new DomainError('conflict', 'external_user_id_taken', `A contact of this firm has the external id ${id} already`),
  loginEmailMissing: (id: ContactId) =>
    new DomainError('invalid', 'login_email_missing', `Contact ${id} has no login_email to sign in with`),
  loginEmailRequired: (id: ContactId) =>
    new DomainError('invalid', 'login_email_required', `Contact ${id} has portal access and must keep a login_email`),
  alreadyActive: (id: ContactId) =>
    new DomainError('conflict', 'contact_already_active', `Contact ${id} uses the portal already`),
  revoked: (id: ContactId) =>
    new DomainError('conflict', 'contact_revoked', `The portal access of contact ${id} is revoked; restore it instead`),
  notActive: (id: ContactId) =>
    new DomainError('invalid', 'contact_not_active', `Contact ${id} has no portal access to revoke`),
  notRevoked: (id: ContactId) =>
    new DomainError('invalid', 'contact_not_revoked', `The portal access of contact ${id} is not revoked`),
  hasFiles: (id: ContactId) =>
    new DomainError(
      'conflict',
      'contact_has_files',
      `Files were published to contact ${id}, and what proves it is kept; revoke their access instead`,
    ),
  inUse: (id: ContactId) =>
    new DomainError(
      'conflict',
      'contact_in_use',
      `Contact ${id} wrote notes, approved budgets or stands on invoices; revoke their access instead`,
    ),
  notAffiliated: () =>
    new DomainError(
      'invalid',
      'invalid_default_affiliation',
      'The default affiliation must be one of the entities and groups with which the contact is affiliated',
    ),
};
