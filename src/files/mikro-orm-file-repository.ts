import { LockMode } from '@mikro-orm/core';
import { type FileReach, FileRepository, StoredFile } from '@portico/domain/files';
import {
  type BlobStore,
  DomainError,
  type FileId,
  type FirmId,
  type StoredBlob,
  type UserId,
} from '@portico/domain/kernel';
import type { Database } from '../platform/database/database.js';
import { permittedEntities, permittedGroups } from './permitted.sql.js';

export class MikroOrmFileRepository extends FileRepository {
  constructor(
    private readonly database: Database,
    private readonly blobs: BlobStore,
  ) {
    super();
  }

  async addBlob(firmId: FirmId, blob: StoredBlob): Promise<void> {
    await this.database.em.execute(
      `with held as materialized (select pg_advisory_xact_lock_shared(hashtextextended(?, 0)))
       insert into blobs (key, firm_id, bytes, sha256) select ?, ?, ?, decode(?, 'hex') from held`,
      [blob.key, blob.key, firmId, blob.bytes, blob.sha256],
    );
    if (!(await this.blobs.has(blob.key)))
      throw new DomainError('unavailable', 'blob_missing', 'The bytes were removed before they could be recorded');
  }

  async add(file: StoredFile): Promise<void> {
    const { em } = this.database;
    em.persist(file);
    await em.flush();
  }

  find(firmId: FirmId, id: FileId): Promise<StoredFile | null> {
    return this.database.em.findOne(StoredFile, { firmId, id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  }

  async reachOf(firmId: FirmId, file: StoredFile, userId: UserId): Promise<FileReach> {
    const rows: { associations: string; permitted: string }[] = await this.database.em.execute(
      `select count(*) as associations, count(*) filter (where permitted) as permitted from (
         select entity_id in ${permittedEntities('u.id')} as permitted
           from file_entities a, (select ?::bigint as id) u where a.firm_id = ? and a.file_id = ?
         union all
         select group_id in ${permittedGroups('u.id')}
           from file_groups a, (select ?::bigint as id) u where a.firm_id = ? and a.file_id = ?
       ) reach`,
      [userId, firmId, file.id, userId, firmId, file.id],
    );
    return {
      createdBy: file.createdBy,
      associations: Number(rows[0]?.associations),
      permitted: Number(rows[0]?.permitted),
    };
  }
}
