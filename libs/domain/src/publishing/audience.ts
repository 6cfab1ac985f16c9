import type { ContactId, EntityId, FileId, GroupId } from '../kernel/index.js';

/** A contact as publishing looks at it. */
export interface AudienceMember {
  readonly contactId: ContactId;
  /** Whether their portal access is `invited` or `active`. */
  readonly hasPortalAccess: boolean;
  /** The contact's own preferences. */
  readonly publishFiles: boolean;
  readonly notifyByEmail: boolean;
  /** Where mails go. */
  readonly address: string | null;
}

/** Through what a file reaches a contact: an entity or group of the file, or because the call names the contact. */
export type PublishingRule =
  | { readonly kind: 'entity' | 'group' | 'group_of_entity'; readonly id: EntityId | GroupId }
  | { readonly kind: 'override' };

/** A file that is to be published, with its effective associations, each ascending. */
export interface PublishableFile {
  readonly id: FileId;
  readonly name: string;
  readonly isFolder: boolean;
  readonly mayChange: boolean;
  /** Lower-case hex; null for a folder. */
  readonly sha256: string | null;
  readonly entityIds: readonly EntityId[];
  readonly groupIds: readonly GroupId[];
}

/** Whom entities and groups lead to. */
export interface Affiliated {
  readonly members: ReadonlyMap<ContactId, AudienceMember>;
  readonly ofEntity: ReadonlyMap<EntityId, readonly ContactId[]>;
  readonly ofGroup: ReadonlyMap<GroupId, readonly ContactId[]>;
  /** The groups of which an entity is a member, ascending. */
  readonly groupsOf: ReadonlyMap<EntityId, readonly GroupId[]>;
}

/**
 * The contacts whom a file concerns, each with the first rule that leads to it: affiliated to one of its effective
 * entities, to one of its effective groups, or to a group that has one of its effective entities as a member; not the
 * other way round (contract, section 5, "Who gets it").
 */
export function candidatesOf(file: PublishableFile, affiliated: Affiliated): Map<ContactId, PublishingRule> {
  const found = new Map<ContactId, PublishingRule>();
  const add = (contacts: readonly ContactId[] | undefined, rule: PublishingRule) => {
    for (const contact of contacts ?? []) if (!found.has(contact)) found.set(contact, rule);
  };
  for (const id of file.entityIds) add(affiliated.ofEntity.get(id), { kind: 'entity', id });
  for (const id of file.groupIds) add(affiliated.ofGroup.get(id), { kind: 'group', id });
  for (const entity of file.entityIds)
    for (const id of affiliated.groupsOf.get(entity) ?? [])
      add(affiliated.ofGroup.get(id), { kind: 'group_of_entity', id });
  return found;
}
