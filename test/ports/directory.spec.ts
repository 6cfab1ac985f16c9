import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  type Dependents,
  type EntityRepository,
  type FirmEntity,
  type GroupRepository,
  type NewEntityFields,
} from '@portico/domain/directory';
import type { DataAccess } from '@portico/domain/identity';
import type { Actor, EntityId, FirmId, GroupId, UnitOfWork, UserId } from '@portico/domain/kernel';
import {
  aGroup,
  anActor,
  anEntity,
  InMemoryDependents,
  InMemoryDirectoryAccess,
  InMemoryEntityRepository,
  InMemoryGroupRepository,
  InMemoryUnitOfWork,
} from '@portico/testing';
import { MikroOrmEntityRepository } from '../../src/directory/mikro-orm-entity-repository.js';
import { MikroOrmGroupRepository } from '../../src/directory/mikro-orm-group-repository.js';
import { SqlDependents } from '../../src/directory/sql-dependents.js';
import { SqlDataAccess } from '../../src/identity/sql-data-access.js';
import { MikroOrmUnitOfWork } from '../../src/platform/database/mikro-orm-unit-of-work.js';
import { aFileRow, aUser, firmsWithUsers, link } from '../support/rows.js';
import { type TestDatabase, testDatabase } from '../support/test-database.js';
import { somebodyWaits } from '../support/waiting.js';

interface Directory {
  entities: EntityRepository;
  groups: GroupRepository;
  dependents: Dependents;
  access: DataAccess;
  unitOfWork: UnitOfWork;
}

const now = new Date('2026-02-03T04:05:06.789Z');
const UNKNOWN = '999999999';
let test: TestDatabase;
let firmId: FirmId;
let otherFirm: FirmId;
let userId: UserId;
let otherUser: UserId;

beforeAll(async () => {
  test = await testDatabase();
}, 60_000);
afterAll(() => test.dispose());
beforeEach(async () => {
  ({ firmId, otherFirm, createdBy: userId } = await firmsWithUsers(test.database));
  otherUser = await aUser(test.database, firmId);
});

function inMemory(): Directory {
  const groups = new InMemoryGroupRepository();
  const entities = new InMemoryEntityRepository();
  const access = new InMemoryDirectoryAccess(entities, groups);
  const dependents = new InMemoryDependents(entities, groups);
  return { groups, entities, dependents, access, unitOfWork: new InMemoryUnitOfWork([groups, entities, dependents]) };
}

function onPostgreSql(): Directory {
  return {
    groups: new MikroOrmGroupRepository(test.database),
    entities: new MikroOrmEntityRepository(test.database),
    dependents: new SqlDependents(test.database),
    access: new SqlDataAccess(test.database),
    unitOfWork: new MikroOrmUnitOfWork(test.database),
  };
}

