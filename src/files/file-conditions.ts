import { exactBounds, type FileFilter, type FileState } from '@portico/domain/files';
import type { Actor } from '@portico/domain/kernel';
import { isArchived, isAssociated, readable } from '../folders/folders.module.js';
import { permittedEntities, permittedGroups } from '../platform/database/permitted.sql.js';

/** What belongs to a file or folder `f`: the folder `p` that it stands in, and its bytes `b`. */
export const JOINED = 'left join files p on p.id = f.parent_id left join blobs b on b.key = f.blob_key';

export type Kind = 'entity' | 'group';
export const ASSOCIATIONS: Readonly<Record<Kind, string>> = { entity: 'file_entities', group: 'file_groups' };

/**
 * The values and conditions of one statement. The same filters make the same text and so the same prepared statement,
 * because values are never part of it.
 */
export class FileConditions {
  readonly values: unknown[] = [];
  /** The SQL of the firm's id. */
  readonly firm: string;
  /** The SQL of the folder that is asked for; null for the top level. */
  readonly parent?: string | null;
  /** The SQL of the bounds `from <= created < to`, where there are any. */
  readonly created: { readonly from?: string; readonly to?: string };
  /** Whether the files of a period are asked for. */
  readonly isPeriod: boolean;
  /** The SQL of the user's id, once it is needed. */
  private userId: string | null = null;

  constructor(
    readonly actor: Actor,
    readonly state: FileState,
    readonly filter: FileFilter = {},
  ) {
    this.firm = this.value(actor.firmId);
    if (filter.parentId !== undefined) this.parent = filter.parentId === null ? null : this.id(filter.parentId);
    const { from, to } = exactBounds(filter.created ?? {});
    this.created = { ...(from && { from: this.value(from) }), ...(to && { to: this.value(to) }) };
    this.isPeriod = Boolean(from ?? to);
  }

  /** On the row `f` in its folder `p`: everything that is asked for, and that the actor may read it. */
  single(...more: string[]): string {
    return [
      `f.firm_id = ${this.firm}`,
      this.state === 'active' ? 'f.deleted_at is null and p.deleted_at is null' : isArchived('f', 'p'),
      ...more,
      ...this.placed('f'),
      ...this.within('f'),
      ...this.associated('f'),
      ...(this.actor.allDataAccess ? [] : [readable('f', this.user)]),
    ].join(' and ');
  }

  /** On a file: what it is and where it stands. */
  placed(row: string): string[] {
    const { kind } = this.filter;
    return [...(kind ? [kind === 'folders' ? `${row}.is_folder` : `not ${row}.is_folder`] : []), ...this.inParent(row)];
  }

  /** On a file or an association, which both know where the file stands. */
  inParent(row: string): string[] {
    if (this.parent === undefined) return [];
    return [this.parent === null ? `${row}.parent_id is null` : `${row}.parent_id = ${this.parent}`];
  }

  /** On a file: that it was created in the period. */
  within(row: string): string[] {
    const { from, to } = this.created;
    return [
      ...(from ? [`${row}.created_at >= ${from}`] : []), //
      ...(to ? [`${row}.created_at < ${to}`] : []),
    ];
  }

  /** On a file: that it is associated with the entity or, without one, with the group, if the actor may know of it. */
  private associated(row: string): string[] {
    const asked = this.asked;
    if (!asked) return [];
    const id = this.value(asked.id);
    const permitted = this.permitted(asked.kind);
    return [isAssociated(row, asked.kind, id), ...(permitted === null ? [] : [`${id}::bigint in ${permitted}`])];
  }

  /** The entity or, without one, the group that is asked for. */
  get asked(): { readonly kind: Kind; readonly id: string } | null {
    const { entityId, groupId } = this.filter;
    if (entityId !== undefined) return { kind: 'entity', id: entityId };
    return groupId === undefined ? null : { kind: 'group', id: groupId };
  }

  /** SQL of what is permitted to the actor; null when that is everything. */
  permitted(kind: Kind): string | null {
    if (this.actor.allDataAccess) return null;
    return kind === 'entity' ? permittedEntities(this.user) : permittedGroups(this.user);
  }

  /** The SQL of the user's id. */
  get user(): string {
    return (this.userId ??= this.id(this.actor.userId));
  }

  /** Behind a select, the planner knows as little of the value as a plan that is kept, and keeps it. */
  id(value: string): string {
    return `(select ${this.value(value)}::bigint)`;
  }

  /** Makes a parameter of `value` and answers its SQL. */
  value(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }
}
