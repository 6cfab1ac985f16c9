import type { Actor, EntityId, FileId, FirmId, FolderId, GroupId } from '../kernel/index.js';

/** What a file or folder is associated with; the types of the linked resources. */
export type AssociationKind = 'entities' | 'groups';
export type AssociatedId = EntityId | GroupId;

/** An association that comes from a folder above. */
export interface Inherited {
  readonly id: AssociatedId;
  /** The nearest folder that has it. */
  readonly from: { readonly id: FolderId; readonly name: string };
}

/** The associations of the files and folders of a firm; used inside a unit of work. */
export abstract class FileAssociations {
  /** Those of `ids` that the firm does not have or that are not permitted to `actor`. */
  abstract notPermitted(
    actor: Actor,
    kind: AssociationKind,
    ids: readonly AssociatedId[],
  ): Promise<readonly AssociatedId[]>;

  /** Own associations, ascending. */
  abstract own(firmId: FirmId, id: FileId, kind: AssociationKind): Promise<readonly AssociatedId[]>;

  /** What everything in `folderId` inherits: the associations of that folder and of those above it. */
  abstract inherited(firmId: FirmId, folderId: FolderId, kind: AssociationKind): Promise<readonly Inherited[]>;

  /** Adds own associations; one that is there already stays. */
  abstract add(firmId: FirmId, id: FileId, kind: AssociationKind, ids: readonly AssociatedId[]): Promise<void>;

  /** Removes own associations; one that is not there is no error. */
  abstract remove(firmId: FirmId, id: FileId, kind: AssociationKind, ids: readonly AssociatedId[]): Promise<void>;
}
