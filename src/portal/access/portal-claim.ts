import type { IncomingHttpHeaders } from 'node:http';
import {
  type ClientId,
  type ContactId,
  isId,
  PORTAL_ROLES,
  type PortalRole,
  type PortalRule,
} from '@portico/domain/kernel';
import { type PortalClaim, portalErrors } from '@portico/domain/portal';

/** The headers with which the portal worker says for whom it calls (seed 001). */
export const PORTAL_HEADERS = {
  company: 'X-Portal-Company-Id',
  role: 'X-Portal-User-Role',
  user: 'X-Portal-User-Id',
  group: 'X-Portal-Group-Company-Ids',
} as const;

/**
 * What the headers of a call claim.
 * @throws DomainError `portal_header_missing`, `portal_header_invalid` naming the header
 */
export function claimIn(headers: IncomingHttpHeaders, rule: PortalRule): PortalClaim {
  const { company, role, user, group } = PORTAL_HEADERS;
  const companyId = idIn(company, required(headers, company)) as ClientId;
  const claimed = roleIn(required(headers, role));
  const contact = rule.user ? required(headers, user) : valueOf(headers, user);
  const groupIds = valueOf(headers, group)?.split(',') ?? [];
  return {
    companyId,
    role: claimed,
    contactId: contact === null ? null : (idIn(user, contact) as ContactId),
    groupIds: [...new Set(groupIds.map((id) => idIn(group, id.trim()) as ClientId))],
  };
}

/** Null when it is not there, or empty. */
function valueOf(headers: IncomingHttpHeaders, name: string): string | null {
  const value = String(headers[name.toLowerCase()] ?? '').trim();
  return value === '' ? null : value;
}

function required(headers: IncomingHttpHeaders, name: string): string {
  const value = valueOf(headers, name);
  if (value === null) throw portalErrors.headerMissing(name);
  return value;
}

function idIn(header: string, text: string): string {
  const form = header === PORTAL_HEADERS.group ? 'must hold ids separated by commas' : 'must be an id';
  if (!isId(text)) throw portalErrors.headerInvalid(header, form);
  return text;
}

function roleIn(text: string): PortalRole {
  const role = PORTAL_ROLES.find((known) => known === text);
  if (!role) throw portalErrors.headerInvalid(PORTAL_HEADERS.role, `must be one of ${PORTAL_ROLES.join(', ')}`);
  return role;
}
