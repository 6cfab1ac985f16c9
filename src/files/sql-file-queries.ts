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
import { ASSOCIATIONS, FileConditions, JOINED, type Kind } from './file-conditions.js';
import { type List, listOf, mayBeCut, restOf } from './file-lists.sql.js';
import { permittedSet } from './places.sql.js';

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

/**
 * What a user without all data access is shown: nothing of entities and groups that are not permitted to them. As a
 * filter of the aggregate it is looked up in a hash table; as a condition it would be joined, row by row.
 */
const listed = (kind: Kind, permitted: string | null) =>
  `string_agg(a.${kind}_id::text, ',' order by a.${kind}_id)
    ${permitted ? `filter (where a.${kind}_id in ${permitted})` : ''}`;
const own = (kind: Kind, permitted: string | null) =>
  `(select ${listed(kind, permitted)} from ${ASSOCIATIONS[kind]} a where a.file_id = f.id)`;
const handedDown = (kind: Kind, permitted: string | null) =>
  `(select ${listed(kind, permitted)}
    from folder_paths path join ${ASSOCIATIONS[kind]} a on a.file_id = path.ancestor_id where path.folder_id = parent.id)`;

const COLUMNS = `f.id, f.is_folder as "isFolder", f.name, f.content_type as "contentType", b.bytes,
  encode(b.sha256, 'hex') as sha256, f.parent_id as "parentId", f.created_at as "createdAt",
  f.modified_at as "modifiedAt", coalesce(f.deleted_at, p.deleted_at) as "deletedAt"`;

/** The statement of a list, with what each folder that its items stand in hands down, looked up once for each. */
function statementOf({ before, items }: List, permitted: (kind: Kind) => string | null): string {
  const [entities, groups] = [permitted('entity'), permitted('group')];
  const columns = `${COLUMNS}, ${own('entity', entities)} as "entityIds", ${own('group', groups)} as "groupIds"`;
  return `with recursive ${before.map((one) => `${one},`).join('\n')}
    item as materialized (${items(columns)}),
    folder as materialized (
      select parent.id, ${handedDown('entity', entities)} as "folderEntityIds",
        ${handedDown('group', groups)} as "folderGroupIds"
      from (select distinct "parentId" as id from item where "parentId" is not null) parent)
    select item.*, folder."folderEntityIds", folder."folderGroupIds"
    from item left join folder on folder.id = item."parentId" order by item.id`;
}

/**
 * Reads files and folders with one statement for each question, whatever the number of rows. Only the last page of
 * everything that is active needs a second one, which finds out whether there is more behind archived folders: as part
 * of the first, it made every page slower by a seventh.
 */
export class SqlFileQueries extends FileQueries {
  constructor(private readonly database: Database) {
    super();
  }

  async find(actor: Actor, state: FileState, id: FileId, filter: FileFilter = {}): Promise<FileListItem | null> {
    const where = new FileConditions(actor, state, filter);
    const condition = where.single(`f.id = ${where.value(id)}`);
    const one = {
      before: [],
      items: (columns: string) => `select ${columns} from files f ${JOINED} where ${condition}`,
    };
    const text = statementOf(one, (kind) => where.permitted(kind));
    const [row] = await this.rows<FileRow>(text, where);
    return row ? itemOf(row) : null;
  }

  async list(actor: Actor, state: FileState, page: PageRequest, filter: FileFilter = {}): Promise<Page<FileListItem>> {
    const asked = { after: page.after ?? '0', limit: page.limit };
    const where = new FileConditions(actor, state, filter);
    const rows = await this.listed(where, listOf(where, asked));
    if (rows.length <= page.limit && mayBeCut(where)) {
      const behind = new FileConditions(actor, state, filter);
      const found = { some: rows.length, last: rows.at(-1)?.id ?? asked.after };
      rows.push(...(await this.listed(behind, restOf(behind, asked, found))));
    }
    const found = pageOf(rows, page.limit);
    return { items: found.items.map(itemOf), next: found.next };
  }

  private listed(where: FileConditions, list: List): Promise<FileRow[]> {
    const { allDataAccess } = where.actor;
    const text = statementOf(list, (kind) => (allDataAccess ? null : permittedSet(kind)));
    return this.database.list<FileRow>(prepared(text), where.values);
  }

  async findContent(actor: Actor, state: FileState, id: FileId): Promise<FileContent | 'folder' | null> {
    const where = new FileConditions(actor, state);
    const condition = where.single(`f.id = ${where.value(id)}`);
    const [row] = await this.rows<ContentRow>(
      `select f.is_folder as "isFolder", f.name, f.blob_key as "blobKey", b.bytes, encode(b.sha256, 'hex') as sha256
       from files f ${JOINED} where ${condition}`,
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
