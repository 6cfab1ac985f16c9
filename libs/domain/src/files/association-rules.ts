import { type Actor, type FileId, type FolderId, InvalidIds, UnknownIds } from '../kernel/index.js';
import type { AssociatedId, AssociationKind, FileAssociations } from './file-associations.js';

/** Entities and groups as a request names them; a kind that is not given is not touched. */
export interface Linkage {
  readonly entities?: readonly AssociatedId[];
  readonly groups?: readonly AssociatedId[];
}

export const ASSOCIATION_KINDS: readonly AssociationKind[] = ['entities', 'groups'];

/** An association that comes from a folder above can't be removed from what is below it. */
function inheritedFrom(kind: AssociationKind, id: AssociatedId, folder: { id: FolderId; name: string }): InvalidIds {
  const where = `folder ${folder.id} "${folder.name}"`;
  const message = `The association with ${kind} ${id} comes from ${where} and can only be removed there`;
  return new InvalidIds(kind, [id], 'association_inherited', message);
}

/** Something in the tree whose associations change. */
export interface Associated {
  readonly id: FileId;
  readonly parentId: FolderId | null;
}

/** @throws DomainError `unknown_entities`, `unknown_groups`: one such id refuses the whole list */
export async function requirePermitted(
  associations: FileAssociations,
  actor: Actor,
  kind: AssociationKind,
  ids: readonly AssociatedId[],
): Promise<void> {
  const refused = ids.length === 0 ? [] : await associations.notPermitted(actor, kind, ids);
  if (refused.length > 0) throw new UnknownIds(kind, refused);
}

/** Links what a new file or folder shall be associated with. @throws as `requirePermitted` */
export async function linkNew(associations: FileAssociations, actor: Actor, id: FileId, given: Linkage): Promise<void> {
  for (const kind of ASSOCIATION_KINDS) {
    const ids = given[kind] ?? [];
    if (ids.length === 0) continue;
    await requirePermitted(associations, actor, kind, ids);
    await associations.add(actor.firmId, id, kind, ids);
  }
}

/**
 * Makes `ids` the effective associations of `file`: own ones that are not among them go, and what is neither own nor
 * inherited yet is added. Answers whether anything changed.
 * @throws DomainError `association_inherited` when an inherited one is not among them, and as `requirePermitted`
 */
export async function replaceAssociations(
  associations: FileAssociations,
  actor: Actor,
  file: Associated,
  kind: AssociationKind,
  ids: readonly AssociatedId[],
): Promise<boolean> {
  await requirePermitted(associations, actor, kind, ids);
  const inherited = await inheritedBy(associations, actor, file, kind);
  const dropped = [...inherited].find(([id]) => !ids.includes(id));
  if (dropped) throw inheritedFrom(kind, dropped[0], dropped[1]);
  const own = await associations.own(actor.firmId, file.id, kind);
  const wanted = new Set(ids);
  const removed = own.filter((id) => !wanted.has(id));
  const added = ids.filter((id) => !own.includes(id) && !inherited.has(id));
  await associations.remove(actor.firmId, file.id, kind, removed);
  await associations.add(actor.firmId, file.id, kind, added);
  return removed.length + added.length > 0;
}

/**
 * Removes own associations of `file`. One that is not there is no error.
 * @throws DomainError `association_inherited` when one comes only from a folder above, and as `requirePermitted`
 */
export async function removeAssociations(
  associations: FileAssociations,
  actor: Actor,
  file: Associated,
  kind: AssociationKind,
  ids: readonly AssociatedId[],
): Promise<void> {
  await requirePermitted(associations, actor, kind, ids);
  const own = new Set(await associations.own(actor.firmId, file.id, kind));
  const inherited = await inheritedBy(associations, actor, file, kind);
  for (const id of ids) {
    const from = inherited.get(id);
    if (from && !own.has(id)) throw inheritedFrom(kind, id, from);
  }
  await associations.remove(actor.firmId, file.id, kind, ids);
}

async function inheritedBy(
  associations: FileAssociations,
  actor: Actor,
  file: Associated,
  kind: AssociationKind,
): Promise<Map<AssociatedId, { id: FolderId; name: string }>> {
  if (file.parentId === null) return new Map();
  const inherited = await associations.inherited(actor.firmId, file.parentId, kind);
  return new Map(inherited.map(({ id, from }) => [id, from]));
}
