import { isUnassociated } from '../folders/folders.module.js';
import { permittedEntities, permittedGroups } from '../platform/database/permitted.sql.js';

/**
 * Lists of what is associated with certain entities and groups, in id order, page by page.
 *
 * Such files are found in many places: each entity and group has its own in an index, and each folder below them has
 * more. To merge them all from the start would cost what the whole list costs. So the list is read in windows of ids:
 * in each window every place is asked for its files, with one probe of an index, until the page is full. The first
 * window ends where a single entity or group has filled the page, and is else twenty pages wide; the next ones are as
 * wide as those before have shown to be needed, and sixty-four times wider when they were empty. A page costs a few
 * probes for each place, wherever it begins.
 */
export interface Places {
  /** SQL of an array of ids each; all of them are evaluated once. */
  readonly entities: string;
  readonly groups: string;
  /** Folders of which everything that stands directly in them belongs to the list. */
  readonly folders: string;
  /** Of a single entity or group: the rows `a` of its own associations. */
  readonly own?: string;
  /** Further ids above `lo` and up to `hi`, if there are any. */
  readonly others?: (lo: string, hi: string) => string;
}

const ONE_PAGE = 20;
const WIDER = 64;
const NONE = `'{}'::bigint[]`;

/** The folders that have one of the permitted associations, and every folder below them. */
const foldersBelow = (associations: string): string =>
  `array(select distinct path.folder_id from folder_paths path where path.ancestor_id in (${associations}))`;

/**
 * Where everything of an entity or group is; `id` is the SQL of its id. Nowhere, unless it is among those `permitted`
 * (null: all are).
 */
export function placesOf(kind: 'entity' | 'group', id: string, permitted: string | null): Places {
  const table = kind === 'entity' ? 'file_entities' : 'file_groups';
  const asked = `array(select asked.id from (select ${id}) asked (id)${permitted ? ` where asked.id in ${permitted}` : ''})`;
  return {
    entities: kind === 'entity' ? asked : NONE,
    groups: kind === 'group' ? asked : NONE,
    own: `${table} a where a.${kind}_id = ${kind === 'entity' ? 'places.entities' : 'places.groups'}[1]`,
    folders: foldersBelow(`select a.file_id from ${table} a where a.is_folder and a.${kind}_id = any (${asked})`),
  };
}

/** Where everything is that is permitted to the user; `user` and `firm` are the SQL of their ids. */
export function permittedPlaces(user: string, firm: string): Places {
  return {
    entities: `array${permittedEntities(user)}`,
    groups: `array${permittedGroups(user)}`,
    folders: foldersBelow(
      `select a.file_id from file_entities a where a.is_folder and a.entity_id in ${permittedEntities(user)}
       union select a.file_id from file_groups a where a.is_folder and a.group_id in ${permittedGroups(user)}`,
    ),
    // compared as rows, so that it is the index on both that answers, however little is known of the user
    others: (lo, hi) =>
      `select x.id from files x where x.firm_id = ${firm} and (x.created_by, x.id) > (${user}, ${lo})
         and (x.created_by, x.id) <= (${user}, ${hi}) and ${isUnassociated('x')}`,
  };
}

/** Where everything is that is archived. */
export function archivedPlaces(firm: string): Places {
  return {
    entities: NONE,
    groups: NONE,
    folders: `array(select x.id from files x where x.firm_id = ${firm} and x.is_folder and x.deleted_at is not null)`,
    others: (lo, hi) =>
      `select x.id from files x where x.firm_id = ${firm} and x.deleted_at is not null and x.id > ${lo} and x.id <= ${hi}`,
  };
}

/** What the statement is about. All are SQL: `conditions` of the rows `f` in folders `p`; the others are values. */
export interface WindowedList {
  readonly places: Places;
  readonly conditions: string;
  readonly firm: string;
  readonly after: string;
  readonly limit: string;
  /** Only folders are listed, so that the files of the places need not be asked for. */
  readonly foldersOnly: boolean;
}

/** The statements before a `select` from `found (id)`: `limit` ids of the list above `after`. */
export function windowedList({ places, conditions, firm, after, limit, foldersOnly }: WindowedList): string {
  const filled = places.own
    ? `(select a.file_id from ${places.own} and a.file_id > ${after} order by a.file_id offset ${limit} - 1 limit 1)`
    : 'null';
  const width = `case when rounds.n = 0 then coalesce(${filled} - ${after}, ${ONE_PAGE}::bigint * ${limit}::bigint)
    else least(${WIDER} * (rounds.hi - ${after}),
      greatest(rounds.hi - ${after}, 2 * (rounds.hi - ${after}) * (${limit} - total) / greatest(total, 1))) end`;
  return `with recursive places as materialized (
      select ${places.entities} as entities, ${places.groups} as groups, ${places.folders} as folders,
        (select max(id) from files where firm_id = ${firm}) as last),
    rounds (n, hi, total, ids) as (
      select 0, ${after}::bigint, 0, '{}'::bigint[]
      union all
      select rounds.n + 1, win.hi, total + cardinality(page.ids), page.ids
      from rounds, places,
        lateral (select least(places.last, rounds.hi + ${width}) offset 0) win (hi),
        lateral (select array(
          select f.id from (${candidates(places, firm, foldersOnly)}) candidate (id)
            join files f on f.id = candidate.id left join files p on p.id = f.parent_id
          where ${conditions}
          order by f.id limit ${limit} - total) offset 0) page (ids)
      where total < ${limit} and rounds.hi < places.last),
    found (id) as (select unnest(ids) from rounds)`;
}

function candidates({ others }: Places, firm: string, foldersOnly: boolean): string {
  const within = (id: string) => `${id} > rounds.hi and ${id} <= win.hi`;
  const further = others ? ` union ${others('rounds.hi', 'win.hi')}` : '';
  if (foldersOnly) return `select d.id from unnest(places.folders) d (id) where ${within('d.id')}${further}`;
  return `select a.file_id from file_entities a where a.entity_id = any (places.entities) and ${within('a.file_id')}
    union select a.file_id from file_groups a where a.group_id = any (places.groups) and ${within('a.file_id')}
    union select x.id from files x where x.firm_id = ${firm} and x.parent_id = any (places.folders) and ${within('x.id')}
    ${further}`;
}
