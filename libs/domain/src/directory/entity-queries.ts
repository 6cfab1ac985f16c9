import type { Actor, EntityId, FirmId, GroupId, Page, PageRequest } from '../kernel/index.js';

/** An entity as lists and single reads show it. */
export interface EntityListItem {
  readonly id: EntityId;
  readonly originalName: string;
  /** Null when none was chosen: then the original name counts. */
  readonly displayName: string | null;
  readonly modelType: string;
  readonly currencyFactor: string | null;
  readonly externalId: string | null;
  readonly createdAt: Date;
  readonly modifiedAt: Date;
}

/** Conditions of a list; all of those given must hold. */
export interface EntityFilters {
  readonly externalId?: string;
  /** Any of these, in upper case. */
  readonly modelTypes?: readonly string[];
}

/** Reads that decide nothing, each with one statement. */
export abstract class EntityQueries {
  /** The entity, if it is permitted to `actor` (contract, section 2, "Data access"); else null. */
  abstract find(actor: Actor, id: EntityId): Promise<EntityListItem | null>;

  /** One page of the entities that are permitted to `actor`, in ascending id order. */
  abstract list(actor: Actor, page: PageRequest, filters?: EntityFilters): Promise<Page<EntityListItem>>;

  /** One page of the group's members, in ascending id order. The caller has checked who may see the group. */
  abstract listMembers(firmId: FirmId, groupId: GroupId, page: PageRequest): Promise<Page<EntityListItem>>;

  /**
   * One page of those of `ids` that the firm has, in ascending id order. The caller has checked who may see what they
   * belong to.
   */
  abstract listByIds(firmId: FirmId, ids: readonly EntityId[], page: PageRequest): Promise<Page<EntityListItem>>;
}
