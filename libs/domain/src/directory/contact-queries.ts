import type {
  Actor,
  ClientId,
  ContactId,
  CountedList,
  EntityId,
  GroupId,
  ListRequest,
  Page,
  PageRequest,
} from '../kernel/index.js';
import type { Affiliations, DefaultAffiliation } from './affiliations.js';
import type { PortalAccess } from './contact.js';
import type { ContactProfile } from './contact-profile.js';

/** A contact as lists and single reads show it; its affiliations are those that are permitted to the actor. */
export interface ContactListItem extends ContactProfile, Affiliations {
  readonly id: ContactId;
  /** The client whose contact it is; null also when the client's entity is not permitted to the actor. */
  readonly clientId: ClientId | null;
  readonly portalAccess: PortalAccess;
  readonly ssn: string | null;
  readonly defaultAffiliation: DefaultAffiliation | null;
  readonly createdAt: Date;
  readonly modifiedAt: Date;
}

/** Conditions of a list; all of those given must hold. */
export interface ContactFilters {
  readonly portalAccess?: PortalAccess;
  /** In any case. */
  readonly loginEmail?: string;
  readonly externalUserId?: string;
  /** Affiliated with it, as far as the actor can see. */
  readonly entityId?: EntityId;
  readonly groupId?: GroupId;
}

/** The fields by which contacts are filtered and sorted. */
export type ContactField =
  | ('id' | 'clientId' | 'externalId' | 'loginEmail' | 'portalAccess' | 'portalRole' | 'firstName' | 'lastName')
  | ('employer' | 'occupation' | 'birthday' | 'timeZone' | 'language' | 'publishFiles' | 'notifyByEmail')
  | ('createdAt' | 'updatedAt');

/** Reads that decide nothing, each with one statement. What `actor` may not read is not there. */
export abstract class ContactQueries {
  abstract find(actor: Actor, id: ContactId): Promise<ContactListItem | null>;

  /** One page of the contacts that `actor` may read, in ascending id order. */
  abstract list(actor: Actor, page: PageRequest, filters?: ContactFilters): Promise<Page<ContactListItem>>;

  /** A part of them, by fields, and how many there are in all. */
  abstract listCounted(actor: Actor, request: ListRequest<ContactField>): Promise<CountedList<ContactListItem>>;
}
