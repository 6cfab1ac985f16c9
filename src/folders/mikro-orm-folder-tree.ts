import { type Contents, FolderTree, type Place, type TreeChange } from '@portico/domain/folders';
import type { Actor, FileId, FirmId, FolderId, UserId } from '@portico/domain/kernel';
import type { Database } from '../platform/database/database.js';
import { permittedEntities, permittedGroups } from '../platform/database/permitted.sql.js';
import { effective, isArchived, isUnassociated, readable } from './effective.sql.js';

interface PlaceRow {
  id: string;
  name: string;
  is_folder: boolean;
  is_archived: boolean;
  depth: string;
  created_by: string;
  associations: string;
  permitted: string;
}

/** `u.id` is the user. */
const FIND = `
  select f.id, f.name, f.is_folder, ${isArchived('f', 'p')} as is_archived, f.created_by, r.associations, r.permitted,
    (select count(*) from folder_paths where folder_id = f.parent_id) as depth
  from (select ?::bigint as id) u, files f left join files p on p.id = f.parent_id,
    lateral (
      select count(*) as associations, count(*) filter (where permitted) as permitted from (
        select a.entity_id in ${permittedEntities('u.id')} as permitted
          from ${effective('f', 'entities')}
        union all
        select a.group_id in ${permittedGroups('u.id')} from ${effective('f', 'groups')}
      ) effective
    ) r
  where f.firm_id = ? and f.id = ?`;

const IS_BARE = `select ${isUnassociated('f')} as is_bare from files f where f.firm_id = ? and f.id = ?`;

const ASSOCIATIONS = [
  { table: 'file_entities', id: 'entity_id', permitted: permittedEntities('u.id') },
  { table: 'file_groups', id: 'group_id', permitted: permittedGroups('u.id') },
] as const;

/**
 * What stands below a folder: everything that stands in it or in a folder below it. Looked for are associations that
 * are not permitted to the user `u.id`, in the order of the index that shall be read. Below a folder with an association
 * nothing is without one; only below one that `isBare` there may also be what others made and nothing is associated
 * with. With `archived`, what was archived before counts too.
 */
function unchangeableBelow(isBare: boolean, archived: boolean): string {
  const associated = ASSOCIATIONS.flatMap(({ table, id, permitted }) => [
    `select a.file_id as id from ${table} a where a.file_id = t.folder_id and t.distance > 0 and a.${id} not in ${permitted}
     limit 1`,
    `select a.file_id from ${table} a
     where a.parent_id = t.folder_id and a.${id} not in ${permitted} and not a.is_folder
       ${archived ? '' : 'and not a.is_archived'}
     order by a.parent_id, a.${id}, a.file_id limit 1`,
  ]);
  const bare = (archived ? ['null', 'not null'] : ['null']).map(
    (state) => `select f.id from files f
     where f.firm_id = t.firm_id and f.parent_id = t.folder_id and f.deleted_at is ${state} and f.created_by <> u.id
       and ${isUnassociated('f')}
     order by f.id limit 1`,
  );
  const found = [...associated, ...(isBare ? bare : [])].map((one) => `(${one})`).join(' union all ');
  return `
    select found.id from (select ?::bigint as id) u, folder_paths t join files p on p.id = t.folder_id,
      lateral (${found} limit 1) found
    where t.firm_id = ? and t.ancestor_id = ? ${archived ? '' : 'and p.deleted_at is null'} limit 1`;
}

/** Folder by folder: taken together, the planner thinks so many of them that it reads every file of the firm. */
const COUNT_FILES = `(select sum(inside.files) from (select id from marked union all select ?::bigint) folder,
    lateral (select count(*) as files from files f
      where f.firm_id = ? and f.parent_id = folder.id and f.deleted_at is null and not f.is_folder) inside)`;
const ARCHIVE_BELOW = `
  with marked as (
    update files set deleted_at = ?, archived_with = ?, version = version + 1
    where firm_id = ? and is_folder and deleted_at is null
      and id in (select folder_id from folder_paths where ancestor_id = ? and distance > 0)
    returning id)
  select (select count(*) from marked) as folders, ${COUNT_FILES} as files`;
