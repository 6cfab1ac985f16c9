import {
  type CreatedWithin,
  exactBounds,
  type FileContent,
  type FileListItem,
  FileQueries,
  type FileState,
} from '@portico/domain/files';
import {
  type Actor,
  type EntityId,
  type FileId,
  type GroupId,
  type Page,
  pageOf,
  type PageRequest,
} from '@portico/domain/kernel';
import type { Database } from '../platform/database/database.js';
import { type Statement, statement } from '../platform/database/statement.js';
import { readable } from './permitted.sql.js';

interface FileRow extends Omit<FileListItem, 'bytes' | 'entityIds' | 'groupIds'> {
  bytes: string;
  /** Separated by commas. */
  entityIds: string | null;
  groupIds: string | null;
}

const COLUMNS = `f.id, f.name, f.content_type as "contentType", b.bytes, encode(b.sha256, 'hex') as sha256,
  f.parent_id as "parentId", f.created_at as "createdAt", f.modified_at as "modifiedAt", f.deleted_at as "deletedAt",
  (select string_agg(a.entity_id::text, ',' order by a.entity_id) from file_entities a where a.file_id = f.id) as "entityIds",
  (select string_agg(a.group_id::text, ',' order by a.group_id) from file_groups a where a.file_id = f.id) as "groupIds"`;
const FROM = 'from files f join blobs b on b.key = f.blob_key';

/** Builds the conditions of one statement; the same conditions make the same prepared statement. */
class Conditions {
  private readonly parts: string[] = [];
  readonly values: unknown[] = [];

  constructor(actor: Actor, state: FileState) {
    this.add('f.firm_id =', actor.firmId);
    this.parts.push(`not f.is_folder and f.deleted_at is ${state === 'active' ? '' : 'not '}null`);
    if (!actor.allDataAccess) this.parts.push(readable(this.value(actor.userId)));
  }

  add(condition: string, value: unknown): this {
    this.parts.push(`${condition} ${this.value(value)}`);
    return this;
  }

  created(period: CreatedWithin | undefined): this {
    if (!period) return this;
    const { from, to } = exactBounds(period);
    if (from) this.add('f.created_at >=', from);
    if (to) this.add('f.created_at <', to);
    return this;
  }

  value(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }

  get text(): string {
    return this.parts.join(' and ');
  }
}

const statements = new Map<string, Statement>();

/** The statement of `text`; the number of different texts is small, because values are never part of them. */
function prepared(text: string): Statement {
  let known = statements.get(text);
  if (!known) statements.set(text, (known = statement(text)));
  return known;
}

/** Reads files with one statement for each question, whatever the number of rows. */
export class SqlFileQueries extends FileQueries {
  constructor(private readonly database: Database) {
    super();
  }

  async find(actor: Actor, state: FileState, id: FileId, created?: CreatedWithin): Promise<FileListItem | null> {
    const where = new Conditions(actor, state).add('f.id =', id).created(created);
    const rows = await this.rows<FileRow>(`select ${COLUMNS} ${FROM} where ${where.text}`, where);
    return rows[0] ? itemOf(rows[0]) : null;
  }

  async list(actor: Actor, state: FileState, page: PageRequest, created?: CreatedWithin): Promise<Page<FileListItem>> {
    const where = new Conditions(actor, state).add('f.id >', page.after ?? '0').created(created);
    const limit = where.value(page.limit + 1);
    const rows = await this.rows<FileRow>(
      `select ${COLUMNS} ${FROM} where ${where.text} order by f.id limit ${limit}`,
      where,
    );
    const { items, next } = pageOf(rows, page.limit);
    return { items: items.map(itemOf), next };
  }

  async findContent(actor: Actor, state: FileState, id: FileId): Promise<FileContent | null> {
    const where = new Conditions(actor, state).add('f.id =', id);
    const rows = await this.rows<Omit<FileContent, 'bytes'> & { bytes: string }>(
      `select f.name, f.blob_key as "blobKey", b.bytes, encode(b.sha256, 'hex') as sha256 ${FROM} where ${where.text}`,
      where,
    );
    return rows[0] ? { ...rows[0], bytes: Number(rows[0].bytes) } : null;
  }

  private rows<Row extends object>(text: string, { values }: Conditions): Promise<Row[]> {
    return this.database.query<Row>(prepared(text), values);
  }
}

function itemOf(row: FileRow): FileListItem {
  return {
    ...row,
    bytes: Number(row.bytes),
    entityIds: ids<EntityId>(row.entityIds),
    groupIds: ids<GroupId>(row.groupIds),
  };
}

function ids<Id extends string>(joined: string | null): Id[] {
  return joined === null ? [] : (joined.split(',') as Id[]);
}
