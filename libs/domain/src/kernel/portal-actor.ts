import type { CredentialRef, Origin } from './actor.js';
import type { ClientId, ContactId, FirmId } from './ids.js';

/** What a contact may do in the portal; each includes those before it. */
export const PORTAL_ROLES = ['viewer', 'collaborator', 'admin'] as const;
export type PortalRole = (typeof PORTAL_ROLES)[number];

/** Whether `role` is `needed` or includes it. */
export function includesRole(role: PortalRole, needed: PortalRole): boolean {
  return PORTAL_ROLES.indexOf(role) >= PORTAL_ROLES.indexOf(needed);
}

/** The portal worker of a firm, as one of its credentials presents it: it calls on behalf of the firm's contacts. */
export interface PortalWorker {
  readonly firmId: FirmId;
  readonly credential: CredentialRef;
}

/** What a route of the portal needs: a role, and whether it must be known which contact it is about. */
export interface PortalRule {
  readonly role: PortalRole;
  readonly user: boolean;
}

/** Who acts in the portal: built by the guard, never from a body. Companies are clients. */
export interface PortalActor extends PortalWorker {
  readonly companyId: ClientId;
  /** Of what is asked for the whole group of companies: those that count, `companyId` among them. */
  readonly companyIds: readonly ClientId[];
  /** The portal user; null where only the company is known. */
  readonly contactId: ContactId | null;
  /** Whether that contact was invited and has not used the portal before. */
  readonly isFirstUse: boolean;
  readonly role: PortalRole;
  readonly origin: Origin;
}

/** One of whom it is known which contact they are. */
export interface PortalUser extends PortalActor {
  readonly contactId: ContactId;
}
