import { exactBounds, type FileFilter, type FileState } from '@portico/domain/files';
import type { Actor } from '@portico/domain/kernel';
import { isArchived, isAssociated, readable } from '../folders/folders.module.js';
import { permittedEntities, permittedGroups } from '../platform/database/permitted.sql.js';

/** What belongs to a file or folder `f`: the folder `p` that it stands in, and its bytes `b`. */
export const JOINED = 'left join files p on p.id = f.parent_id left join blobs b on b.key = f.blob_key';

/**
 * Builds the conditions of one statement on `f` and what is `JOINED` to it; the same conditions make the same prepared statement, because
 * values are never part of the text.
 */
export class FileConditions {
  private readonly parts: string[] = [];
  readonly values: unknown[] = [];
  /** The SQL of the firm's id. */
  readonly firm: string;
  /** The SQL of the user's id, once it is needed. */
  private user: string | null = null;

  constructor(
    readonly actor: Actor,
    readonly state: FileState,
  ) {
    this.firm = this.value(actor.firmId);
    this.parts.push(`f.firm_id = ${this.firm}`);
    // in the words of the partial index, so that it can be used
    this.parts.push(state === 'active' ? 'f.deleted_at is null and p.deleted_at is null' : isArchived('f', 'p'));
  }

  /** Only what the actor may read. */
  readable(): this {
    if (this.actor.allDataAccess) return this;
    this.user ??= this.value(this.actor.userId);
    this.parts.push(readable('f', this.user));
    return this;
  }

  filter({ created, kind, parentId }: FileFilter): this {
    if (kind) this.parts.push(kind === 'folders' ? 'f.is_folder' : 'not f.is_folder');
    if (parentId === null) this.parts.push('f.parent_id is null');
    else if (parentId !== undefined) this.add('f.parent_id =', parentId);
    const { from, to } = exactBounds(created ?? {});
    if (from) this.add('f.created_at >=', from);
    if (to) this.add('f.created_at <', to);
    return this;
  }

  /** Only what is associated with the entity or, without one, with the group, if that is permitted to the actor. */
  associated({ entityId, groupId }: FileFilter): this {
    if (entityId !== undefined) this.associatedWith('entity', this.value(entityId));
    else if (groupId !== undefined) this.associatedWith('group', this.value(groupId));
    return this;
  }

  private associatedWith(kind: 'entity' | 'group', id: string): void {
    this.parts.push(isAssociated('f', kind, id));
    const permitted = this.permitted(kind);
    if (permitted !== null) this.parts.push(`${id}::bigint in ${permitted}`);
  }

  /** SQL of what is permitted to the actor; null when that is everything. */
  permitted(kind: 'entity' | 'group'): string | null {
    if (this.actor.allDataAccess) return null;
    this.user ??= this.value(this.actor.userId);
    return kind === 'entity' ? permittedEntities(this.user) : permittedGroups(this.user);
  }

  add(condition: string, value: unknown): this {
    this.parts.push(`${condition} ${this.value(value)}`);
    return this;
  }

  /** Makes a parameter of `value` and answers its SQL. */
  value(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }

  get text(): string {
    return this.parts.join(' and ');
  }
}
