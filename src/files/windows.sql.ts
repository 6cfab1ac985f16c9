import { candidates } from './candidates.sql.js';
import { ASSOCIATIONS, type FileConditions } from './file-conditions.js';
import { placesOf } from './places.sql.js';

/**
 * Lists of what is found in many places, in id order, page by page.
 *
 * Each entity and group has its files in an index, and each folder has more. To merge all places from the start would
 * cost what the whole list costs. So the list is read in windows of ids: in each window every place is asked for its
 * files, with one probe of an index, until the page is full. The first window ends where a single entity or group has
 * filled the page, and is else twenty pages wide; the next ones are as wide as those before have shown to be needed.
 * After an empty window each place is asked for its next file, wherever that is, and the next window begins with the
 * first of them. No place is asked for more than the page still needs. So a page costs a few probes for each place,
 * wherever it begins.
 */
const ONE_PAGE = 20;
const WIDER = 64;

/** SQL of values: the list begins above `after` and ends with `last`. */
export interface Bounds {
  readonly after: string;
  readonly last: string;
  readonly limit: string;
}

/** The statements before a `select` from `found (id)`: `limit` ids of the list above `after`. */
export function windowedList(where: FileConditions, bounds: Bounds, begun = `select 0`): string {
  const { after, last, limit } = bounds;
  const window = { lo: 'rounds.hi', hi: 'win.hi', most: 'win.most' };
  return `${placesOf(where)},
    ends as materialized (select ${last} as last),
    rounds (hi, since, total, ids, is_probe) as (
      select start.id, start.id, begun.total::integer, '{}'::bigint[], false
      from (${begun}) begun (total), (select ${after}) start (id)
      union all
      select round.hi, case when is_probe and total = 0 then round.hi else since end,
        total + cardinality(round.ids), round.ids, not is_probe and cardinality(round.ids) = 0
      from rounds, ends, places,
        lateral (select
          case when is_probe then ends.last else least(ends.last, rounds.hi + ${width(where, bounds)}) end,
          case when is_probe then 1 else ${limit} - total end offset 0) win (hi, most),
        lateral (select array(
          select id from (${candidates(where, window)}) candidate (id) order by id limit win.most) offset 0) page (ids),
        lateral (select
          case when is_probe then coalesce(page.ids[1] - 1, ends.last) else win.hi end,
          case when is_probe then '{}' else page.ids end offset 0) round (hi, ids)
      where total < ${limit} and rounds.hi < ends.last),
    found (id) as (select unnest(ids) from rounds)`;
}

function width({ asked, filter }: FileConditions, { limit }: Bounds): string {
  const page = `${ONE_PAGE}::bigint * ${limit}::bigint`;
  const span = '(rounds.hi - since)';
  // of what stands in one folder, the own order of an association says nothing
  const isPlain = asked && filter.parentId === undefined;
  const own = isPlain
    ? `coalesce((select a.file_id from ${ASSOCIATIONS[asked.kind]} a
         where a.${asked.kind}_id = places.${asked.kind === 'entity' ? 'entities' : 'groups'}[1] and a.file_id > rounds.hi
         order by a.file_id offset ${limit} - 1 limit 1) - rounds.hi, ${page})`
    : page;
  return `case when total = 0 then ${own}
    else least(${WIDER} * ${span}, greatest(${page}, 2 * ${span} * (${limit} - total) / total)) end`;
}