describe.each([
  ['in memory', inMemory],
  ['on PostgreSQL', onPostgreSql],
])('the repositories of the directory %s', (_name, make) => {
  const directory = { current: null as Directory | null };
  const inUnit = <T>(work: (it: Directory) => Promise<T>): Promise<T> => {
    const it = (directory.current ??= make());
    return it.unitOfWork.run(() => work(it));
  };
  const added = async (changes: Partial<NewEntityFields> & { firmId?: FirmId } = {}): Promise<FirmEntity> => {
    const entity = anEntity({ firmId, ...changes });
    await inUnit(({ entities }) => entities.add(entity));
    return entity;
  };
  const addedGroup = async (members: readonly EntityId[] = [], changes: Parameters<typeof aGroup>[0] = {}) => {
    const group = aGroup({ firmId, ...changes });
    await inUnit(async ({ groups }) => {
      await groups.add(group);
      await groups.addMembers(group.firmId, group.id, members);
    });
    return group;
  };
  const found = (id: EntityId, firm = firmId) => inUnit(({ entities }) => entities.find(firm, id));
  const foundGroup = (id: GroupId, firm = firmId) => inUnit(({ groups }) => groups.find(firm, id));
  const members = (id: GroupId, firm = firmId) => inUnit(({ groups }) => groups.listMembers(firm, id));

  describe('with entities', () => {
    it('gives an entity its id and keeps every field', async () => {
      const full = { displayName: 'Größe 📄', currencyFactor: 'CHF', externalId: 'crm-1' };
      for (const entity of [await added(), await added(full)]) {
        expect(entity.id).toMatch(/^[1-9]\d*$/);
        expect({ ...(await found(entity.id)) }).toEqual({ ...entity });
      }
    });

    it('writes what was changed inside the unit of work, and nothing of one that fails', async () => {
      const { id } = await added();
      await inUnit(async ({ entities }) => {
        (await entities.find(firmId, id))?.revise({ displayName: 'Mr. Smith', modelType: 'TRUST' }, now);
      });
      const failure = inUnit(async ({ entities }) => {
        const entity = await entities.find(firmId, id);
        entity?.revise({ externalId: 'crm-2' }, new Date());
        if (entity) await entities.claimExternalId(entity);
        throw new Error('no');
      });
      await expect(failure).rejects.toThrow('no');
      expect(await found(id)).toMatchObject({
        displayName: 'Mr. Smith',
        modelType: 'TRUST',
        externalId: null,
        modifiedAt: now,
      });
    });

    it('lets one entity of a firm have an external id, when it is added and when it is changed', async () => {
      const refusal = { kind: 'conflict', code: 'external_id_taken' };
      await added({ externalId: 'crm-3' });
      await expect(added({ externalId: 'crm-3' })).rejects.toMatchObject(refusal);
      await added({ externalId: 'crm-3', firmId: otherFirm });
      const { id } = await added({ externalId: 'crm-4' });
      const claim = (externalId: string) =>
        inUnit(async ({ entities }) => {
          const entity = await entities.find(firmId, id);
          entity?.revise({ externalId }, now);
          if (entity) await entities.claimExternalId(entity);
        });
      await expect(claim('crm-3')).rejects.toMatchObject(refusal);
      expect((await found(id))?.externalId).toBe('crm-4');
      await claim('crm-5');
      await added({ externalId: 'crm-4' });
    });

    it('never finds another firm’s entity', async () => {
      const { id } = await added();
      expect(await found(id, otherFirm)).toBeNull();
      expect(await found(UNKNOWN as EntityId)).toBeNull();
    });

    it('permits entities, and the members of permitted groups, to a user', async () => {
      const [alone, member, hidden] = [await added(), await added(), await added()];
      const foreign = await added({ firmId: otherFirm });
      const group = await addedGroup([member.id]);
      await inUnit(async ({ entities, groups }) => {
        for (let twice = 0; twice < 2; twice++) {
          await entities.permit(firmId, alone.id, userId);
          await groups.permit(firmId, group.id, userId);
        }
      });
      const never = [foreign.id, UNKNOWN, '99999999999999999999'];
      const out = (actor: Actor) =>
        inUnit(({ access }) => access.outOfReach(actor, 'entities', [alone.id, ...never, member.id, hidden.id]));
      const asUser = (user: UserId) => anActor({ firmId, userId: user, allDataAccess: false });
      expect(await out(anActor({ firmId }))).toEqual(never);
      expect(await out(asUser(userId))).toEqual([...never, hidden.id]);
      expect(await out(asUser(otherUser))).toEqual([alone.id, ...never, member.id, hidden.id]);
    });

    it('removes an entity with its permissions', async () => {
      const { id } = await added();
      await inUnit(({ entities }) => entities.permit(firmId, id, userId));
      await inUnit(async ({ entities }) => {
        const entity = await entities.find(firmId, id);
        if (entity) await entities.remove(entity);
      });
      expect(await found(id)).toBeNull();
    });
  });

  describe('with groups', () => {
    it('gives a group its id, keeps every field and writes what was changed', async () => {
      const group = await addedGroup([], { name: 'Größe 📁' });
      expect({ ...(await foundGroup(group.id)) }).toEqual({ ...group });
      await inUnit(async ({ groups }) => void (await groups.find(firmId, group.id))?.rename('Other', now));
      expect(await foundGroup(group.id)).toMatchObject({ name: 'Other', modifiedAt: now });
    });

    it('adds and removes members, and tells what that changed, ascending', async () => {
      const [a, b, c] = [await added(), await added(), await added()].map(({ id }) => id) as [
        EntityId,
        EntityId,
        EntityId,
      ];
      const { id } = await addedGroup([b]);
      const change = (how: 'addMembers' | 'removeMembers', ids: EntityId[]) =>
        inUnit(({ groups }) => groups[how](firmId, id, ids));
      expect(await change('addMembers', [c, b, a, c])).toEqual([a, c]);
      expect(await members(id)).toEqual([a, b, c]);
      expect(await change('addMembers', [])).toEqual([]);
      expect(await change('removeMembers', [c, a, c])).toEqual([a, c]);
      expect(await change('removeMembers', [c])).toEqual([]);
      expect(await change('removeMembers', [])).toEqual([]);
      expect(await members(id)).toEqual([b]);
    });

    it('never finds or changes another firm’s group', async () => {
      const [entity, outside] = [await added(), await added()];
      const { id } = await addedGroup([entity.id]);
      await inUnit(({ groups }) => groups.permit(firmId, id, userId));
      expect(await foundGroup(id, otherFirm)).toBeNull();
      expect(await foundGroup(UNKNOWN as GroupId)).toBeNull();
      expect(await members(id, otherFirm)).toEqual([]);
      await inUnit(async ({ groups, dependents }) => {
        expect(await groups.addMembers(otherFirm, id, [outside.id])).toEqual([]);
        expect(await groups.removeMembers(otherFirm, id, [entity.id])).toEqual([]);
        expect(await dependents.leaveGroups(otherFirm, entity.id, now)).toEqual([]);
      });
      expect(await members(id)).toEqual([entity.id]);
    });

    it('permits groups to a user', async () => {
      const [mine, other] = [await addedGroup(), await addedGroup()];
      await inUnit(({ groups }) => groups.permit(firmId, mine.id, userId));
      const out = (actor: Actor) => inUnit(({ access }) => access.outOfReach(actor, 'groups', [mine.id, other.id]));
      expect(await out(anActor({ firmId }))).toEqual([]);
      expect(await out(anActor({ firmId, userId, allDataAccess: false }))).toEqual([other.id]);
      expect(await out(anActor({ firmId, userId: otherUser, allDataAccess: false }))).toEqual([mine.id, other.id]);
      expect(await out(anActor({ firmId: otherFirm }))).toEqual([mine.id, other.id]);
    });

    it('takes an entity out of every group, which then counts as modified', async () => {
      const [gone, stays] = [await added(), await added()];
      const [one, two, none] = [
        await addedGroup([gone.id, stays.id]),
        await addedGroup([gone.id]),
        await addedGroup([stays.id]),
      ];
      const left = await inUnit(({ dependents }) => dependents.leaveGroups(firmId, gone.id, now));
      expect(left).toEqual([one.id, two.id]);
      expect([await members(one.id), await members(two.id), await members(none.id)]).toEqual([
        [stays.id],
        [],
        [stays.id],
      ]);
      const times = await Promise.all([one, two, none].map(async ({ id }) => (await foundGroup(id))?.modifiedAt));
      expect(times).toEqual([now, now, none.createdAt]);
    });

    it('removes a group with its members and permissions', async () => {
      const entity = await added();
      const { id } = await addedGroup([entity.id]);
      await inUnit(({ groups }) => groups.permit(firmId, id, userId));
      await inUnit(async ({ groups }) => {
        const group = await groups.find(firmId, id);
        if (group) await groups.remove(group);
      });
      expect(await foundGroup(id)).toBeNull();
      expect(await members(id)).toEqual([]);
      expect(await found(entity.id)).not.toBeNull();
    });
  });
});

