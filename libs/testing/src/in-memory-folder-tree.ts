import type { StoredFile } from '@portico/domain/files';
import { type Contents, FolderTree, type Place, type TreeChange } from '@portico/domain/folders';
import { canChange, canRead } from '@portico/domain/identity';
import type { Actor, FileId, FirmId, FolderId, UserId } from '@portico/domain/kernel';
import type { InMemoryFileAssociations } from './in-memory-file-associations.js';
import type { InMemoryFileRepository } from './in-memory-file-repository.js';

export class InMemoryFolderTree extends FolderTree {
  /** How the tree was held, in order. */
  readonly held: TreeChange[] = [];

  constructor(
    private readonly repository: InMemoryFileRepository,
    private readonly associations: InMemoryFileAssociations,
  ) {
    super();
  }

  hold(_firmId: FirmId, change: TreeChange): Promise<void> {
    this.held.push(change);
    return Promise.resolve();
  }

  find(firmId: FirmId, id: FileId, userId: UserId): Promise<Place | null> {
    const file = this.repository.files.get(id);
    return Promise.resolve(file?.firmId === firmId ? this.placeOf(file, userId) : null);
  }

  listNamed(actor: Actor, parentId: FolderId | null, name: string): Promise<FolderId[]> {
    const found = this.children(actor.firmId, parentId).filter((file) => {
      const place = this.placeOf(file, actor.userId);
      return file.isFolder && file.name === name && !place.isArchived && canRead(actor, place.reach);
    });
    return Promise.resolve(found.slice(0, 2).map(({ id }) => id));
  }

  isWithin(_firmId: FirmId, folderId: FolderId, ancestorId: FolderId): Promise<boolean> {
    return Promise.resolve(this.associations.above(folderId).includes(ancestorId));
  }

  heightOf(firmId: FirmId, folderId: FolderId): Promise<number> {
    const depth = (id: FolderId) => this.associations.above(id).length;
    const depths = this.below(firmId, folderId).flatMap(({ id, isFolder }) => (isFolder ? [depth(id)] : []));
    return Promise.resolve(Math.max(depth(folderId), ...depths) - depth(folderId));
  }

  findUnchangeableBelow(actor: Actor, folderId: FolderId, include: { archived: boolean }): Promise<FileId | null> {
    const found = this.below(actor.firmId, folderId).find((file) => {
      const place = this.placeOf(file, actor.userId);
      return (include.archived || !place.isArchived) && !canChange(actor, place.reach);
    });
    return Promise.resolve(found?.id ?? null);
  }

  archiveBelow(firmId: FirmId, folderId: FolderId, now: Date): Promise<Contents> {
    const isActive = (file: StoredFile) => !file.deletedAt;
    return Promise.resolve(this.mark(firmId, folderId, isActive, { deletedAt: now, archivedWith: folderId }));
  }

  restoreBelow(firmId: FirmId, folderId: FolderId, archivedWith: FolderId): Promise<Contents> {
    const wentAlong = (file: StoredFile) => file.archivedWith === archivedWith;
    return Promise.resolve(this.mark(firmId, folderId, wentAlong, { deletedAt: null, archivedWith: null }));
  }

  private mark(
    firmId: FirmId,
    folderId: FolderId,
    applies: (folder: StoredFile) => boolean,
    state: Pick<StoredFile, 'deletedAt' | 'archivedWith'>,
  ): Contents {
    const below = this.below(firmId, folderId);
    const folders = below.filter((file) => file.isFolder && applies(file));
    for (const folder of folders) Object.assign(folder, state);
    const marked = new Set([folderId, ...folders.map(({ id }) => id)]);
    const files = below.filter(
      ({ isFolder, parentId, deletedAt }) => !isFolder && parentId && marked.has(parentId) && !deletedAt,
    );
    return { folders: folders.length, files: files.length };
  }

  private placeOf(file: StoredFile, userId: UserId): Place {
    const effective = this.associations.effective(file.id);
    const parent = file.parentId && this.repository.files.get(file.parentId);
    return {
      id: file.id,
      name: file.name,
      isFolder: file.isFolder,
      isArchived: file.deletedAt !== null || Boolean(parent && parent.deletedAt),
      depth: this.associations.above(file.parentId).length,
      reach: {
        createdBy: file.createdBy,
        associations: effective.length,
        permitted: effective.filter(({ kind, id }) => this.associations.isPermitted(userId, kind, id)).length,
      },
    };
  }

  private children(firmId: FirmId, parentId: FolderId | null): StoredFile[] {
    return [...this.repository.files.values()].filter((file) => file.firmId === firmId && file.parentId === parentId);
  }

  private below(firmId: FirmId, folderId: FolderId): StoredFile[] {
    return this.children(firmId, folderId).flatMap((file) => [file, ...this.below(firmId, file.id)]);
  }
}
