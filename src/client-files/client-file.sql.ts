import type { Actor } from '@portico/domain/kernel';
import { readable } from '../folders/folders.module.js';
import { permittedEntities, permittedGroups } from '../platform/database/permitted.sql.js';

/** The parameters of every read of a client: the firm, the client and the user. */
export const CLIENT_VALUES = ({ firmId, userId }: Actor, clientId: string): unknown[] => [firmId, clientId, userId];

/** Table expressions of the client, if `actor` may know of it, and whether what stands below its root is theirs to read. */
export function clientOf({ allDataAccess }: Actor): string {
  const permitted = `a.entity_id in ${permittedEntities('$3')}`;
  return `client as materialized (
    select a.id, a.firm_id, a.root_folder_id from clients a
    where a.firm_id = $1 and a.id = $2 and ${allDataAccess ? '$3::bigint is not null' : permitted}),
  root as materialized (
    select r.id, r.firm_id, r.name, r.deleted_at is not null as is_archived, ${
      allDataAccess
        ? 'true'
        : `exists (select from folder_paths path join file_entities a on a.file_id = path.ancestor_id
            where path.folder_id = r.id and ${permitted})
          or exists (select from folder_paths path join file_groups a on a.file_id = path.ancestor_id
            where path.folder_id = r.id and a.group_id in ${permittedGroups('$3')})`
    } as is_open
    from client c join files r on r.firm_id = c.firm_id and r.id = c.root_folder_id)`;
}

/** The condition under which the user reads the row `f`, which stands below `root`. */
export const mayRead = (f: string, { allDataAccess }: Actor): string =>
  allDataAccess ? 'true' : `((select is_open from root) or ${readable(f, '$3')})`;

/** What the Back Office calls the row `f`. */
export const captionOf = (f: string): string =>
  `case when ${f}.hides_extension then regexp_replace(${f}.name, '\\.[^.]*$', '') else ${f}.name end`;

/** Of the row `f` below `root`: what it stands in, to the Back Office. */
export const directoryOf = (f: string): string => `nullif(${f}.parent_id, (select id from root))`;

/** What the folder `f` is in a path: by its name, and of those that share one by its id. */
export const pathStep = (f: string): string => `${f}.name || chr(1) || lpad(${f}.id::text, 19, '0')`;
