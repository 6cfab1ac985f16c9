import { TreeCopies, type TreeFolder } from '@portico/domain/client-files';
import type { Author } from '@portico/domain/kernel';
import type { Database } from '../platform/database/database.js';
import { AUTHOR, authorValues, FOLDER_COLUMNS, folderValues, toldOf } from './author.sql.js';

/** The most folders above one that a folder still fits into. */
const DEEPEST = 126;

/** Whether the folder `f` stands below the root of a client. */
const isOfClient = (f: string): string =>
  `exists (select from folder_paths p join clients c on c.root_folder_id = p.ancestor_id
    where p.folder_id = ${f}.id and p.distance > 0)`;

const ROOTS = `select r.id from author a join clients c on c.firm_id = a.firm_id
  join files r on r.id = c.root_folder_id where r.deleted_at is null`;
const COPIES_OF_PARENT = `select f.id from author a join files f on f.firm_id = a.firm_id and f.tree_folder_id = t.parent_id
  where f.deleted_at is null and ${isOfClient('f')}`;

/** `t` is the new folder; `places` are the folders into which its copies come. */
const addTo = (places: string): string => `
  with ${AUTHOR},
  made as (
    insert into files (name, parent_id, tree_folder_id, ${FOLDER_COLUMNS})
    select t.name, place.id, t.id, ${folderValues('t.name')}
    from author a join tree_folders t on t.firm_id = a.firm_id and t.id = ? cross join lateral (${places}) place
    where (select max(distance) from folder_paths where folder_id = place.id) <= ${DEEPEST}
    order by place.id
    returning id, jsonb_build_object('name', name, 'parentId', parent_id::text, 'treeFolderId', tree_folder_id::text)
      as details),
  told as (${toldOf('made', 'folder.created')})
  select count(*) as changed from made`;
const ADD = { atTop: addTo(ROOTS), below: addTo(COPIES_OF_PARENT) };

/** The last conditions are asked again of a copy that somebody else was just changing. */
const RENAME = `
  with ${AUTHOR},
  copy as materialized (
    select f.id, f.name as old_name, t.name
    from author a join tree_folders t on t.firm_id = a.firm_id and t.id = ?
      join files f on f.firm_id = a.firm_id and f.tree_folder_id = t.id
    where f.deleted_at is null and not f.keeps_name and f.name <> t.name and ${isOfClient('f')}),
  renamed as (
    update files f set name = copy.name, modified_at = a.at, version = f.version + 1
    from copy cross join author a where f.id = copy.id and f.deleted_at is null and not f.keeps_name
    returning f.id, jsonb_build_object('from', copy.old_name, 'to', copy.name, 'treeFolderId', f.tree_folder_id::text)
      as details),
  told as (${toldOf('renamed', 'folder.renamed')})
  select count(*) as changed from renamed`;

const RELEASE = `
  with recursive ${AUTHOR},
  gone as (
    select t.id from author a join tree_folders t on t.firm_id = a.firm_id and t.id = ?
    union all
    select t.id from gone join tree_folders t on t.parent_id = gone.id cross join author a where t.firm_id = a.firm_id),
  released as (
    update files f set tree_folder_id = null, keeps_name = false, version = f.version + 1
    from gone cross join author a where f.firm_id = a.firm_id and f.tree_folder_id = gone.id
    returning f.id, jsonb_build_object('treeFolderId', gone.id::text) as details),
  told as (${toldOf('released', 'folder.released')})
  select count(*) as changed from released`;

/** Changes the copies of all clients with one statement each. */
export class SqlTreeCopies extends TreeCopies {
  constructor(private readonly database: Database) {
    super();
  }

  add(author: Author, folder: TreeFolder): Promise<number> {
    return this.change(folder.parentId === null ? ADD.atTop : ADD.below, author, folder, folder.createdAt);
  }

  rename(author: Author, folder: TreeFolder): Promise<number> {
    return this.change(RENAME, author, folder, folder.modifiedAt);
  }

  release(author: Author, folder: TreeFolder, now: Date): Promise<number> {
    return this.change(RELEASE, author, folder, now);
  }

  private async change(sql: string, author: Author, folder: TreeFolder, now: Date): Promise<number> {
    const { em } = this.database;
    await em.flush(); // the folder itself changes first
    const [row] = await em.execute<{ changed: string }[]>(sql, [...authorValues(author, now), folder.id]);
    return Number(row?.changed ?? 0);
  }
}
