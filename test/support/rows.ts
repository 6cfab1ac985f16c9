import type { EntityId, FileId, FirmId, GroupId, UserId } from '@portico/domain/kernel';
import type { Database } from '../../src/platform/database/database.js';

/** Inserts one row and answers its id. */
async function insert<Id extends string>(database: Database, sql: string, values: unknown[]): Promise<Id> {
  const rows = await database.em.fork().execute<{ id: string }[]>(`${sql} returning id`, values);
  return String(rows[0]?.id) as Id;
}

export const aFirm = (database: Database): Promise<FirmId> =>
  insert(database, `insert into firms (name, created_at) values ('Firm', now())`, []);

export const aUser = (database: Database, firmId: FirmId, allData = false): Promise<UserId> =>
  insert(
    database,
    `insert into users (firm_id, email, name, permissions, all_data_access, created_at)
     values (?, gen_random_uuid() || '@example.test', 'User', '{files_edit}', ?, now())`,
    [firmId, allData],
  );

export const anEntity = (database: Database, firmId: FirmId): Promise<EntityId> =>
  insert(
    database,
    `insert into entities (firm_id, original_name, model_type, created_at, modified_at)
     values (?, 'Entity', 'PERSON_NODE', now(), now())`,
    [firmId],
  );

export const aGroup = (database: Database, firmId: FirmId): Promise<GroupId> =>
  insert(database, `insert into groups (firm_id, name, created_at, modified_at) values (?, 'Group', now(), now())`, [
    firmId,
  ]);

/** A file with a blob of its own, of which the bytes are nowhere. */
export async function aFileRow(
  database: Database,
  row: { firmId: FirmId; createdBy: UserId; createdAt?: Date; deletedAt?: Date | null; parentId?: FileId | null },
): Promise<FileId> {
  const { firmId, createdBy, createdAt = new Date(), deletedAt = null, parentId = null } = row;
  const rows = await database.em.fork().execute<{ id: string }[]>(
    `with b as (
       insert into blobs (key, firm_id, bytes, sha256) values (gen_random_uuid(), ?, 5, sha256('bytes')) returning key)
     insert into files (firm_id, name, original_name, content_type, blob_key, created_by, created_at, modified_at,
       deleted_at, parent_id)
     select ?, 'Sample.pdf', 'Sample.pdf', 'application/pdf', key, ?, ?, ?, ?, ?::bigint from b returning id`,
    [firmId, firmId, createdBy, createdAt, createdAt, deletedAt, parentId],
  );
  return String(rows[0]?.id) as FileId;
}

/** An active folder. */
export const aFolderRow = (
  database: Database,
  row: { firmId: FirmId; createdBy: UserId; parentId?: FileId | null },
): Promise<FileId> =>
  insert(
    database,
    `insert into files (firm_id, is_folder, name, original_name, content_type, created_by, created_at, modified_at, parent_id)
     values (?, true, 'Folder', 'Folder', 'folder', ?, now(), now(), ?)`,
    [row.firmId, row.createdBy, row.parentId ?? null],
  );

/** Links rows: `link(database, 'file_entities', { firm_id, file_id, entity_id })`. */
export async function link(database: Database, table: string, row: Readonly<Record<string, string>>): Promise<void> {
  const columns = Object.keys(row);
  await database.em
    .fork()
    .execute(
      `insert into ${table} (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`,
      Object.values(row),
    );
}

/** Two firms, and a user of the first. */
export async function firmsWithUsers(
  database: Database,
): Promise<{ firmId: FirmId; otherFirm: FirmId; createdBy: UserId }> {
  const [firmId, otherFirm] = [await aFirm(database), await aFirm(database)];
  return { firmId, otherFirm, createdBy: await aUser(database, firmId, true) };
}
