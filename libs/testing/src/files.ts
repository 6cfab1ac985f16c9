import { Readable } from 'node:stream';
import { StoredFile } from '@portico/domain/files';
import type { BlobKey, FirmId, UserId } from '@portico/domain/kernel';
import { FixedClock } from './fixed-clock.js';
import { InMemoryBlobStore } from './in-memory-blob-store.js';
import { InMemoryFileAssociations } from './in-memory-file-associations.js';
import { InMemoryFileRepository } from './in-memory-file-repository.js';
import { InMemoryFolderTree } from './in-memory-folder-tree.js';
import { InMemoryHistory } from './in-memory-history.js';
import { InMemoryUnitOfWork } from './in-memory-unit-of-work.js';

type State = ConstructorParameters<typeof StoredFile>[0];

/** An active file of firm 1 at the top level, not yet added anywhere, changed by `changes`. */
export function aFile(changes: Partial<State> = {}): StoredFile {
  const createdAt = new Date('2026-01-01T00:00:00Z');
  return new StoredFile({
    firmId: '1' as FirmId,
    isFolder: false,
    name: 'Sample.pdf',
    originalName: 'Sample.pdf',
    contentType: 'application/pdf',
    blobKey: '00000000-0000-4000-8000-00000000b10b' as BlobKey,
    parentId: null,
    createdBy: '11' as UserId,
    createdAt,
    modifiedAt: createdAt,
    ...changes,
  });
}

/** An active folder of firm 1 at the top level, not yet added anywhere, changed by `changes`. */
export function aFolder(changes: Partial<State> = {}): StoredFile {
  const name = changes.name ?? 'Folder';
  return aFile({ isFolder: true, name, originalName: name, contentType: 'folder', blobKey: null, ...changes });
}

/** In-memory adapters that know each other, for the use cases about files. */
export class FileBench {
  readonly clock = new FixedClock();
  readonly blobs = new InMemoryBlobStore(this.clock);
  readonly files = new InMemoryFileRepository(this.blobs);
  readonly associations = new InMemoryFileAssociations(this.files);
  readonly tree = new InMemoryFolderTree(this.files, this.associations);
  readonly history = new InMemoryHistory();
  readonly unitOfWork = new InMemoryUnitOfWork([this.files, this.associations, this.history]);

  /** Puts `text` into the blob store. */
  blob(text = 'bytes') {
    return this.blobs.put(Readable.from([Buffer.from(text)]));
  }

  /** Adds a file as `aFile` makes it. */
  async with(changes: Partial<State> = {}): Promise<StoredFile> {
    const file = aFile(changes);
    await this.files.add(file);
    return file;
  }

  /** Adds a folder as `aFolder` makes it. */
  async withFolder(changes: Partial<State> = {}): Promise<StoredFile> {
    const folder = aFolder(changes);
    await this.files.add(folder);
    return folder;
  }
}
