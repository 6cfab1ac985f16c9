import type { ProblemExample } from './problem-example.js';

/** What the Portal API refuses; of codes that other APIs have too, as it is said here. */
export const PORTAL: Readonly<Record<string, ProblemExample>> = {
  unauthenticated: { status: 401, detail: 'The token is not valid' },
  missing_scope: { status: 403, detail: 'The token does not have the scope PORTAL' },
  portal_header_missing: { status: 400, detail: 'The header X-Portal-Company-Id is missing' },
  portal_header_invalid: {
    status: 400,
    detail: 'The header X-Portal-User-Role must be one of viewer, collaborator, admin',
  },
  portal_company_unknown: { status: 403, detail: 'The firm has no company 500' },
  portal_user_unknown: { status: 403, detail: '20 is not a contact of this company who may use the portal' },
  portal_company_outside_group: {
    status: 403,
    detail: 'These companies do not belong to the group of this company: 501',
  },
  portal_role_too_small: { status: 403, detail: 'This needs the role collaborator' },
  unknown_member: { status: 400, detail: '"include" is unknown here or can not be set' },
  invalid_value: { status: 400, detail: 'limit must be a whole number from 1 to 500' },
  file_not_found: { status: 404, detail: 'There is no file 37 that was published to you' },
};
