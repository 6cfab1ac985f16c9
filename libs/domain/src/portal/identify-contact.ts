import {
  type ContactId,
  includesRole,
  InvalidField,
  isId,
  type PortalActor,
  type PortalRole,
  type PortalUser,
} from '../kernel/index.js';
import type { CompanyQueries } from './company-queries.js';
import { portalErrors } from './portal.errors.js';

export interface IdentifyInput {
  /** Of the body; null when it says nothing. */
  readonly portalUserId: string | null;
  /** What that contact's own role must be at least. */
  readonly role: PortalRole;
}

/**
 * Who acts where a body may say it instead of the header `X-Portal-User-Id` (seed 001, `portalUserId`). Nobody speaks
 * for another: where both say it, they say the same.
 */
export class IdentifyContact {
  constructor(private readonly companies: CompanyQueries) {}

  /**
   * The actor as that contact.
   * @throws InvalidField naming `portalUserId`; DomainError `portal_header_missing` when nobody is named,
   * `portal_user_unknown`, `portal_role_too_small`
   */
  async execute(actor: PortalActor, { portalUserId, role }: IdentifyInput): Promise<PortalUser> {
    const { contactId } = actor;
    if (portalUserId === null && contactId === null) throw portalErrors.headerMissing('X-Portal-User-Id');
    if (portalUserId !== null && !isId(portalUserId)) throw new InvalidField('portalUserId', 'must be an id');
    const named = portalUserId as ContactId | null;
    if (contactId === null) return this.known(actor, named as ContactId, role);
    if (named !== null && named !== contactId)
      throw new InvalidField('portalUserId', 'must be the contact of the header X-Portal-User-Id');
    return { ...actor, contactId };
  }

  private async known(actor: PortalActor, contactId: ContactId, role: PortalRole): Promise<PortalUser> {
    const { firmId, companyId } = actor;
    const claim = { companyId, contactId, role: actor.role, groupIds: [] };
    const { contact } = await this.companies.standing(firmId, claim);
    if (!contact) throw portalErrors.userUnknown(contactId);
    if (!includesRole(contact.role, role)) throw portalErrors.roleTooSmall(role);
    const smaller = includesRole(actor.role, contact.role) ? contact.role : actor.role;
    return { ...actor, contactId, role: smaller, isFirstUse: contact.isInvited };
  }
}
