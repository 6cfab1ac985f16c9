import type { ProblemExample } from './problem-example.js';

/** What the routes about contacts and users refuse. */
export const PEOPLE: Readonly<Record<string, ProblemExample>> = {
  contact_not_found: { status: 404, detail: 'There is no contact 20' },
  contact_not_changeable: {
    status: 403,
    detail: 'You may read contact 20, but not everything it is affiliated with',
  },
  contact_has_files: {
    status: 409,
    detail: 'Files were published to contact 20, and what proves it is kept; revoke their access instead',
  },
  contact_in_use: {
    status: 409,
    detail: 'Contact 20 wrote notes, approved budgets or stands on invoices; revoke their access instead',
  },
  login_email_taken: {
    status: 409,
    detail: 'A contact of this firm signs in with adam.smith@example.com already',
    source: { pointer: '/data/attributes/login_email' },
  },
  login_email_missing: { status: 400, detail: 'Contact 20 has no login_email to sign in with' },
  login_email_required: {
    status: 400,
    detail: 'Contact 20 has portal access and must keep a login_email',
    source: { pointer: '/data/attributes/login_email' },
  },
  contact_already_active: { status: 409, detail: 'Contact 20 uses the portal already' },
  contact_revoked: { status: 409, detail: 'The portal access of contact 20 is revoked; restore it instead' },
  contact_not_active: { status: 400, detail: 'Contact 20 has no portal access to revoke' },
  contact_not_revoked: { status: 400, detail: 'The portal access of contact 20 is not revoked' },
  invalid_default_affiliation: {
    status: 400,
    detail: 'The default affiliation must be one of the entities and groups with which the contact is affiliated',
    source: { pointer: '/data/attributes/default_affiliation' },
  },
  unknown_client: {
    status: 400,
    detail: 'client_id must be the id of a client of the firm',
    source: { pointer: '/data/attributes/client_id' },
  },
  client_affiliation_required: {
    status: 400,
    detail: 'Contact 20 is a contact of client 500 and stays affiliated with its entity 10000',
    source: { pointer: '/data/0/id' },
  },
  invalid_email: {
    status: 400,
    detail: 'email "nobody" is not an e-mail address',
    source: { pointer: '/data/attributes/email' },
  },
  external_user_id_taken: {
    status: 409,
    detail: 'A user of this firm has the external id A12345 already',
    source: { pointer: '/data/attributes/external_user_id' },
  },
  user_not_found: { status: 404, detail: 'There is no user 2000' },
  email_taken: {
    status: 409,
    detail: 'A user of this firm has the address ann@example.com already',
    source: { pointer: '/data/attributes/email' },
  },
  invalid_user_name: {
    status: 400,
    detail: 'name must not be empty',
    source: { pointer: '/data/attributes/name' },
  },
  invalid_password: {
    status: 400,
    detail: 'password must have 12 to 1024 characters',
    source: { pointer: '/data/attributes/password' },
  },
  grant_exceeds_own: { status: 403, detail: 'You can not grant what you do not have: files_edit' },
  user_exceeds_own: { status: 403, detail: 'User 2000 has permissions or data that you do not have' },
  own_rights_not_changeable: {
    status: 403,
    detail: 'You can not change your own permissions, or the data that are permitted to you',
  },
  password_not_changeable: {
    status: 403,
    detail: 'Only users with all data access can set the password of another user',
    source: { pointer: '/data/attributes/password' },
  },
  last_administrator: {
    status: 409,
    detail: 'The firm must keep one user with the permission firm_admin',
    source: { pointer: '/data/attributes/permissions' },
  },
};
