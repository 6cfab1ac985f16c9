import { LockMode } from '@mikro-orm/core';
import { FileRepository, StoredFile } from '@portico/domain/files';
import { type BlobStore, DomainError, type FileId, type FirmId, type StoredBlob } from '@portico/domain/kernel';
import type { Database } from '../platform/database/database.js';

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
}
