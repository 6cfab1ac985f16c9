import { type FileConditions, JOINED } from './file-conditions.js';
import { isWhole, permittedSets } from './places.sql.js';
import { type Bounds, windowedList } from './windows.sql.js';

/**
 * The number of rows that a plan is made for. It is part of the text, because a plan that is kept does not know the
 * value of a parameter, and would be made for a tenth of everything; the second, exact limit ends the reading.
 */
const [SHORT, MOST] = [100, 2001];

/** So many active files are looked at, one after the other, before those in archived folders are passed over. */
const PATIENCE = 5000;

/** So many neighbouring ids, as a power of two, of which an index knows when they were created. */
const BLOCK = 12;

/** A list in SQL: the statements that come first, and the rows of `item`, from the columns that are shown. */
export interface List {
  readonly before: readonly string[];
  readonly items: (columns: string) => string;
}

/** A page: rows above `after`. */
export interface PageOfList {
  readonly after: string;
  readonly limit: number;
}

/** Whether everything of the list is in the order of an index. */
const isOrdered = (where: FileConditions) =>
  isWhole(where) && (where.state === 'active' || where.filter.kind === 'folders');

/** Whether the list may be cut short where much of archived folders stands in a row, and goes on with `restOf`. */
export const mayBeCut = (where: FileConditions): boolean =>
  isOrdered(where) && where.parent === undefined && where.filter.kind !== 'folders';

/** A page of the list that `where` asks for, in ascending id order: one row more than its limit. */
export function listOf(where: FileConditions, page: PageOfList): List {
  const bounds = { ...rangeOf(where, page.after), limit: limitOf(where, page.limit) };
  const before = beforeAll(where, page);
  if (!isOrdered(where)) return { before: [...before, windowedList(where, bounds)], items: found };
  const enough = page.limit <= SHORT ? 10 * SHORT : MOST;
  const items = (mayBeCut(where) ? wholeList : inOrder)(where, bounds, enough);
  return { before, items };
}

/**
 * The rest of a page of which `some` rows were found, up to `last`: where much of archived folders stands in a row, it
 * is looked for where it can be, at the top level and in each active folder.
 */
export function restOf(where: FileConditions, page: PageOfList, { some, last }: { some: number; last: string }): List {
  const rest = { ...rangeOf(where, last), limit: limitOf(where, page.limit - some) };
  const all = scanned(where, rangeOf(where, page.after));
  const isCut = `exists (select from files f where ${all} order by f.id offset ${PATIENCE} limit 1)`;
  const begun = `select case when ${isCut} then 0 else ${rest.limit} end`;
  return { before: [...beforeAll(where, page), windowedList(where, rest, begun)], items: found };
}

function beforeAll(where: FileConditions, { after }: PageOfList): string[] {
  return [
    ...(where.actor.allDataAccess ? [] : [permittedSets(where)]),
    ...(where.isPeriod ? [periodOf(where, `${where.value(after)}::bigint`)] : []),
  ];
}

const limitOf = (where: FileConditions, limit: number) => `${where.value(limit + 1)}::integer`;

function rangeOf(where: FileConditions, first: string): Omit<Bounds, 'limit'> {
  const after = `${where.value(first)}::bigint`;
  return where.isPeriod
    ? { after: `(select greatest(${after}, low - 1) from period)`, last: '(select high from period)' }
    : { after, last: `(select max(id) from files where firm_id = ${where.firm})` };
}

const found = (columns: string) => `select ${columns} from found join files f on f.id = found.id ${JOINED}`;

/**
 * From the first id on that can have been created in the period up to the last: ids follow the time nearly, but nothing
 * promises it. So each block of ids is asked; where none fits, both are null.
 */
function periodOf(where: FileConditions, after: string): string {
  return `period as materialized (
    select min(block.at) << ${BLOCK} as low, ((max(block.at) + 1) << ${BLOCK}) - 1 as high
    from generate_series(${after} >> ${BLOCK},
      (select max(id) >> ${BLOCK} from files where firm_id = ${where.firm})) block (at)
    where exists (select from files f
      where f.firm_id = ${where.firm} and (f.id >> ${BLOCK}) = block.at and ${where.within('f').join(' and ')}))`;
}

/** Of which files or folders it is one index that has them in order. */
const scanned = (where: FileConditions, { after, last }: Omit<Bounds, 'limit'>): string =>
  [
    `f.firm_id = ${where.firm} and f.id > ${after}`,
    ...(where.isPeriod ? [`f.id <= ${last}`] : []),
    where.state === 'active' ? 'f.deleted_at is null' : 'f.deleted_at is not null',
    ...where.placed('f'),
    ...where.within('f'),
  ].join(' and ');

/** Those of one folder, or folders, which are in the state of their own mark. */
const inOrder = (where: FileConditions, bounds: Bounds, enough: number) => (columns: string) => {
  const isHome = where.parent && where.filter.kind !== 'folders' ? 'and p.deleted_at is null' : '';
  const order = where.parent === undefined ? 'f.id' : 'f.parent_id, f.id';
  return `select * from (
    select ${columns} from files f ${JOINED} where ${scanned(where, bounds)} ${isHome}
    order by ${order} limit ${enough}) page limit ${bounds.limit}`;
};

/** Everything that is active, one after the other, without what stands in archived folders. */
const wholeList = (where: FileConditions, bounds: Bounds, enough: number) => (columns: string) =>
  `select * from (
    select ${columns}
    from (select f.* from files f where ${scanned(where, bounds)} order by f.id limit ${PATIENCE}) f ${JOINED}
    where p.deleted_at is null order by f.id limit ${enough}) page limit ${bounds.limit}`;
