import type { EntityId, FirmId, GroupId, UserId } from '@portico/domain/kernel';
import type { InMemoryDataAccess } from '@portico/testing';
import type { Database } from '../../src/platform/database/database.js';
import { aGroup, anEntity, link } from './rows.js';

/** Entities and groups, permitted to the users that are named: for suites that run on both adapters. */
export interface PermittedDirectory {
  entity(firmId: FirmId, ...permittedTo: UserId[]): Promise<EntityId>;
  group(firmId: FirmId, ...permittedTo: UserId[]): Promise<GroupId>;
}

export function directoryInMemory(access: InMemoryDataAccess): PermittedDirectory {
  let count = 0;
  const put = (of: 'entities' | 'groups', firmId: FirmId, permittedTo: UserId[]): string => {
    const id = String(++count);
    access.put(firmId, of, id, ...permittedTo);
    return id;
  };
  return {
    entity: (firmId, ...permittedTo) => Promise.resolve(put('entities', firmId, permittedTo) as EntityId),
    group: (firmId, ...permittedTo) => Promise.resolve(put('groups', firmId, permittedTo) as GroupId),
  };
}

export function directoryInRows(database: Database): PermittedDirectory {
  return {
    async entity(firmId, ...permittedTo) {
      const id = await anEntity(database, firmId);
      for (const userId of permittedTo)
        await link(database, 'user_entities', { firm_id: firmId, user_id: userId, entity_id: id });
      return id;
    },
    async group(firmId, ...permittedTo) {
      const id = await aGroup(database, firmId);
      for (const userId of permittedTo)
        await link(database, 'user_groups', { firm_id: firmId, user_id: userId, group_id: id });
      return id;
    },
  };
}
