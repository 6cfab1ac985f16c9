import { type AssociatedId, type AssociationKind, FileAssociations, type Inherited } from '@portico/domain/files';
import type { Actor, FileId, FirmId, FolderId, UserId } from '@portico/domain/kernel';
import type { InMemoryFileRepository } from './in-memory-file-repository.js';
import type { Reversible } from './in-memory-unit-of-work.js';

interface Association {
  readonly fileId: FileId;
  readonly kind: AssociationKind;
  readonly id: AssociatedId;
}

export class InMemoryFileAssociations extends FileAssociations implements Reversible {
  /** What firms have: `entities 1`. */
  readonly known = new Set<string>();
  /** What is permitted to users: `11 entities 1`. */
  private readonly permitted = new Set<string>();
  private associations: Association[] = [];

  constructor(private readonly repository: InMemoryFileRepository) {
    super();
  }

  /** Makes an entity or group that is permitted to these users, and answers its id. */
  make(kind: AssociationKind, id: string, ...users: UserId[]): AssociatedId {
    this.known.add(`${kind} ${id}`);
    for (const user of users) this.permitted.add(`${user} ${kind} ${id}`);
    return id as AssociatedId;
  }

  isPermitted(user: UserId, kind: AssociationKind, id: AssociatedId): boolean {
    return this.permitted.has(`${user} ${kind} ${id}`);
  }

  /** The effective associations of a file or folder. */
  effective(id: FileId): readonly Association[] {
    const sources = new Set([id, ...this.above(this.repository.files.get(id)?.parentId ?? null)]);
    return this.associations.filter(({ fileId }) => sources.has(fileId));
  }

  /** `folderId` and every folder above it, the nearest first. */
  above(folderId: FolderId | null): FolderId[] {
    if (folderId === null) return [];
    return [folderId, ...this.above(this.repository.files.get(folderId)?.parentId ?? null)];
  }

  notPermitted(actor: Actor, kind: AssociationKind, ids: readonly AssociatedId[]): Promise<AssociatedId[]> {
    const isFine = (id: AssociatedId) =>
      this.known.has(`${kind} ${id}`) && (actor.allDataAccess || this.isPermitted(actor.userId, kind, id));
    return Promise.resolve(ids.filter((id) => !isFine(id)));
  }

  own(_firmId: FirmId, id: FileId, kind: AssociationKind): Promise<AssociatedId[]> {
    const own = this.associations.filter((one) => one.fileId === id && one.kind === kind);
    return Promise.resolve(own.map((one) => one.id).sort((one, other) => Number(one) - Number(other)));
  }

  inherited(_firmId: FirmId, folderId: FolderId, kind: AssociationKind): Promise<Inherited[]> {
    const found = new Map<AssociatedId, Inherited>();
    for (const folder of this.above(folderId))
      for (const { fileId, kind: other, id } of this.associations)
        if (fileId === folder && other === kind && !found.has(id))
          found.set(id, { id, from: { id: folder, name: this.repository.files.get(folder)?.name ?? '' } });
    return Promise.resolve([...found.values()]);
  }

  async add(firmId: FirmId, id: FileId, kind: AssociationKind, ids: readonly AssociatedId[]): Promise<void> {
    const own = await this.own(firmId, id, kind);
    const added = ids.filter((one) => !own.includes(one));
    this.associations = [...this.associations, ...added.map((one) => ({ fileId: id, kind, id: one }))];
  }

  remove(_firmId: FirmId, fileId: FileId, kind: AssociationKind, ids: readonly AssociatedId[]): Promise<void> {
    this.associations = this.associations.filter(
      (one) => one.fileId !== fileId || one.kind !== kind || !ids.includes(one.id),
    );
    return Promise.resolve();
  }

  snapshot(): () => void {
    const { associations } = this;
    return () => (this.associations = associations);
  }
}
