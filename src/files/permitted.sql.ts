/**
 * Which associations are permitted to a user: an entity, a group, or an entity that is a member of a permitted group
 * (contract, section 2, "Data access"). `user` is the SQL of the user's id.
 */
export const permittedEntities = (user: string): string =>
  `(select entity_id from user_entities where user_id = ${user}
    union select m.entity_id from group_members m join user_groups g on g.group_id = m.group_id
      where g.user_id = ${user})`;

export const permittedGroups = (user: string): string => `(select group_id from user_groups where user_id = ${user})`;

/** The condition under which the user reads the file `f`, which a user with all data access needs not. */
export const readable = (user: string): string =>
  `(exists (select from file_entities a where a.file_id = f.id and a.entity_id in ${permittedEntities(user)})
    or exists (select from file_groups a where a.file_id = f.id and a.group_id in ${permittedGroups(user)})
    or (f.created_by = ${user}
      and not exists (select from file_entities a where a.file_id = f.id)
      and not exists (select from file_groups a where a.file_id = f.id)))`;
