import { type AssociatedId, type AssociationKind, FileAssociations, type Inherited } from '@portico/domain/files';
import type { DataAccess } from '@portico/domain/identity';
import type { Actor, FileId, FirmId, FolderId } from '@portico/domain/kernel';
import type { Database } from '../platform/database/database.js';

/** Where associations of a kind are kept. */
const KINDS: Readonly<Record<AssociationKind, { table: string; column: string }>> = {
  entities: { table: 'file_entities', column: 'entity_id' },
  groups: { table: 'file_groups', column: 'group_id' },
};

export class MikroOrmFileAssociations extends FileAssociations {
  constructor(
    private readonly database: Database,
    private readonly access: DataAccess,
  ) {
    super();
  }

  async notPermitted(actor: Actor, kind: AssociationKind, ids: readonly AssociatedId[]): Promise<AssociatedId[]> {
    return (await this.access.outOfReach(actor, kind, ids)) as AssociatedId[];
  }

  own(firmId: FirmId, id: FileId, kind: AssociationKind): Promise<readonly AssociatedId[]> {
    const { table, column } = KINDS[kind];
    return this.ids(`select ${column} as id from ${table} where firm_id = ? and file_id = ? order by 1`, [firmId, id]);
  }

  async inherited(firmId: FirmId, folderId: FolderId, kind: AssociationKind): Promise<readonly Inherited[]> {
    const { table, column } = KINDS[kind];
    const rows: { id: string; folder_id: string; name: string }[] = await this.database.em.execute(
      `select distinct on (a.${column}) a.${column} as id, f.id as folder_id, f.name
       from folder_paths p join ${table} a on a.file_id = p.ancestor_id join files f on f.id = p.ancestor_id
       where p.firm_id = ? and p.folder_id = ?
       order by a.${column}, p.distance`,
      [firmId, folderId],
    );
    return rows.map(({ id, folder_id, name }) => ({
      id: String(id) as AssociatedId,
      from: { id: String(folder_id) as FolderId, name },
    }));
  }

  async add(firmId: FirmId, id: FileId, kind: AssociationKind, ids: readonly AssociatedId[]): Promise<void> {
    if (ids.length === 0) return;
    const { table, column } = KINDS[kind];
    await this.database.em.execute(
      `insert into ${table} (firm_id, file_id, ${column})
       select ?::bigint, ?::bigint, given.id from unnest(?::bigint[]) as given (id) order by given.id
       on conflict do nothing`,
      [firmId, id, arrayOf(ids)],
    );
  }

  async remove(firmId: FirmId, id: FileId, kind: AssociationKind, ids: readonly AssociatedId[]): Promise<void> {
    if (ids.length === 0) return;
    const { table, column } = KINDS[kind];
    await this.database.em.execute(
      `delete from ${table} where firm_id = ? and file_id = ? and ${column} = any (?::bigint[])`,
      [firmId, id, arrayOf(ids)],
    );
  }

  private async ids(sql: string, values: unknown[]): Promise<AssociatedId[]> {
    const rows: { id: string }[] = await this.database.em.execute(sql, values);
    return rows.map(({ id }) => String(id) as AssociatedId);
  }
}

/** The text of a bigint[]. */
const arrayOf = (ids: readonly string[]): string => `{${ids.join(',')}}`;
