import type { ContactId, EntityId, GroupId } from '@portico/domain/kernel';
import type { Affiliated, AudienceMember } from '@portico/domain/publishing';

/**
 * The contacts to whom entities and groups lead, and those named. The values: the firm, and the ids of the entities,
 * groups and contacts. A contact is told by mail as they prefer it: all mails, and those about files.
 */
export const AFFILIATED = `
  with given as materialized (
    select ?::bigint as firm_id, ?::bigint[] as entities, ?::bigint[] as groups, ?::bigint[] as contacts),
  member as materialized (
    select m.entity_id, m.group_id from given, group_members m
    where m.firm_id = given.firm_id and m.entity_id = any (given.entities)),
  of_entity as materialized (
    select a.entity_id, a.contact_id from given, contact_entities a
    where a.firm_id = given.firm_id and a.entity_id = any (given.entities)),
  of_group as materialized (
    select a.group_id, a.contact_id from given, contact_groups a
    where a.firm_id = given.firm_id
      and a.group_id = any (given.groups || array(select distinct group_id from member))),
  contact as (
    select c.id, c.portal_access in ('invited', 'active') as has_access, c.publish_files,
      c.notify_by_email and coalesce(p.channel_email, t.default_email, true) as notify_by_email, c.login_email
    from given, contacts c
      left join notification_preferences p on p.contact_id = c.id and p.type = 'file_published'
      left join notification_types t on t.firm_id = c.firm_id and t.type = 'file_published'
    where c.firm_id = given.firm_id and c.id = any (given.contacts
      || array(select contact_id from of_entity union select contact_id from of_group)))
  select
    (select jsonb_agg(jsonb_build_array(id::text, has_access, publish_files, notify_by_email, login_email))
      from contact) as members,
    (select jsonb_object_agg(entity_id, ids) from (
      select entity_id, array_agg(contact_id::text order by contact_id) as ids from of_entity group by 1) e) as entities,
    (select jsonb_object_agg(group_id, ids) from (
      select group_id, array_agg(contact_id::text order by contact_id) as ids from of_group group by 1) g) as groups,
    (select jsonb_object_agg(entity_id, ids) from (
      select entity_id, array_agg(group_id::text order by group_id) as ids from member group by 1) m) as "groupsOf"`;

type Member = [id: ContactId, hasAccess: boolean, publishFiles: boolean, notifyByEmail: boolean, email: string | null];

export interface AffiliatedRow {
  readonly members: readonly Member[] | null;
  readonly entities: Readonly<Record<EntityId, ContactId[]>> | null;
  readonly groups: Readonly<Record<GroupId, ContactId[]>> | null;
  readonly groupsOf: Readonly<Record<EntityId, GroupId[]>> | null;
}

export function affiliatedOf({ members, entities, groups, groupsOf }: AffiliatedRow): Affiliated {
  return {
    members: new Map((members ?? []).map((member) => [member[0], memberOf(member)])),
    ofEntity: new Map(Object.entries(entities ?? {}) as [EntityId, ContactId[]][]),
    ofGroup: new Map(Object.entries(groups ?? {}) as [GroupId, ContactId[]][]),
    groupsOf: new Map(Object.entries(groupsOf ?? {}) as [EntityId, GroupId[]][]),
  };
}

function memberOf([contactId, hasPortalAccess, publishFiles, notifyByEmail, address]: Member): AudienceMember {
  return { contactId, hasPortalAccess, publishFiles, notifyByEmail, address };
}
