import { LockMode } from '@mikro-orm/core';
import { FileRepository, StoredFile } from '@portico/domain/files';
import { type BlobStore, DomainError, type FileId, type FirmId, type StoredBlob } from '@portico/domain/kernel';
import type { Database } from '../platform/database/database.js';

/** Behind the last place of every folder. */
const FAR_BEHIND = 1_000_000_000;

/** Those behind the place that never had one of their own need none: they stand behind, in the order of their ids. */
const REORDER = `
  with given as (select ?::bigint as firm_id, ?::bigint as folder_id, ?::bigint as id, ?::bigint as place),
  others as (
    select f.id, row_number() over (order by f.position nulls last, f.id) as place
    from given g join files f on f.firm_id = g.firm_id and f.parent_id = g.folder_id
    where not f.is_folder and f.deleted_at is null and f.id <> g.id),
  target as (select g.id, least(g.place, (select count(*) + 1 from others)) as place from given g),
  placed as (
    select id, place from target
    union all
    select o.id, o.place + (o.place >= t.place)::integer from others o, target t)
  update files f set position = p.place from placed p, target t
  where f.id = p.id and f.position is distinct from p.place and (p.place <= t.place or f.position is not null)`;

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

  async reorder(file: StoredFile, priority: number): Promise<void> {
    const { em } = this.database;
    await em.flush(); // it may just have been moved
    await em.execute(REORDER, [file.firmId, file.parentId, file.id, Math.min(priority, FAR_BEHIND)]);
  }

  find(firmId: FirmId, id: FileId): Promise<StoredFile | null> {
    return this.database.em.findOne(StoredFile, { firmId, id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  }
}
