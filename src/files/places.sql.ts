import { permittedEntities, permittedGroups } from '../platform/database/permitted.sql.js';
import { ASSOCIATIONS, type FileConditions, type Kind } from './file-conditions.js';

const KINDS: readonly Kind[] = ['entity', 'group'];
const NONE = `'{}'::bigint[]`;
const of = (kind: Kind) => (kind === 'entity' ? 'entities' : 'groups');

/** Whether everything of the firm belongs to the list, or what has one of the associations in `places`. */
export const isWhole = ({ actor, asked }: FileConditions): boolean => actor.allDataAccess && !asked;

/** What is permitted to the actor, who has not all data access: two arrays, and no row in another firm. */
export function permittedSets({ user, firm }: FileConditions): string {
  return `permitted as materialized (
    select array${permittedEntities('u.id')} as entities, array${permittedGroups('u.id')} as groups
    from users u where u.id = ${user} and u.firm_id = ${firm})`;
}

/** The entities or groups that are permitted, where `permittedSets` stands before. */
export const permittedSet = (kind: Kind): string => `(select unnest(${of(kind)}) from permitted)`;

/**
 * Where the files and folders of the list are, each an array of ids that is collected once: `entities` and `groups`, of
 * which the associations belong to it; `folders`, of which everything that stands in them and carries no mark of its own
 * does, in the state that is asked for; `listed`, the folders that belong to it themselves; for the archive `marked`, of
 * which what carries a mark does, and `entity_homes` and `group_homes`, the archived folders in which some of the
 * associated files stand.
 */
export function placesOf(where: FileConditions): string {
  const { state, filter } = where;
  const isMark = `d.deleted_at is ${state === 'active' ? '' : 'not '}null`;
  const homes = state === 'archived' && !isWhole(where) ? KINDS : [];
  const columns = [
    ...(filter.kind === 'folders' ? [] : [`${folders(where, [isMark], isParent(where))} as folders`]),
    ...(filter.kind === 'files'
      ? []
      : [`${folders(where, [isMark, ...where.placed('d'), ...where.within('d')])} as listed`]),
    ...(homes.length > 0 ? [`${folders(where, [], isParent(where))} as marked`] : []),
    ...homes.map((kind) => `${archivedHomes(where, kind)} as ${kind}_homes`),
  ];
  return `asked as materialized (select ${asked(where)}),
    places as materialized (select asked.*, ${columns.join(', ')} from asked)`;
}

/** On the id of a folder: that it is the one that is asked for, if one is. */
const isParent =
  ({ parent }: FileConditions) =>
  (id: string): string[] =>
    parent === undefined ? [] : [parent === null ? 'false' : `${id} = ${parent}`];

function asked(where: FileConditions): string {
  const array = (kind: Kind) => {
    if (!where.asked) return isWhole(where) ? NONE : `array${permittedSet(kind)}`;
    if (where.asked.kind !== kind) return NONE;
    const table = kind === 'entity' ? 'entities' : 'groups';
    const permitted = where.actor.allDataAccess ? '' : ` and x.id in ${permittedSet(kind)}`;
    return `array(select x.id from ${table} x where x.firm_id = ${where.firm} and x.id = ${where.id(where.asked.id)}${permitted})`;
  };
  return KINDS.map((kind) => `${array(kind)} as ${of(kind)}`).join(', ');
}

/** The folders that have one of the associations and every folder below them, or all; only those that meet `conditions`. */
function folders(where: FileConditions, conditions: string[], onId: (id: string) => string[] = () => []): string {
  if (isWhole(where)) {
    const those = [`d.firm_id = ${where.firm} and d.is_folder`, ...conditions, ...onId('d.id')];
    return `array(select d.id from files d where ${those.join(' and ')})`;
  }
  const kinds = where.asked ? [where.asked.kind] : KINDS;
  const linked = kinds.map(
    (kind) =>
      `select a.file_id from ${ASSOCIATIONS[kind]} a where a.is_folder and a.${kind}_id = any (asked.${of(kind)})`,
  );
  const those = [
    `path.ancestor_id in (${linked.join(' union all ')})`,
    ...onId('path.folder_id'),
    // not as a join: each folder is to be looked up
    ...(conditions.length > 0 ? [`(select ${conditions.join(' and ')} from files d where d.id = path.folder_id)`] : []),
  ];
  return `array(select distinct path.folder_id from folder_paths path where ${those.join(' and ')})`;
}

/** The archived folders in which stand files that have one of the associations themselves. */
function archivedHomes(where: FileConditions, kind: Kind): string {
  const those = [`d.firm_id = ${where.firm} and d.is_folder and d.deleted_at is not null`, ...isParent(where)('d.id')];
  return `array(select d.id from files d where ${those.join(' and ')} and exists (
    select from ${ASSOCIATIONS[kind]} a where a.parent_id = d.id and a.${kind}_id = any (asked.${of(kind)}) offset 0))`;
}
