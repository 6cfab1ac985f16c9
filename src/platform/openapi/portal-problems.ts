import { PORTAL } from './examples/portal.js';
import { apiRefusals, type RefusalFormat } from './api-problems.js';
import { PROBLEM_EXAMPLES } from './problem-examples.js';
import { PortalProblem } from './problem.dto.js';

/** What every route of the portal may answer, whatever it does. */
const EVERYWHERE = [
  ...['unauthenticated', 'missing_scope', 'portal_header_missing', 'portal_header_invalid'],
  ...['portal_company_unknown', 'portal_user_unknown', 'portal_company_outside_group', 'portal_role_too_small'],
  ...['rate_limited', 'internal_error', 'database_unavailable'],
];
const EXAMPLES = { ...PROBLEM_EXAMPLES, ...PORTAL };

/** The refusals of the Portal API. */
export const PORTAL_REFUSALS: RefusalFormat = {
  mediaType: 'application/json',
  document: PortalProblem,
  examples: EXAMPLES,
  render: (code, { detail }) => ({ error: detail, code }),
};

/** Declares the refusals of a route of the Portal API by their codes; those of every route come by themselves. */
export function ApiPortalProblems(...codes: string[]): MethodDecorator {
  return apiRefusals([...codes, ...EVERYWHERE], PORTAL_REFUSALS);
}
