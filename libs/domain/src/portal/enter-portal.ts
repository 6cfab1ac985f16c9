import {
  includesRole,
  type Origin,
  type PortalActor,
  type PortalRole,
  type PortalRule,
  type PortalWorker,
} from '../kernel/index.js';
import type { CompanyQueries, PortalClaim, PortalStanding } from './company-queries.js';
import { portalErrors } from './portal.errors.js';

/** Decides for whom the portal worker acts, and whether they may (contract, section 7, "Headers"). */
export class EnterPortal {
  constructor(private readonly companies: CompanyQueries) {}

  /**
   * The smaller of the role that is claimed and the contact's own counts.
   * @throws DomainError `portal_company_unknown`, `portal_user_unknown`, `portal_company_outside_group`,
   *   `portal_role_too_small`
   */
  async execute(worker: PortalWorker, claim: PortalClaim, rule: PortalRule, origin: Origin): Promise<PortalActor> {
    const { firmId, credential } = worker;
    const { companyId, contactId } = claim;
    const standing = await this.companies.standing(firmId, claim);
    requireStanding(claim, standing);
    const { contact } = standing;
    const role = contact ? smaller(claim.role, contact.role) : claim.role;
    if (!includesRole(role, rule.role)) throw portalErrors.roleTooSmall(rule.role);
    const companyIds = [...new Set([companyId, ...claim.groupIds])];
    return {
      firmId,
      credential,
      companyId,
      companyIds,
      contactId,
      isFirstUse: contact?.isInvited === true,
      role,
      origin,
    };
  }
}

function requireStanding(claim: PortalClaim, { isKnown, contact, outsiders }: PortalStanding): void {
  if (!isKnown) throw portalErrors.companyUnknown(claim.companyId);
  if (claim.contactId !== null && !contact) throw portalErrors.userUnknown(claim.contactId);
  if (outsiders.length > 0) throw portalErrors.outsideGroup(outsiders);
}

function smaller(one: PortalRole, other: PortalRole): PortalRole {
  return includesRole(one, other) ? other : one;
}
