import {
  type FileContent,
  type FileFilter,
  type FileListItem,
  FileQueries,
  type FileState,
} from '@portico/domain/files';
import {
  type Actor,
  type BlobKey,
  type EntityId,
  type FileId,
  type GroupId,
  type Page,
  pageOf,
  type PageRequest,
} from '@portico/domain/kernel';
import type { Database } from '../platform/database/database.js';
import { prepared } from '../platform/database/prepared.js';
import { FileConditions, JOINED } from './file-conditions.js';
import { archivedPlaces, permittedPlaces, type Places, placesOf, windowedList } from './windows.sql.js';

interface FileRow extends Omit<FileListItem, 'bytes' | 'entityIds' | 'groupIds'> {
  bytes: string | null;
  /** Own ones and those of the folders above, each separated by commas. */
  entityIds: string | null;
  folderEntityIds: string | null;
  groupIds: string | null;
  folderGroupIds: string | null;
}

interface ContentRow {
  isFolder: boolean;
  name: string;
  blobKey: BlobKey;
  bytes: string;
  sha256: string;
}

const TABLES = { entity: 'file_entities', group: 'file_groups' } as const;
type Kind = keyof typeof TABLES;

/**
 * What a user without all data access is shown: nothing of entities and groups that are not permitted to them. As a
 * filter of the aggregate it is looked up in a hash table; as a condition it would be joined, row by row.
 */
const listOf = (kind: Kind, permitted: string | null) =>
  `string_agg(a.${kind}_id::text, ',' order by a.${kind}_id)
    ${permitted ? `filter (where a.${kind}_id in ${permitted})` : ''}`;
const own = (kind: Kind, permitted: string | null) =>
  `(select ${listOf(kind, permitted)} from ${TABLES[kind]} a where a.file_id = f.id)`;
const handedDown = (kind: Kind, permitted: string | null) =>
  `(select ${listOf(kind, permitted)}
    from folder_paths path join ${TABLES[kind]} a on a.file_id = path.ancestor_id where path.folder_id = parent.id)`;

const COLUMNS = `f.id, f.is_folder as "isFolder", f.name, f.content_type as "contentType", b.bytes,
  encode(b.sha256, 'hex') as sha256, f.parent_id as "parentId", f.created_at as "createdAt",
  f.modified_at as "modifiedAt", coalesce(f.deleted_at, p.deleted_at) as "deletedAt"`;

/** The items of `rows (f, p, b)`, with what each folder that they stand in hands down, looked up once for each. */
function items(where: FileConditions, rows: (columns: string) => string): string {
  const [entities, groups] = [where.permitted('entity'), where.permitted('group')];
  const columns = `${COLUMNS}, ${own('entity', entities)} as "entityIds", ${own('group', groups)} as "groupIds"`;
  return `item as materialized (${rows(columns)}),
    folder as materialized (
      select parent.id, ${handedDown('entity', entities)} as "folderEntityIds",
        ${handedDown('group', groups)} as "folderGroupIds"
      from (select distinct "parentId" as id from item where "parentId" is not null) parent)
    select item.*, folder."folderEntityIds", folder."folderGroupIds"
    from item left join folder on folder.id = item."parentId" order by item.id`;
}

/**
 * The number of rows that a plan is made for. It is part of the text, because a plan that is kept does not know the
 * value of a parameter, and would be made for a tenth of everything; the second, exact limit ends the reading.
 */
const [SHORT, MOST] = [100, 2001];

/** Reads files and folders with one statement for each question, whatever the number of rows. */
export class SqlFileQueries extends FileQueries {
  constructor(private readonly database: Database) {
    super();
  }

  async find(actor: Actor, state: FileState, id: FileId, filter: FileFilter = {}): Promise<FileListItem | null> {
    const where = new FileConditions(actor, state).add('f.id =', id).readable().filter(filter).associated(filter);
    const text = `with ${items(where, (columns) => `select ${columns} from files f ${JOINED} where ${where.text}`)}`;
    const rows = await this.rows<FileRow>(text, where);
    return rows[0] ? itemOf(rows[0]) : null;
  }

  async list(actor: Actor, state: FileState, page: PageRequest, filter: FileFilter = {}): Promise<Page<FileListItem>> {
    const where = new FileConditions(actor, state).filter(filter);
    const after = where.value(page.after ?? '0');
    const limit = where.value(page.limit + 1);
    const places = placesFor(where, filter);
    if (!places) where.readable().associated(filter); // whatever is in one of the places may be read
    const conditions = where.text;
    const foldersOnly = filter.kind === 'folders';
    const text = places
      ? `${windowedList({ places, conditions, firm: where.firm, after, limit, foldersOnly })},
         ${items(where, (columns) => `select ${columns} from found join files f on f.id = found.id ${JOINED}`)}`
      : `with ${items(
          where,
          (columns) => `select * from (
             select ${columns} from files f ${JOINED} where f.id > ${after}::bigint and ${conditions}
             order by f.id limit ${page.limit <= SHORT ? 10 * SHORT : MOST}) page limit ${limit}`,
        )}`;
    const found = pageOf(await this.rows<FileRow>(text, where), page.limit);
    return { items: found.items.map(itemOf), next: found.next };
  }

  async findContent(actor: Actor, state: FileState, id: FileId): Promise<FileContent | 'folder' | null> {
    const where = new FileConditions(actor, state).add('f.id =', id).readable();
    const [row] = await this.rows<ContentRow>(
      `select f.is_folder as "isFolder", f.name, f.blob_key as "blobKey", b.bytes, encode(b.sha256, 'hex') as sha256
       from files f ${JOINED} where ${where.text}`,
      where,
    );
    if (!row) return null;
    const { isFolder, bytes, ...content } = row;
    return isFolder ? 'folder' : { ...content, bytes: Number(bytes) };
  }

  private rows<Row extends object>(text: string, { values }: FileConditions): Promise<Row[]> {
    return this.database.query<Row>(prepared(text), values);
  }
}

/** Where the list is to be looked for; null when an index has it in the order of its ids. */
function placesFor(where: FileConditions, { entityId, groupId, parentId, kind }: FileFilter): Places | null {
  if (parentId !== undefined) return null;
  // behind a select, the planner knows as little of the value as a plan that is kept, and keeps it
  const id = (value: string) => `(select ${where.value(value)}::bigint)`;
  if (entityId !== undefined) return placesOf('entity', id(entityId), where.permitted('entity'));
  if (groupId !== undefined) return placesOf('group', id(groupId), where.permitted('group'));
  if (!where.actor.allDataAccess) return permittedPlaces(id(where.actor.userId), where.firm);
  return where.state === 'archived' && kind !== 'folders' ? archivedPlaces(where.firm) : null;
}

function itemOf({ folderEntityIds, folderGroupIds, ...row }: FileRow): FileListItem {
  return {
    ...row,
    bytes: row.bytes === null ? null : Number(row.bytes),
    entityIds: union<EntityId>(row.entityIds, folderEntityIds),
    groupIds: union<GroupId>(row.groupIds, folderGroupIds),
  };
}

/** Both lists in one, ascending and each id once; the first is so already. */
function union<Id extends string>(joined: string | null, others: string | null): Id[] {
  const ids = joined === null ? [] : (joined.split(',') as Id[]);
  if (others === null) return ids;
  return [...new Set([...ids, ...(others.split(',') as Id[])])].sort(
    (one, other) => one.length - other.length || (one < other ? -1 : 1),
  );
}
