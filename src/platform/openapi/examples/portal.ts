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
  project_not_found: { status: 404, detail: 'There is no project 01989a3e-5f00-7000-8000-000000000001' },
  budget_not_found: { status: 404, detail: 'There is no budget with this id' },
  budget_not_pending: { status: 409, detail: 'This budget does not wait for approval' },
  invoice_not_found: { status: 404, detail: 'There is no invoice with this id' },
  page_not_found: { status: 404, detail: 'There is no page with this id' },
  note_not_found: { status: 404, detail: 'There is no note on this resource with the id in parentId' },
  invalid_body: { status: 400, detail: 'The body must be a JSON object' },
  connection_not_found: { status: 404, detail: 'There is no connection 01989a3e-5f00-7000-8000-000000000001' },
  connection_test_failed: {
    status: 400,
    detail: 'The connection to Shopify could not be made: [API] Invalid API key or access token',
  },
  platform_already_connected: { status: 409, detail: 'This account of Shopify is connected already' },
  connection_managed_by_agency: {
    status: 403,
    detail: 'The agency manages this connection; ask the agency to end it',
  },
  request_not_found: { status: 404, detail: 'Your company has no request with this id' },
  unexpected_part: {
    status: 400,
    detail: 'There may be one part "file" and one part "caption"; "name" is too much',
  },
  part_too_large: { status: 413, detail: 'The part "caption" is too large' },
  documents_closed: { status: 409, detail: 'Documents of this company are not taken at present' },
  dashboard_disabled: { status: 403, detail: 'The dashboard of this company is not enabled' },
  notification_not_found: {
    status: 404,
    detail: 'There is no notification 01989a3e-5f00-7000-8000-000000000001 for you',
  },
  unknown_notification_type: { status: 400, detail: 'There is no type "weather" of which clients are told' },
  repeated_notification_type: { status: 400, detail: 'The type "invoice_issued" is given twice' },
  critical_notification_type: { status: 400, detail: 'The type "contract_to_sign" can not be turned off' },
  file_not_found: { status: 404, detail: 'There is no file 37 that was published to you' },
};
