import {
  type FolderSort,
  type PartRequest,
  type TreeFolderItem,
  TreeFolderQueries,
} from '@portico/domain/client-files';
import type { FirmId, TreeFolderId, CountedList } from '@portico/domain/kernel';
import type { Database } from '../platform/database/database.js';
import { prepared } from '../platform/database/prepared.js';
import { pathStep } from './client-file.sql.js';
import { type Listed, orderOf, partOf } from './list.sql.js';

const FOLDER = `t.id, t.name, t.parent_id as "parentId", t.created_at as "createdAt", t.modified_at as "modifiedAt"`;

const TREE = `tree (id, path) as (
  select t.id, array[${pathStep('t')}] from tree_folders t where t.firm_id = $1 and t.parent_id is null
  union all
  select t.id, tree.path || (${pathStep('t')})
  from tree join tree_folders t on t.firm_id = $1 and t.parent_id = tree.id)`;

export class SqlTreeFolderQueries extends TreeFolderQueries {
  constructor(private readonly database: Database) {
    super();
  }

  async list(firmId: FirmId, { limit, offset, sort }: PartRequest<FolderSort>): Promise<CountedList<TreeFolderItem>> {
    const order = orderOf(sort, { path: 'path', name: 'name', id: 'id' });
    const rows = await this.database.query<Listed<TreeFolderItem & { path: unknown }>>(
      prepared(
        `with recursive ${TREE},
         shown as materialized (select ${FOLDER}, tree.path from tree join tree_folders t on t.id = tree.id)
         select page.*, total.total from (select count(*) as total from shown) total
           left join (select * from shown ${order} limit $2 offset $3) page on true ${order}`,
      ),
      [firmId, limit, offset],
    );
    return partOf(rows, ({ path: _, ...row }) => row);
  }

  async find(firmId: FirmId, id: TreeFolderId): Promise<TreeFolderItem | null> {
    const text = prepared(`select ${FOLDER} from tree_folders t where t.firm_id = $1 and t.id = $2`);
    const [row] = await this.database.query<TreeFolderItem>(text, [firmId, id]);
    return row ?? null;
  }
}
