import type { ClientId, ContactId, FirmId, PortalRole } from '../kernel/index.js';

/** What the portal worker says of those for whom it calls. */
export interface PortalClaim {
  readonly companyId: ClientId;
  /** Null when no contact is named. */
  readonly contactId: ContactId | null;
  readonly role: PortalRole;
  /** The companies of the group that count beside the company itself. */
  readonly groupIds: readonly ClientId[];
}

/** What is true of it. */
export interface PortalStanding {
  /** Whether the firm has the company. */
  readonly isKnown: boolean;
  /** The contact, if it is one of this very company and may use the portal. */
  readonly contact: { readonly role: PortalRole; readonly isInvited: boolean } | null;
  /** Those of the group's companies that are not below the topmost parent of the company. */
  readonly outsiders: readonly ClientId[];
}

/** Reads about companies, which are the clients of a firm. */
export abstract class CompanyQueries {
  /** With one statement. What is another firm's is as unknown as what is nobody's. */
  abstract standing(firmId: FirmId, claim: PortalClaim): Promise<PortalStanding>;
}
