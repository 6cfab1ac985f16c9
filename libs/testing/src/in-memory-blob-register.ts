import { BlobRegister, type BlobRow } from '@portico/domain/files';
import type { BlobKey, FileId, FirmId, StoredBlob } from '@portico/domain/kernel';

const FIRM = '1' as FirmId;

export class InMemoryBlobRegister extends BlobRegister {
  /** Of each blob the files that it is the bytes of. */
  readonly files = new Map<BlobKey, readonly FileId[]>();
  private readonly kept: Map<BlobKey, BlobRow>;

  /** `rows` are the blobs that some row points at; of a key alone the row tells no more. */
  constructor(rows: Iterable<BlobKey | StoredBlob> = []) {
    super();
    this.kept = new Map([...rows].map(rowOf).map((row) => [row.key, row]));
  }

  add(blob: BlobKey | StoredBlob): void {
    const row = rowOf(blob);
    this.kept.set(row.key, row);
  }

  drop(key: BlobKey): void {
    this.kept.delete(key);
  }

  withoutRow(keys: readonly BlobKey[]): Promise<readonly BlobKey[]> {
    return Promise.resolve(keys.filter((key) => !this.kept.has(key)));
  }

  count(of: FirmId | null = null): Promise<number> {
    return Promise.resolve(this.of(of).length);
  }

  async *rows(of: FirmId | null = null): AsyncIterable<BlobRow> {
    const rows = this.of(of).sort((one, other) => (one.key < other.key ? -1 : 1));
    for (const row of rows) yield await Promise.resolve(row);
  }

  find(key: BlobKey): Promise<BlobRow | null> {
    return Promise.resolve(this.kept.get(key) ?? null);
  }

  filesOf(_firmId: FirmId, key: BlobKey): Promise<readonly FileId[]> {
    return Promise.resolve(this.files.get(key) ?? []);
  }

  async ifStillWithoutRow(key: BlobKey, remove: () => Promise<void>): Promise<boolean> {
    if (this.kept.has(key)) return false;
    await remove();
    return true;
  }

  private of(firmId: FirmId | null): BlobRow[] {
    return [...this.kept.values()].filter((row) => firmId === null || row.firmId === firmId);
  }
}

function rowOf(blob: BlobKey | StoredBlob): BlobRow {
  const { key, bytes, sha256 } = typeof blob === 'string' ? { key: blob, bytes: 0, sha256: '' } : blob;
  return { key, bytes, sha256, firmId: FIRM };
}
