import type { DataAccess } from '../identity/index.js';
import type { Actor, EntityId, GroupId } from '../kernel/index.js';
import { directoryErrors } from './directory.errors.js';
import type { FirmEntity } from './entity.js';
import type { EntityRepository } from './entity-repository.js';
import type { Group } from './group.js';
import type { GroupRepository } from './group-repository.js';

/** The entity, locked, when `actor` may see it. @throws DomainError `entity_not_found` otherwise */
export async function visibleEntity(
  entities: EntityRepository,
  access: DataAccess,
  actor: Actor,
  id: EntityId,
): Promise<FirmEntity> {
  const entity = await entities.find(actor.firmId, id);
  if (!entity || !(await isVisible(access, actor, 'entities', id))) throw directoryErrors.entityNotFound(id);
  return entity;
}

/** The group, locked, when `actor` may see it. @throws DomainError `group_not_found` otherwise */
export async function visibleGroup(
  groups: GroupRepository,
  access: DataAccess,
  actor: Actor,
  id: GroupId,
): Promise<Group> {
  const group = await groups.find(actor.firmId, id);
  if (!group || !(await isVisible(access, actor, 'groups', id))) throw directoryErrors.groupNotFound(id);
  return group;
}

async function isVisible(access: DataAccess, actor: Actor, of: 'entities' | 'groups', id: string): Promise<boolean> {
  return actor.allDataAccess || (await access.outOfReach(actor, of, [id])).length === 0;
}
