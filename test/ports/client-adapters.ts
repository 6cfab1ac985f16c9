import type { ClientId, EntityId, FileId, FolderId, TreeFolderId } from '@portico/domain/kernel';
import type { Client } from '@portico/domain/directory';
import { AddTreeFolder, DeleteTreeFolder, RenameTreeFolder } from '@portico/domain/client-files';
import { anActor, FixedClock } from '@portico/testing';
import { MikroOrmTreeFolderRepository } from '../../src/client-files/mikro-orm-tree-folder-repository.js';
import { SqlClientFileQueries } from '../../src/client-files/sql-client-file-queries.js';
import { SqlClientFolders } from '../../src/client-files/sql-client-folders.js';
import { SqlTreeCopies } from '../../src/client-files/sql-tree-copies.js';
import { MikroOrmFolderTree } from '../../src/folders/mikro-orm-folder-tree.js';
import { MikroOrmHistory } from '../../src/history/mikro-orm-history.js';
import type { Database } from '../../src/platform/database/database.js';
import { MikroOrmUnitOfWork } from '../../src/platform/database/mikro-orm-unit-of-work.js';
import { anEntity, firmsWithUsers } from '../support/rows.js';

/** A client with its root folder. */
export interface RootedClient {
  readonly id: ClientId;
  readonly entityId: EntityId;
  readonly rootId: FolderId;
}

/** A firm of its own with clients and a default tree, on PostgreSQL. */
export async function clientAdapters(database: Database) {
  const { firmId, otherFirm, createdBy } = await firmsWithUsers(database);
  const clock = new FixedClock();
  const unitOfWork = new MikroOrmUnitOfWork(database);
  const folders = new MikroOrmTreeFolderRepository(database);
  const copies = new SqlTreeCopies(database);
  const tree = new MikroOrmFolderTree(database);
  const history = new MikroOrmHistory(database, clock);
  const parts = [folders, copies, tree, history, unitOfWork, clock] as const;
  const actor = anActor({ firmId, userId: createdBy });
  const clientFolders = new SqlClientFolders(database, tree, clock);
  const rows = <T>(sql: string, values: unknown[] = []) => database.em.fork().execute<T[]>(sql, values);

  async function clients(...names: string[]): Promise<RootedClient[]> {
    const made: Client[] = [];
    for (const name of names) {
      const entityId = await anEntity(database, firmId);
      const [row] = await rows<{ id: string }>(
        `insert into clients (firm_id, name, entity_id, created_at, modified_at) values (?, ?, ?, now(), now()) returning id`,
        [firmId, name, entityId],
      );
      made.push({ id: String(row?.id), firmId, name, entityId } as Client);
    }
    await unitOfWork.run(() => clientFolders.addFor(actor, made));
    const roots = await rows<{ id: string; root: string }>(
      'select id, root_folder_id as root from clients where firm_id = ? order by id',
      [firmId],
    );
    return made.map(({ id, entityId }) => {
      const root = roots.find((one) => String(one.id) === id);
      return { id, entityId, rootId: String(root?.root) as FolderId };
    });
  }

  return {
    firmId,
    otherFirm,
    actor,
    clock,
    unitOfWork,
    tree,
    rows,
    clients,
    clientFolders,
    queries: new SqlClientFileQueries(database),
    folders,
    add: new AddTreeFolder(...parts),
    rename: new RenameTreeFolder(...parts),
    remove: new DeleteTreeFolder(...parts),
    client: async (name = 'Smith Holding') => (await clients(name))[0] as RootedClient,
    /** Every folder of the client, its root too, archived ones in brackets. */
    async statesOf({ rootId }: RootedClient): Promise<string[]> {
      const found = await rows<{ path: string; tree: string | null; archived: boolean }>(
        `select (select string_agg(a.name, '/' order by p.distance desc) from folder_paths p join files a on a.id = p.ancestor_id
           where p.folder_id = f.id) as path, f.tree_folder_id as tree, f.deleted_at is not null as archived
         from folder_paths t join files f on f.id = t.folder_id where t.ancestor_id = ? order by 1, f.id`,
        [rootId],
      );
      return found.map(({ path, tree, archived }) => `${archived ? `[${path}]` : path}${tree ? ` = ${tree}` : ''}`);
    },
    /** The client's active copy of a default folder. */
    async copyOf({ rootId }: RootedClient, id: TreeFolderId): Promise<FolderId> {
      const [row] = await rows<{ id: string }>(
        'select f.id from files f join folder_paths p on p.folder_id = f.id where p.ancestor_id = ? and f.tree_folder_id = ?',
        [rootId, id],
      );
      return String(row?.id) as FolderId;
    },
    renameByHand: (id: FileId, name: string) =>
      rows('update files set name = ? where firm_id = ? and id = ?', [name, firmId, id]),
    historyOf: (type: string, id: string) =>
      rows<{ action: string; user_id: string | null; details: object }>(
        'select action, user_id, details from history where firm_id = ? and subject_type = ? and subject_id = ? order by id',
        [firmId, type, id],
      ),
  };
}

export type ClientAdapters = Awaited<ReturnType<typeof clientAdapters>>;
