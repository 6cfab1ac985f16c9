import { type ClientId, type ContactId, DomainError, type FileId, type PortalRole } from '../kernel/index.js';

const COMPANY = 'X-Portal-Company-Id';
const USER = 'X-Portal-User-Id';
const ROLE = 'X-Portal-User-Role';
const GROUP = 'X-Portal-Group-Company-Ids';

/** The refusals of the portal (contract, section 7). */
export const portalErrors = {
  headerMissing: (header: string) =>
    new DomainError('invalid', 'portal_header_missing', `The header ${header} is missing`, { header }),
  headerInvalid: (header: string, reason: string) =>
    new DomainError('invalid', 'portal_header_invalid', `The header ${header} ${reason}`, { header }),
  companyUnknown: (id: ClientId) =>
    new DomainError('forbidden', 'portal_company_unknown', `The firm has no company ${id}`, { header: COMPANY }),
  userUnknown: (id: ContactId) =>
    new DomainError(
      'forbidden',
      'portal_user_unknown',
      `${id} is not a contact of this company who may use the portal`,
      { header: USER },
    ),
  outsideGroup: (ids: readonly ClientId[]) =>
    new DomainError(
      'forbidden',
      'portal_company_outside_group',
      `These companies do not belong to the group of this company: ${ids.slice(0, 20).join(', ')}`,
      { header: GROUP },
    ),
  roleTooSmall: (needed: PortalRole) =>
    new DomainError('forbidden', 'portal_role_too_small', `This needs the role ${needed}`, { header: ROLE }),
  fileNotFound: (id: FileId) =>
    new DomainError('not_found', 'file_not_found', `There is no file ${id} that was published to you`),
};
