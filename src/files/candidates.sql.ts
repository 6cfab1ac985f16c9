import { isUnassociated } from '../folders/folders.module.js';
import { ASSOCIATIONS, type FileConditions, type Kind } from './file-conditions.js';
import { isWhole } from './places.sql.js';

/** SQL: the ids above `lo` and up to `hi` are looked at, and of each place no more than the first `most` are taken. */
export interface Window {
  readonly lo: string;
  readonly hi: string;
  readonly most: string;
}

/**
 * The ids of a list in a window, from each of its `places` by a probe of an index. An id is answered more than once
 * when it is found in several places.
 */
export function candidates(where: FileConditions, window: Window): string {
  return (where.state === 'active' ? activeOnes : archivedOnes)(where, window).join(' union ');
}

function activeOnes(where: FileConditions, window: Window): string[] {
  const inFolders = children(where, window, 'folders', 'f.deleted_at is null');
  if (isWhole(where)) {
    const isAtTop = ['f.parent_id is null', 'f.deleted_at is null'];
    return [everywhere(where, window, isAtTop, 'f.parent_id, f.id'), inFolders];
  }
  const isHomeActive = where.parent === null ? [] : [`${markOfHome(where, 'a')} is null`];
  const own = kinds(where).map((kind) => associated(where, window, kind, ['not a.is_archived', ...isHomeActive]));
  return [...files(where, [...own, inFolders]), ...listed(where, window), ...created(where, window)];
}

function archivedOnes(where: FileConditions, window: Window): string[] {
  const inFolders = children(where, window, 'folders', 'f.deleted_at is null');
  if (isWhole(where))
    return [everywhere(where, window, ['f.deleted_at is not null'], order(where, 'f', 'id')), inFolders];
  const own = kinds(where).flatMap((kind) => [
    associated(where, window, kind, ['a.is_archived']),
    associated(where, window, kind, ['not a.is_archived', 'a.parent_id = home.id'], `places.${kind}_homes`),
  ]);
  const marked = children(where, window, 'marked', 'f.deleted_at is not null');
  return [...files(where, [...own, inFolders, marked]), ...listed(where, window), ...created(where, window)];
}

/** Not asked for when it is only about folders: they are all `listed`. */
const files = ({ filter }: FileConditions, found: string[]) => (filter.kind === 'folders' ? [] : found);

const kinds = ({ asked }: FileConditions): Kind[] => (asked ? [asked.kind] : ['entity', 'group']);

/** When the folder was archived in which the file or association stands. */
const markOfHome = ({ parent }: FileConditions, row: string) =>
  `(select p.deleted_at from files p where p.id = ${parent ?? `${row}.parent_id`})`;

/** The order of an index, which begins with the place when there is one, also when that is the top level. */
const order = ({ parent }: FileConditions, row: string, id: string) =>
  parent === undefined ? `${row}.${id}` : `${row}.parent_id, ${row}.${id}`;

/** Files that have one of the associations themselves, in each of the `homes` if they are given. */
function associated(where: FileConditions, window: Window, kind: Kind, state: string[], homes?: string): string {
  const within = where.within('f').join(' and ');
  const conditions = [
    `a.${kind}_id = place.id`,
    `a.file_id > ${window.lo} and a.file_id <= ${window.hi}`,
    'not a.is_folder',
    ...state,
    ...where.inParent('a'),
    // not as a join: each file is to be looked up from its association
    ...(within ? [`(select ${within} from files f where f.id = a.file_id)`] : []),
  ];
  const places = `unnest(places.${kind === 'entity' ? 'entities' : 'groups'}) place (id)`;
  return `select found.id from ${homes ? `unnest(${homes}) home (id), ` : ''}${places}, lateral (
      select a.file_id from ${ASSOCIATIONS[kind]} a where ${conditions.join(' and ')}
      order by ${order(where, 'a', 'file_id')} limit ${window.most}) found (id)`;
}

/** What stands in the folders. */
function children(where: FileConditions, window: Window, folders: 'folders' | 'marked', state: string): string {
  const { kind } = where.filter;
  const conditions = [
    `f.firm_id = ${where.firm} and f.parent_id = place.id`,
    `f.id > ${window.lo} and f.id <= ${window.hi}`,
    state,
    ...(kind ? ['not f.is_folder'] : []),
    ...where.within('f'),
  ];
  return `select found.id from unnest(places.${folders}) place (id), lateral (
      select f.id from files f where ${conditions.join(' and ')} order by f.id limit ${window.most}) found (id)`;
}

/** The folders of the list. */
const listed = ({ filter }: FileConditions, { lo, hi }: Window): string[] =>
  filter.kind === 'files' ? [] : [`select d.id from unnest(places.listed) d (id) where d.id > ${lo} and d.id <= ${hi}`];

/** Of the whole firm; `inOrder` is that of the index which has them. */
function everywhere(where: FileConditions, { lo, hi, most }: Window, state: string[], inOrder: string): string {
  const conditions = [
    `f.firm_id = ${where.firm} and f.id > ${lo} and f.id <= ${hi}`,
    ...state,
    ...where.placed('f'),
    ...where.within('f'),
  ];
  return `(select f.id from files f where ${conditions.join(' and ')} order by ${inOrder} limit ${most})`;
}

/** What the user created and what has no association, which they read too. */
function created(where: FileConditions, { lo, hi, most }: Window): string[] {
  if (where.actor.allDataAccess || where.asked) return [];
  const { firm, user } = where;
  const mark = markOfHome(where, 'x');
  const conditions = [
    // compared as rows, so that it is the index on both that answers, however little is known of the user
    `x.firm_id = ${firm} and (x.created_by, x.id) > (${user}, ${lo}) and (x.created_by, x.id) <= (${user}, ${hi})`,
    where.state === 'active'
      ? `x.deleted_at is null and ${where.parent === null ? 'true' : `${mark} is null`}`
      : `(x.deleted_at is not null or ${where.parent === null ? 'false' : `${mark} is not null`})`,
    ...where.placed('x'),
    ...where.within('x'),
    isUnassociated('x'),
  ];
  return [`(select x.id from files x where ${conditions.join(' and ')} order by x.created_by, x.id limit ${most})`];
}
