import type { Operation } from '../support/openapi-document.js';

const ROLES = ['viewer', 'collaborator', 'admin'];
export const USER_HEADER = 'X-Portal-User-Id';
/** Contract, section 7: beside reading, a viewer may do this. */
const OPEN_TO_VIEWERS = [
  ...['POST /api/portal/files/{id}/acknowledge', 'POST /api/portal/results/ask'],
  ...['read-all', '{id}/read', '{id}/archive'].map((step) => `POST /api/portal/notifications/${step}`),
  'PUT /api/portal/notifications/preferences',
];

/** What an operation of the portal declares. */
export interface PortalRule {
  readonly role: string;
  /** Whether it must be known which contact it is about. */
  readonly user: boolean;
}

/** How a caller stands to the portal, in the order in which it is looked at. */
export interface PortalStanding {
  readonly identified: boolean;
  /** Whether the token is one of the portal, or has the scope for it. */
  readonly isForPortal: boolean;
  /** Whether the headers that every route needs are there, and all that are there are well formed. */
  readonly isWellFormed: boolean;
  readonly namesUser: boolean;
  /** Whether company, contact and group are what the headers say. */
  readonly isTrue: boolean;
  /** The smaller of the claimed role and the contact's own. */
  readonly role: string;
  /** Whether they are the contact of the matrix, to whom its subject may be published. */
  readonly sees: boolean;
  /** Whether they call for the company of the matrix. */
  readonly isOfCompany: boolean;
}

/** Who sees what an operation is about: the contact, everybody of the company, or it is about none in particular. */
export type PortalSubject = 'contact' | 'company' | 'nobody';

export type PortalVerdict = 'let through' | 'unauthenticated' | 'bad request' | 'forbidden' | 'not found';

export const STATUS_OF: Readonly<Record<Exclude<PortalVerdict, 'let through'>, number>> = {
  unauthenticated: 401,
  'bad request': 400,
  forbidden: 403,
  'not found': 404,
};

/** @throws Error when the operation does not declare all of its rule: nothing may be open by omission */
export function portalRuleOf({ name, method, declared }: Operation): PortalRule {
  const { security = [], 'x-portal-role': role = '', parameters = [] } = declared;
  if (JSON.stringify(security) !== '[{"portalToken":[]},{"oauth2":["PORTAL"]}]')
    throw new Error(`${name} does not declare the tokens of the portal and nothing else`);
  if (!ROLES.includes(role)) throw new Error(`${name} declares no role`);
  if (method !== 'GET' && role === 'viewer' && !OPEN_TO_VIEWERS.includes(name))
    throw new Error(`${name} changes something with the role viewer`);
  const user = parameters.find((parameter) => parameter.in === 'header' && parameter.name === USER_HEADER);
  if (!user) throw new Error(`${name} does not declare ${USER_HEADER}`);
  return { role, user: user.required === true };
}

/** What must become of a call by `standing` to an operation under `rule`, which is about a subject or not. */
export function portalVerdictOn(standing: PortalStanding, rule: PortalRule, subject: PortalSubject): PortalVerdict {
  if (!standing.identified) return 'unauthenticated';
  if (!standing.isForPortal) return 'forbidden';
  if (!standing.isWellFormed || (rule.user && !standing.namesUser)) return 'bad request';
  if (!standing.isTrue || ROLES.indexOf(standing.role) < ROLES.indexOf(rule.role)) return 'forbidden';
  if (subject === 'nobody') return 'let through';
  return standing.isOfCompany && (subject === 'company' || standing.sees) ? 'let through' : 'not found';
}
