import {
  directoryErrors,
  EntityRepository,
  type FirmEntity,
  type Group,
  GroupRepository,
} from '@portico/domain/directory';
import { DataAccess } from '@portico/domain/identity';
import type { Actor, EntityId, FirmId, GroupId, UserId } from '@portico/domain/kernel';
import type { Reversible } from './in-memory-unit-of-work.js';

const byNumber = (a: string, b: string): number => Number(a) - Number(b);

/** What a map of records held, and how it comes back. */
function snapshotOf<Id, T extends object>(records: Map<Id, T>): () => void {
  const states = new Map([...records].map(([id, record]) => [id, { record, state: { ...record } }]));
  return () => {
    records.clear();
    for (const [id, { record, state }] of states) records.set(id, Object.assign(record, state));
  };
}

/** Pairs of ids, and how they come back. */
class Pairs<A extends string, B extends string> implements Reversible {
  private readonly pairs = new Map<string, readonly [A, B]>();

  has = (a: A, b: B): boolean => this.pairs.has(`${a} ${b}`);
  add = (a: A, b: B): unknown => this.pairs.set(`${a} ${b}`, [a, b]);
  remove = (a: A, b: B): unknown => this.pairs.delete(`${a} ${b}`);
  all = (): (readonly [A, B])[] => [...this.pairs.values()];

  snapshot(): () => void {
    const before = new Map(this.pairs);
    return () => {
      this.pairs.clear();
      for (const [key, pair] of before) this.pairs.set(key, pair);
    };
  }
}

export class InMemoryGroupRepository extends GroupRepository implements Reversible {
  readonly groups = new Map<GroupId, Group>();
  readonly members = new Pairs<GroupId, EntityId>();
  readonly permitted = new Pairs<GroupId, UserId>();
  /** How many files are associated with a group. */
  readonly files = new Map<GroupId, number>();
  private lastId = 0;

  add(group: Group): Promise<void> {
    Object.assign(group, { id: String(++this.lastId) });
    this.groups.set(group.id, group);
    return Promise.resolve();
  }

  find(firmId: FirmId, id: GroupId): Promise<Group | null> {
    const group = this.groups.get(id);
    return Promise.resolve(group?.firmId === firmId ? group : null);
  }

  permit(_firmId: FirmId, id: GroupId, userId: UserId): Promise<void> {
    this.permitted.add(id, userId);
    return Promise.resolve();
  }

  listMembers(firmId: FirmId, id: GroupId): Promise<readonly EntityId[]> {
    const own = this.members.all().filter(([groupId]) => groupId === id && this.isOf(firmId, id));
    return Promise.resolve(own.map(([, entityId]) => entityId).sort(byNumber));
  }

  addMembers(firmId: FirmId, id: GroupId, entityIds: readonly EntityId[]): Promise<readonly EntityId[]> {
    const added = [...new Set(entityIds)].filter(
      (entityId) => this.isOf(firmId, id) && !this.members.has(id, entityId),
    );
    for (const entityId of added) this.members.add(id, entityId);
    return Promise.resolve(added.sort(byNumber));
  }

  removeMembers(firmId: FirmId, id: GroupId, entityIds: readonly EntityId[]): Promise<readonly EntityId[]> {
    const removed = [...new Set(entityIds)].filter(
      (entityId) => this.isOf(firmId, id) && this.members.has(id, entityId),
    );
    for (const entityId of removed) this.members.remove(id, entityId);
    return Promise.resolve(removed.sort(byNumber));
  }

  countFiles(_firmId: FirmId, id: GroupId): Promise<number> {
    return Promise.resolve(this.files.get(id) ?? 0);
  }

  remove({ id }: Group): Promise<void> {
    if (this.files.has(id)) return Promise.reject(directoryErrors.groupInUse(id, null));
    this.groups.delete(id);
    for (const [groupId, entityId] of this.members.all()) if (groupId === id) this.members.remove(groupId, entityId);
    for (const [groupId, userId] of this.permitted.all()) if (groupId === id) this.permitted.remove(groupId, userId);
    return Promise.resolve();
  }