describe('the repositories of the directory on PostgreSQL', () => {
  const withRows = async () => {
    const { entities, groups, access, unitOfWork } = onPostgreSql();
    const [entity, group] = [anEntity({ firmId }), aGroup({ firmId })];
    await unitOfWork.run(async () => {
      await entities.add(entity);
      await groups.add(group);
    });
    return { entities, groups, access, unitOfWork, entity, group };
  };

  it('count the associated files, archived ones too, and do not remove what has some', async () => {
    const { entities, groups, unitOfWork, entity, group } = await withRows();
    for (const deletedAt of [null, new Date()]) {
      const file = await aFileRow(test.database, { firmId, createdBy: userId, deletedAt });
      await link(test.database, 'file_entities', { firm_id: firmId, file_id: file, entity_id: entity.id });
      await link(test.database, 'file_groups', { firm_id: firmId, file_id: file, group_id: group.id });
    }
    const { id } = entity;
    expect(await unitOfWork.run(() => entities.countFiles(firmId, id))).toBe(2);
    expect(await unitOfWork.run(() => entities.countFiles(otherFirm, id))).toBe(0);
    expect(await unitOfWork.run(() => groups.countFiles(firmId, group.id))).toBe(2);
    expect(await unitOfWork.run(() => groups.countFiles(otherFirm, group.id))).toBe(0);
    const removal = unitOfWork.run(async () => {
      const there = await entities.find(firmId, id);
      if (there) await entities.remove(there);
    });
    await expect(removal).rejects.toMatchObject({ kind: 'conflict', code: 'entity_in_use' });
    const removalOfGroup = unitOfWork.run(async () => {
      const there = await groups.find(firmId, group.id);
      if (there) await groups.remove(there);
    });
    await expect(removalOfGroup).rejects.toMatchObject({ kind: 'conflict', code: 'group_in_use' });
    expect(await unitOfWork.run(() => entities.find(firmId, id))).not.toBeNull();
    expect(await unitOfWork.run(() => groups.find(firmId, group.id))).not.toBeNull();
  });

  it.each(['found', 'linked'] as const)('keep an entity that was %s until the end', async (asked) => {
    const { entities, access, unitOfWork, entity } = await withRows();
    const isHeld = Promise.withResolvers<void>();
    const order: string[] = [];
    // begun outside of the unit of work, as another request is
    const removal = isHeld.promise.then(() =>
      unitOfWork.run(async () => {
        const there = await entities.find(firmId, entity.id);
        order.push('removed');
        if (there) await entities.remove(there);
      }),
    );
    await unitOfWork.run(async () => {
      if (asked === 'found') await entities.find(firmId, entity.id);
      else await access.outOfReach(anActor({ firmId }), 'entities', [entity.id]);
      isHeld.resolve();
      await somebodyWaits(test.database);
      order.push('held');
    });
    await removal;
    expect(order).toEqual(['held', 'removed']);
  });

  it('refuse what no use case lets through', async () => {
    const { unitOfWork } = onPostgreSql();
    const insert = (column: string, value: string) =>
      unitOfWork.run(() =>
        test.database.em.execute(
          `insert into entities (firm_id, original_name, model_type, created_at, modified_at, ${column})
           values (?, 'Entity', 'TRUST', now(), now(), ?)`,
          [firmId, value],
        ),
      );
    await insert('external_id', 'x');
    for (const column of ['display_name', 'external_id'])
      for (const value of ['', 'x'.repeat(256)]) await expect(insert(column, value)).rejects.toThrow('check');
    await expect(insert('currency_factor', '')).rejects.toThrow('check');
  });
});
