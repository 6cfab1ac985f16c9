import {
  type ClientId,
  type ContactId,
  type Data,
  Entity,
  type EntityId,
  type FirmId,
  type GroupId,
  type PortalRole,
  sameValue,
  type UserId,
} from '../kernel/index.js';
import type { Affiliations, DefaultAffiliation } from './affiliations.js';
import type { ContactEmail, FamilyMember, MailingAddress, PhoneNumber } from './contact-details.js';
import { contactErrors } from './contact.errors.js';
import {
  checkedProfile,
  type ContactProfile,
  DEFAULT_PROFILE,
  fieldsOf,
  type Language,
  type ProfileField,
} from './contact-profile.js';

export const PORTAL_ACCESS = ['none', 'invited', 'active', 'revoked'] as const;
export type PortalAccess = (typeof PORTAL_ACCESS)[number];

/** What a new contact needs at least. */
export type NewContactProfile = Pick<ContactProfile, 'firstName' | 'lastName'> & Partial<ContactProfile>;

/** A person whom the firm knows; one with portal access is a user of the portal. */
export class Contact extends Entity<Contact> implements ContactProfile {
  /** Given by the database when the contact is added. */
  readonly id!: ContactId;
  readonly firmId!: FirmId;
  /** The client whose contact this is. A contact of a client is affiliated with the client's entity. */
  readonly clientId!: ClientId | null;
  readonly title!: string | null;
  readonly firstName!: string;
  readonly lastName!: string;
  readonly suffix!: string | null;
  readonly externalUserId!: string | null;
  readonly loginEmail!: string | null;
  readonly portalAccess!: PortalAccess;
  /** When the contact first used the portal; null for one who never did. */
  readonly activatedAt!: Date | null;
  readonly birthday!: string | null;
  readonly employer!: string | null;
  readonly occupation!: string | null;
  /** The social security number, encrypted. */
  readonly sealedSsn!: Uint8Array | null;
  readonly isExemptFromTwoFactorRequirement!: boolean;
  readonly mailingAddresses!: readonly MailingAddress[];
  readonly emails!: readonly ContactEmail[];
  readonly phoneNumbers!: readonly PhoneNumber[];
  readonly familyMembers!: readonly FamilyMember[];
  /** The default affiliation is one of the two, or none. */
  readonly defaultEntityId!: EntityId | null;
  readonly defaultGroupId!: GroupId | null;
  readonly timeZone!: string;
  readonly language!: Language;
  readonly portalRole!: PortalRole;
  readonly publishFiles!: boolean;
  readonly notifyByEmail!: boolean;
  readonly createdBy!: UserId;
  readonly createdAt!: Date;
  readonly modifiedAt!: Date;
  readonly version!: number;

  /** Without portal access, without a client, and without a default affiliation. @throws InvalidField */
  constructor(state: Pick<Data<Contact>, 'firmId' | 'createdBy' | 'createdAt'> & { profile: NewContactProfile }) {
    super();
    const { profile, createdAt, ...others } = state;
    const none = { clientId: null, activatedAt: null, sealedSsn: null, defaultEntityId: null, defaultGroupId: null };
    const whole = { ...DEFAULT_PROFILE, ...checkedProfile(profile), ...none, portalAccess: 'none' };
    Object.assign(this, { ...whole, ...others, createdAt, modifiedAt: createdAt });
  }

  /**
   * Takes over what is given, and answers which fields are different now.
   * @throws InvalidField naming the first that holds what it must not
   * @throws DomainError `login_email_required`: who has access to the portal keeps an address to sign in with
   */
  edit(given: Partial<ContactProfile>, now: Date): ProfileField[] {
    const next = checkedProfile(given);
    const fields = fieldsOf(next).filter((field) => !sameValue(this[field], next[field]));
    const hasAccess = this.portalAccess === 'invited' || this.portalAccess === 'active';
    if (hasAccess && next.loginEmail === null) throw contactErrors.loginEmailRequired(this.id);
    const changed = Object.fromEntries(fields.map((field) => [field, next[field]])) as Partial<ContactProfile>;
    if (fields.length > 0) this.change({ ...changed, modifiedAt: now });
    return fields;
  }

  /** Whose contact this is from now on; null for nobody's. Answers whether that changes anything. */
  joinClient(clientId: ClientId | null, now: Date): boolean {
    if (clientId === this.clientId) return false;
    this.change({ clientId, modifiedAt: now });
    return true;
  }

  keepSsn(sealed: Uint8Array | null, now: Date): void {
    this.change({ sealedSsn: sealed, modifiedAt: now });
  }

  /**
   * Answers whether that changes anything.
   * @throws DomainError `invalid_default_affiliation` unless it is one of `affiliations`
   */
  preferAffiliation(preferred: DefaultAffiliation | null, affiliations: Affiliations, now: Date): boolean {
    const entityId = preferred && 'entityId' in preferred ? preferred.entityId : null;
    const groupId = preferred && 'groupId' in preferred ? preferred.groupId : null;
    const { entityIds, groupIds } = affiliations;
    if ((entityId !== null && !entityIds.includes(entityId)) || (groupId !== null && !groupIds.includes(groupId)))
      throw contactErrors.notAffiliated();
    if (entityId === this.defaultEntityId && groupId === this.defaultGroupId) return false;
    this.change({ defaultEntityId: entityId, defaultGroupId: groupId, modifiedAt: now });
    return true;
  }

  /** The affiliations have become these; a default that is not among them any more is none. */
  reaffiliated({ entityIds, groupIds }: Affiliations, now: Date): void {
    const { defaultEntityId: entity, defaultGroupId: group } = this;
    this.change({
      defaultEntityId: entity !== null && entityIds.includes(entity) ? entity : null,
      defaultGroupId: group !== null && groupIds.includes(group) ? group : null,
      modifiedAt: now,
    });
  }

  /**
   * Answers whether that changes anything: who is invited can be invited again.
   * @throws DomainError `login_email_missing`, `contact_already_active`, `contact_revoked`
   */
  invite(now: Date): boolean {
    if (this.portalAccess === 'active') throw contactErrors.alreadyActive(this.id);
    if (this.portalAccess === 'revoked') throw contactErrors.revoked(this.id);
    if (this.portalAccess === 'invited') return false;
    return this.giveAccess('invited', now);
  }

  /** The first use of the portal makes an invited contact active. Answers whether that changes anything. */
  activate(now: Date): boolean {
    if (this.portalAccess !== 'invited') return false;
    this.change({ portalAccess: 'active', activatedAt: now, modifiedAt: now });
    return true;
  }

  /** @throws DomainError `contact_not_active` unless the contact is invited or active */
  revoke(now: Date): boolean {
    if (this.portalAccess !== 'invited' && this.portalAccess !== 'active') throw contactErrors.notActive(this.id);
    this.change({ portalAccess: 'revoked', modifiedAt: now });
    return true;
  }

  /**
   * Gives back the access that was revoked: active when the contact had used the portal, else invited.
   * @throws DomainError `contact_not_revoked`, `login_email_missing`
   */
  restore(now: Date): boolean {
    if (this.portalAccess !== 'revoked') throw contactErrors.notRevoked(this.id);
    return this.giveAccess(this.activatedAt === null ? 'invited' : 'active', now);
  }

  private giveAccess(portalAccess: 'invited' | 'active', now: Date): boolean {
    if (this.loginEmail === null) throw contactErrors.loginEmailMissing(this.id);
    this.change({ portalAccess, modifiedAt: now });
    return true;
  }
}
