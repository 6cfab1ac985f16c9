import type { FileId, PartialBlob, UploadId } from '@portico/domain/kernel';
import { Upload, type UploadOwner, Uploads, type UploadStep } from '@portico/domain/uploads';
import type { Reversible } from './in-memory-unit-of-work.js';

interface Row {
  readonly upload: Upload;
  readonly turn: number;
  readonly isDropped: boolean;
}

export class InMemoryUploads extends Uploads implements Reversible {
  private rows = new Map<UploadId, Row>();

  snapshot(): () => void {
    const before = new Map(this.rows);
    return () => (this.rows = before);
  }

  add(upload: Upload): Promise<void> {
    this.rows.set(upload.id, { upload, turn: 0, isDropped: false });
    return Promise.resolve();
  }

  find(owner: UploadOwner, id: UploadId): Promise<Upload | null> {
    return Promise.resolve(this.rowOf(owner, id)?.upload ?? null);
  }

  hold(owner: UploadOwner, id: UploadId): Promise<Upload | null> {
    return this.find(owner, id);
  }

  takeTurn(owner: UploadOwner, id: UploadId): Promise<{ upload: Upload; turn: number } | null> {
    const row = this.rowOf(owner, id);
    if (!row) return Promise.resolve(null);
    const turn = row.turn + 1;
    this.rows.set(id, { ...row, turn });
    return Promise.resolve({ upload: row.upload, turn });
  }

  advance(owner: UploadOwner, id: UploadId, { turn, to, expiresAt }: UploadStep): Promise<boolean> {
    const row = this.rowOf(owner, id);
    if (!row || row.turn !== turn || row.isDropped || row.upload.fileId !== null) return Promise.resolve(false);
    this.rows.set(id, { ...row, upload: changed(row.upload, { partial: to, expiresAt }) });
    return Promise.resolve(true);
  }

  finish(owner: UploadOwner, id: UploadId, file: { fileId: FileId; expiresAt: Date }): Promise<void> {
    const row = this.rowOf(owner, id);
    if (row) this.rows.set(id, { ...row, upload: changed(row.upload, file) });
    return Promise.resolve();
  }

  remove(owner: UploadOwner, id: UploadId): Promise<void> {
    if (this.rowOf(owner, id)) this.rows.delete(id);
    return Promise.resolve();
  }

  takeExpired(now: Date, most: number): Promise<readonly Pick<PartialBlob, 'key' | 'parts'>[]> {
    const expired = [...this.rows.values()]
      .filter(({ upload, isDropped }) => upload.isExpired(now) && upload.fileId === null && !isDropped)
      .slice(0, most);
    for (const row of expired) this.rows.set(row.upload.id, { ...row, isDropped: true });
    return Promise.resolve(expired.map(({ upload: { partial } }) => ({ key: partial.key, parts: partial.parts })));
  }

  forget(instant: Date): Promise<void> {
    for (const [id, { upload, isDropped }] of this.rows)
      if (upload.expiresAt < instant && (isDropped || upload.fileId !== null)) this.rows.delete(id);
    return Promise.resolve();
  }

  private rowOf({ firmId, userId }: UploadOwner, id: UploadId): Row | null {
    const row = this.rows.get(id);
    return row && row.upload.firmId === firmId && row.upload.userId === userId ? row : null;
  }
}

const changed = (upload: Upload, changes: Partial<Pick<Upload, 'partial' | 'expiresAt' | 'fileId'>>): Upload => {
  const { id, firmId, userId, bytes, asked, labels, partial, createdAt, expiresAt, fileId } = upload;
  return new Upload({
    ...{ id, firmId, userId, bytes, asked, labels, partial, createdAt, expiresAt, fileId },
    ...changes,
  });
};