  snapshot(): () => void {
    const restores = [snapshotOf(this.groups), this.members.snapshot(), this.permitted.snapshot()];
    return () => restores.forEach((restore) => restore());
  }

  private isOf(firmId: FirmId, id: GroupId): boolean {
    return this.groups.get(id)?.firmId === firmId;
  }
}

export class InMemoryEntityRepository extends EntityRepository implements Reversible {
  readonly entities = new Map<EntityId, FirmEntity>();
  readonly permitted = new Pairs<EntityId, UserId>();
  /** How many files are associated with an entity. */
  readonly files = new Map<EntityId, number>();
  private lastId = 0;

  async add(...entities: readonly FirmEntity[]): Promise<void> {
    for (const entity of entities) {
      await this.claimExternalId(entity);
      Object.assign(entity, { id: String(++this.lastId) });
      this.entities.set(entity.id, entity);
    }
  }

  find(firmId: FirmId, id: EntityId): Promise<FirmEntity | null> {
    const entity = this.entities.get(id);
    return Promise.resolve(entity?.firmId === firmId ? entity : null);
  }

  claimExternalId({ id, firmId, externalId }: FirmEntity): Promise<void> {
    const others = [...this.entities.values()].filter((other) => other.firmId === firmId && other.id !== id);
    return externalId !== null && others.some((other) => other.externalId === externalId)
      ? Promise.reject(directoryErrors.externalIdTaken(externalId))
      : Promise.resolve();
  }

  permit(firmId: FirmId, id: EntityId, userId: UserId): Promise<void> {
    return this.permitAll(firmId, [id], userId);
  }

  permitAll(_firmId: FirmId, ids: readonly EntityId[], userId: UserId): Promise<void> {
    for (const id of ids) this.permitted.add(id, userId);
    return Promise.resolve();
  }

  countFiles(_firmId: FirmId, id: EntityId): Promise<number> {
    return Promise.resolve(this.files.get(id) ?? 0);
  }

  remove({ id }: FirmEntity): Promise<void> {
    if (this.files.has(id)) return Promise.reject(directoryErrors.entityInUse(id, null));
    this.entities.delete(id);
    for (const [entityId, userId] of this.permitted.all()) if (entityId === id) this.permitted.remove(entityId, userId);
    return Promise.resolve();
  }

  snapshot(): () => void {
    const restores = [snapshotOf(this.entities), this.permitted.snapshot()];
    return () => restores.forEach((restore) => restore());
  }
}

/** Looks up in the repositories what there is, and to whom it is permitted. */
export class InMemoryDirectoryAccess extends DataAccess {
  constructor(
    private readonly entities: InMemoryEntityRepository,
    private readonly groups: InMemoryGroupRepository,
  ) {
    super();
  }

  outOfReach(actor: Actor, of: 'entities' | 'groups', ids: readonly string[]): Promise<readonly string[]> {
    const inReach = of === 'entities' ? this.reachesEntity.bind(this) : this.reachesGroup.bind(this);
    return Promise.resolve(ids.filter((id) => !inReach(actor, id)));
  }

  private reachesGroup({ firmId, userId, allDataAccess }: Actor, id: string): boolean {
    const isThere = this.groups.groups.get(id as GroupId)?.firmId === firmId;
    return isThere && (allDataAccess || this.groups.permitted.has(id as GroupId, userId));
  }

  private reachesEntity({ firmId, userId, allDataAccess }: Actor, id: string): boolean {
    if (this.entities.entities.get(id as EntityId)?.firmId !== firmId) return false;
    if (allDataAccess || this.entities.permitted.has(id as EntityId, userId)) return true;
    const { members, permitted } = this.groups;
    return members.all().some(([groupId, entityId]) => entityId === id && permitted.has(groupId, userId));
  }
}
