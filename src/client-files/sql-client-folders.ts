import { type Client, ClientFolders, type RenamedClient, rootFolderName } from '@portico/domain/directory';
import type { FolderTree } from '@portico/domain/folders';
import type { Author, Clock } from '@portico/domain/kernel';
import type { Database } from '../platform/database/database.js';
import {
  AUTHOR,
  authorValues,
  DEFAULT_TREE_LOCK,
  FOLDER_COLUMNS,
  folderValues,
  NEXT_ID,
  toldOf,
} from './author.sql.js';

/** The folder of each client; what it is called stands in `given`. */
const ADD_ROOTS = `
  with ${AUTHOR},
  root as materialized (
    select given.id as client_id, given.name, ${NEXT_ID} as id
    from jsonb_to_recordset(?::jsonb) as given (id bigint, name text) order by given.id),
  made as (
    insert into files (id, name, ${FOLDER_COLUMNS})
    select r.id, r.name, ${folderValues('r.name')} from root r cross join author a order by r.id
    returning id, name),
  rooted as (
    update clients c set root_folder_id = r.id from root r cross join author a where c.firm_id = a.firm_id and c.id = r.client_id
    returning c.id),
  told as (
    select r.id, jsonb_build_object('name', r.name, 'parentId', null, 'clientId', r.client_id::text) as details from root r)
  ${toldOf('told', 'folder.created')}`;

/** A folder's associations can be written when its path is. */
const LINK_ROOTS = `
  insert into file_entities (firm_id, file_id, entity_id)
  select firm_id, root_folder_id, entity_id from clients where firm_id = ? and id = any (?::bigint[]) order by root_folder_id`;

/** Parents before their children: each path is made from the one above it. */
const COPY_TREE = `
  with ${AUTHOR},
  copy as materialized (
    select t.*, c.root_folder_id, ${NEXT_ID} as file_id
    from author a
      cross join lateral (select * from tree_folders t where t.firm_id = a.firm_id order by t.level, t.id) t
      join clients c on c.firm_id = a.firm_id and c.id = any (?::bigint[])),
  made as (
    insert into files (id, name, parent_id, tree_folder_id, ${FOLDER_COLUMNS})
    select c.file_id, c.name, coalesce(above.file_id, c.root_folder_id), c.id, ${folderValues('c.name')}
    from copy c left join copy above on above.root_folder_id = c.root_folder_id and above.id = c.parent_id
      cross join author a
    order by c.level, c.file_id
    returning id, jsonb_build_object('name', name, 'parentId', parent_id::text, 'treeFolderId', tree_folder_id::text)
      as details)
  ${toldOf('made', 'folder.created')}`;

/** The last conditions are asked again of a folder that somebody else was just changing. */
const RENAME_ROOTS = `
  with ${AUTHOR},
  root as materialized (
    select f.id, c.id as client_id, given."from", given."to"
    from author a cross join jsonb_to_recordset(?::jsonb) as given (id bigint, "from" text, "to" text)
      join clients c on c.firm_id = a.firm_id and c.id = given.id
      join files f on f.firm_id = a.firm_id and f.id = c.root_folder_id
    where f.deleted_at is null and f.name = given."from" and given."from" <> given."to"),
  renamed as (
    update files f set name = root."to", modified_at = a.at, version = f.version + 1
    from root cross join author a where f.id = root.id and f.deleted_at is null and f.name = root."from"
    returning f.id, jsonb_build_object('from', root."from", 'to', root."to", 'clientId', root.client_id::text) as details)
  ${toldOf('renamed', 'folder.renamed')}`;

/** Makes the folders of new clients with four statements and renames roots with two, however many they are. */
export class SqlClientFolders extends ClientFolders {
  constructor(
    private readonly database: Database,
    private readonly tree: FolderTree,
    private readonly clock: Clock,
  ) {
    super();
  }

  async addFor(author: Author, clients: readonly Client[]): Promise<void> {
    if (clients.length === 0) return;
    const { em } = this.database;
    const { firmId } = author;
    const who = authorValues(author, this.clock.now());
    const ids = `{${clients.map(({ id }) => id).join(',')}}`;
    await em.execute(`select pg_advisory_xact_lock_shared(${DEFAULT_TREE_LOCK})`, [firmId]);
    const given = clients.map(({ id, name }) => ({ id, name: rootFolderName(name) }));
    await em.execute(ADD_ROOTS, [...who, JSON.stringify(given)]);
    await em.execute(LINK_ROOTS, [firmId, ids]);
    await em.execute(COPY_TREE, [...who, ids]);
  }

  async rename(author: Author, renamed: readonly RenamedClient[], now: Date): Promise<void> {
    await this.tree.hold(author.firmId, 'fill'); // whoever archives locks many folders, in an order of their own
    const given = renamed.map(({ id, from, to }) => ({ id, from: rootFolderName(from), to: rootFolderName(to) }));
    await this.database.em.execute(RENAME_ROOTS, [...authorValues(author, now), JSON.stringify(given)]);
  }
}
