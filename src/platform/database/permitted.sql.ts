/**
 * What is permitted to a user without all data access: an entity, a group, or an entity that is a member of a permitted
 * group (contract, section 2, "Data access"). `user` is the SQL of the user's id; a fragment stands behind `in`.
 */
export const permittedEntities = (user: string): string =>
  `(select entity_id from user_entities where user_id = ${user}
    union select m.entity_id from group_members m join user_groups g on g.group_id = m.group_id
      where g.user_id = ${user})`;

export const permittedGroups = (user: string): string => `(select group_id from user_groups where user_id = ${user})`;
