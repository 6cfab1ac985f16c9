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

/**
 * What stands below a folder: everything that stands in it or in a folder below it. `u.id` is the user. Below a folder
 * with an association nothing is without one: then `isBare` is false, and it need not be looked at for that.
 */
const unchangeableBelow = (isBare: boolean): string => `
  select f.id
  from (select ?::bigint as id) u, folder_paths t join files p on p.id = t.folder_id
    join files f on f.firm_id = t.firm_id and f.parent_id = t.folder_id
  where t.firm_id = ? and t.ancestor_id = ? and (?::boolean or not ${isArchived('f', 'p')})
    and (exists (select from file_entities a
           where a.file_id = f.id and a.entity_id not in ${permittedEntities('u.id')})
      or exists (select from file_groups a where a.file_id = f.id and a.group_id not in ${permittedGroups('u.id')})
      ${isBare ? `or (f.created_by <> u.id and ${isUnassociated('f')})` : ''})
  limit 1`;

const COUNT_FILES = `(select count(*) from files where firm_id = ? and not is_folder and deleted_at is null
    and parent_id in (select id from marked union all select ?::bigint))`;
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
    const values = [actor.userId, actor.firmId, folderId, include.archived];
    const [folder] = await this.rows<{ is_bare: boolean }>(IS_BARE, [actor.firmId, folderId]);
    const [row] = await this.rows<{ id: string }>(unchangeableBelow(folder?.is_bare ?? true), values);
    return row ? (String(row.id) as FileId) : null;
  }

  archiveBelow(firmId: FirmId, folderId: FolderId, now: Date): Promise<Contents> {
    return this.mark(ARCHIVE_BELOW, [now, folderId, firmId, folderId, firmId, folderId]);
  }

  restoreBelow(firmId: FirmId, folderId: FolderId, archivedWith: FolderId): Promise<Contents> {
    return this.mark(RESTORE_BELOW, [firmId, archivedWith, folderId, firmId, folderId]);
  }

  private async mark(sql: string, values: unknown[]): Promise<Contents> {
    const [row] = await this.rows<{ folders: string; files: string }>(sql, values);
    return { folders: Number(row?.folders), files: Number(row?.files) };
  }

  private rows<Row>(sql: string, values: unknown[]): Promise<Row[]> {
    return this.database.em.execute<Row[]>(sql, values);
  }
}
