import { effective, isArchived, readable } from '../folders/folders.module.js';
import { permittedEntities, permittedGroups } from '../platform/database/permitted.sql.js';

const ids = (kind: 'entity' | 'group'): string =>
  `array(select distinct a.${kind}_id from ${effective('f', kind === 'entity' ? 'entities' : 'groups')} order by 1)::text[]`;

/** Whether every effective association of the row `f` is permitted to the user. */
const changeable = (user: string): string =>
  `(not exists (select from ${effective('f', 'entities')} where a.entity_id not in ${permittedEntities(user)})
    and not exists (select from ${effective('f', 'groups')} where a.group_id not in ${permittedGroups(user)}))`;

/**
 * Files by their ids, with their effective associations, as far as the user may read them; `user` is the SQL of the
 * user's id, null for one with all data access. The values: that id, if there is one; the firm; the ids.
 */
export function publishableFiles(user: string | null, withArchived: boolean): string {
  return `select f.id::text as id, f.name, f.is_folder as "isFolder", encode(b.sha256, 'hex') as sha256,
      ${ids('entity')} as "entityIds", ${ids('group')} as "groupIds",
      ${user === null ? 'true' : changeable(user)} as "mayChange"
    from ${user === null ? '' : '(select ?::bigint as id) u, '}files f
      left join files p on p.id = f.parent_id left join blobs b on b.key = f.blob_key
    where f.firm_id = ? and f.id = any (?::bigint[]) ${withArchived ? '' : `and not ${isArchived('f', 'p')}`}
      ${user === null ? '' : `and ${readable('f', user)}`}`;
}
