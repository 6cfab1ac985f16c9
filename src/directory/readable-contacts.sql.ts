import { permittedEntities, permittedGroups } from '../platform/database/permitted.sql.js';

/**
 * The ids of the contacts that a user without all data access reads: those with a permitted affiliation, and those
 * without any that they made. `user` is the SQL of the user's id; the fragment stands behind `in`.
 */
export const readableContacts = (user: string): string =>
  `(select a.contact_id from contact_entities a where a.entity_id in ${permittedEntities(user)}
    union select a.contact_id from contact_groups a where a.group_id in ${permittedGroups(user)}
    union select own.id from contacts own where own.created_by = ${user}
      and not exists (select from contact_entities a where a.contact_id = own.id)
      and not exists (select from contact_groups a where a.contact_id = own.id))`;