const RESTORE_BELOW = `
  with marked as (
    update files set deleted_at = null, archived_with = null, version = version + 1
    where firm_id = ? and is_folder and archived_with = ?
      and id in (select folder_id from folder_paths where ancestor_id = ? and distance > 0)
    returning id)
  select (select count(*) from marked) as folders, ${COUNT_FILES} as files`;

export class MikroOrmFolderTree extends FolderTree {
  constructor(private readonly database: Database) {
    super();
  }

  async hold(firmId: FirmId, change: TreeChange): Promise<void> {
    const lock = change === 'shape' ? 'pg_advisory_xact_lock' : 'pg_advisory_xact_lock_shared';
    await this.rows(`select ${lock}(hashtextextended('tree of firm ' || ?, 0))`, [firmId]);
  }

  async find(firmId: FirmId, id: FileId, userId: UserId): Promise<Place | null> {
    const [row] = await this.rows<PlaceRow>(FIND, [userId, firmId, id]);
    if (!row) return null;
    return {
      id: String(row.id) as FileId,
      name: row.name,
      isFolder: row.is_folder,
      isArchived: row.is_archived,
      depth: Number(row.depth),
      reach: {
        createdBy: String(row.created_by) as UserId,
        associations: Number(row.associations),
        permitted: Number(row.permitted),
      },
    };
  }

  async listNamed(actor: Actor, parentId: FolderId | null, name: string): Promise<readonly FolderId[]> {
    const rows = await this.rows<{ id: string }>(
      `select f.id from (select ?::bigint as id) u, files f
       where f.firm_id = ? and f.is_folder and f.name = ? and f.parent_id is not distinct from ?::bigint
         and f.deleted_at is null and (?::boolean or ${readable('f', 'u.id')})
       order by f.id limit 2`,
      [actor.userId, actor.firmId, name, parentId, actor.allDataAccess],
    );
    return rows.map(({ id }) => String(id) as FolderId);
  }

  async isWithin(firmId: FirmId, folderId: FolderId, ancestorId: FolderId): Promise<boolean> {
    const rows = await this.rows('select 1 from folder_paths where firm_id = ? and folder_id = ? and ancestor_id = ?', [
      firmId,
      folderId,
      ancestorId,
    ]);
    return rows.length > 0;
  }

  async heightOf(firmId: FirmId, folderId: FolderId): Promise<number> {
    const [row] = await this.rows<{ height: string | null }>(
      'select max(distance) as height from folder_paths where firm_id = ? and ancestor_id = ?',
      [firmId, folderId],
    );
    return Number(row?.height ?? 0);
  }

  async findUnchangeableBelow(
    actor: Actor,
    folderId: FolderId,
    include: { archived: boolean },
  ): Promise<FileId | null> {
    const [folder] = await this.rows<{ is_bare: boolean }>(IS_BARE, [actor.firmId, folderId]);
    const question = unchangeableBelow(folder?.is_bare ?? true, include.archived);
    const [row] = await this.rows<{ id: string }>(question, [actor.userId, actor.firmId, folderId]);
    return row ? (String(row.id) as FileId) : null;
  }

  archiveBelow(firmId: FirmId, folderId: FolderId, now: Date): Promise<Contents> {
    return this.mark(ARCHIVE_BELOW, [now, folderId, firmId, folderId, folderId, firmId]);
  }

  restoreBelow(firmId: FirmId, folderId: FolderId, archivedWith: FolderId): Promise<Contents> {
    return this.mark(RESTORE_BELOW, [firmId, archivedWith, folderId, folderId, firmId]);
  }

  private async mark(sql: string, values: unknown[]): Promise<Contents> {
    const [row] = await this.rows<{ folders: string; files: string }>(sql, values);
    return { folders: Number(row?.folders), files: Number(row?.files) };
  }

  private rows<Row>(sql: string, values: unknown[]): Promise<Row[]> {
    return this.database.em.execute<Row[]>(sql, values);
  }
}
