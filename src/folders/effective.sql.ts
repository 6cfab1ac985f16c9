import { permittedEntities, permittedGroups } from '../platform/database/permitted.sql.js';

/**
 * The effective associations `a` of the row `f`: its own and those of every folder above it. Written so that they are
 * looked up from where they stand; as a condition on `a` they would be looked for among all.
 */
export const effective = (f: string, kind: 'entities' | 'groups'): string =>
  `(select ${f}.id union all select path.ancestor_id from folder_paths path where path.folder_id = ${f}.parent_id) source (id)
    join file_${kind} a on a.file_id = source.id`;

/** Whether the row `f` is associated with the entity or group that is the SQL `id`, or inherits it. */
export const isAssociated = (f: string, kind: 'entity' | 'group', id: string): string =>
  `exists (select from ${effective(f, kind === 'entity' ? 'entities' : 'groups')} where a.${kind}_id = ${id})`;

/** Whether the row `f` has no effective association at all. */
export const isUnassociated = (f: string): string =>
  `(not exists (select from ${effective(f, 'entities')}) and not exists (select from ${effective(f, 'groups')}))`;

/**
 * The condition under which the user reads the row `f` of `files` (contract, section 2, "Data access"), which a user
 * with all data access needs not. `user` is the SQL of the user's id.
 */
export const readable = (f: string, user: string): string =>
  `(exists (select from ${effective(f, 'entities')} where a.entity_id in ${permittedEntities(user)})
    or exists (select from ${effective(f, 'groups')} where a.group_id in ${permittedGroups(user)})
    or (${f}.created_by = ${user} and ${isUnassociated(f)}))`;

/** Whether the row `f`, which stands in the folder `p`, is archived: itself, or a file with its folder. */
export const isArchived = (f: string, p: string): string =>
  `(${f}.deleted_at is not null or ${p}.deleted_at is not null)`;
