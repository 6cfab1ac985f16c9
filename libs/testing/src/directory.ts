import { FirmEntity, Group, type NewEntityFields } from '@portico/domain/directory';
import type { EntityId, FirmId } from '@portico/domain/kernel';
import { FixedClock } from './fixed-clock.js';
import { InMemoryDependents } from './in-memory-dependents.js';
import { InMemoryDirectoryAccess, InMemoryEntityRepository, InMemoryGroupRepository } from './in-memory-directory.js';
import { InMemoryHistory } from './in-memory-history.js';
import { InMemoryUnitOfWork } from './in-memory-unit-of-work.js';

/** An entity of firm 1, not yet added anywhere, changed by `changes`. */
export function anEntity(changes: Partial<NewEntityFields & { firmId: FirmId; createdAt: Date }> = {}): FirmEntity {
  return new FirmEntity({
    firmId: '1' as FirmId,
    originalName: 'Adam Smith',
    modelType: 'PERSON_NODE',
    createdAt: new Date('2026-01-01T00:00:00Z'),
    ...changes,
  });
}

/** A group of firm 1, not yet added anywhere, changed by `changes`. */
export function aGroup(changes: Partial<ConstructorParameters<typeof Group>[0]> = {}): Group {
  return new Group({
    firmId: '1' as FirmId,
    name: 'Smith Family',
    createdAt: new Date('2026-01-01T00:00:00Z'),
    ...changes,
  });
}

/** In-memory adapters that know each other, for the use cases about entities and groups. */
export class DirectoryBench {
  readonly clock = new FixedClock();
  readonly groups = new InMemoryGroupRepository();
  readonly entities = new InMemoryEntityRepository();
  readonly access = new InMemoryDirectoryAccess(this.entities, this.groups);
  readonly dependents = new InMemoryDependents(this.entities, this.groups);
  readonly history = new InMemoryHistory();
  readonly unitOfWork = new InMemoryUnitOfWork([this.groups, this.entities, this.dependents, this.history]);

  async withEntity(changes: Parameters<typeof anEntity>[0] = {}): Promise<FirmEntity> {
    const entity = anEntity(changes);
    await this.entities.add(entity);
    return entity;
  }

  async withGroup(members: readonly EntityId[] = [], changes: Parameters<typeof aGroup>[0] = {}): Promise<Group> {
    const group = aGroup(changes);
    await this.groups.add(group);
    await this.groups.addMembers(group.firmId, group.id, members);
    return group;
  }
}
