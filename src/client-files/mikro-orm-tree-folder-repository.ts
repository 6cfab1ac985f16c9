import { LockMode } from '@mikro-orm/core';
import { TreeFolder, TreeFolderRepository } from '@portico/domain/client-files';
import type { FirmId, TreeFolderId } from '@portico/domain/kernel';
import type { Database } from '../platform/database/database.js';
import { DEFAULT_TREE_LOCK } from './author.sql.js';

const REMOVE = `
  with recursive gone as (
    select id from tree_folders where firm_id = ? and id = ?
    union all
    select t.id from gone join tree_folders t on t.firm_id = ? and t.parent_id = gone.id),
  removed as (delete from tree_folders where id in (select id from gone) returning id)
  select count(*) as removed from removed`;

export class MikroOrmTreeFolderRepository extends TreeFolderRepository {
  constructor(private readonly database: Database) {
    super();
  }

  async hold(firmId: FirmId): Promise<void> {
    await this.database.em.execute(`select pg_advisory_xact_lock(${DEFAULT_TREE_LOCK})`, [firmId]);
  }

  async add(folder: TreeFolder): Promise<void> {
    const { em } = this.database;
    em.persist(folder);
    await em.flush();
  }

  find(firmId: FirmId, id: TreeFolderId): Promise<TreeFolder | null> {
    return this.database.em.findOne(TreeFolder, { firmId, id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  }

  async remove({ firmId, id }: TreeFolder): Promise<number> {
    const [row] = await this.database.em.execute<{ removed: string }[]>(REMOVE, [firmId, id, firmId]);
    return Number(row?.removed ?? 0);
  }
}
