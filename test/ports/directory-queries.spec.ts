import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { EntityFilters, EntityQueries, GroupQueries } from '@portico/domain/directory';
import type { Actor, EntityId, FirmId, GroupId, Page, PageRequest, UserId } from '@portico/domain/kernel';
import { anActor } from '@portico/testing';
import { SqlEntityQueries } from '../../src/directory/sql-entity-queries.js';
import { SqlGroupQueries } from '../../src/directory/sql-group-queries.js';
import { aGroup, anEntity, aUser, firmsWithUsers, link } from '../support/rows.js';
import { type TestDatabase, testDatabase } from '../support/test-database.js';

const ALL: PageRequest = { limit: 100, after: null };
let test: TestDatabase;
let entities: EntityQueries;
let groups: GroupQueries;
let firmId: FirmId;
let otherFirm: FirmId;
let actor: Actor;

beforeAll(async () => {
  test = await testDatabase();
  entities = new SqlEntityQueries(test.database);
  groups = new SqlGroupQueries(test.database);
}, 60_000);
afterAll(() => test.dispose());
beforeEach(async () => {
  ({ firmId, otherFirm } = await firmsWithUsers(test.database));
  actor = anActor({ firmId });
});

const idsOf = ({ items }: Page<{ id: string }>): string[] => items.map(({ id }) => id);
const listed = async (who = actor, filters?: EntityFilters, page = ALL) =>
  idsOf(await entities.list(who, page, filters));

async function entityRows(...changes: object[]): Promise<EntityId[]> {
  const ids: EntityId[] = [];
  for (const change of changes) {
    const id = await anEntity(test.database, firmId);
    const columns = Object.keys(change);
    if (columns.length > 0)
      await test.database.em
        .fork()
        .execute(`update entities set ${columns.map((column) => `${column} = ?`).join(', ')} where id = ?`, [
          ...(Object.values(change) as unknown[]),
          id,
        ]);
    ids.push(id);
  }
  return ids;
}

async function groupOf(...members: EntityId[]): Promise<GroupId> {
  const id = await aGroup(test.database, firmId);
  for (const member of members)
    await link(test.database, 'group_members', { firm_id: firmId, group_id: id, entity_id: member });
  return id;
}

/** Follows the cursors to the end. */
async function walk<T extends { id: string }>(list: (page: PageRequest) => Promise<Page<T>>, limit: number) {
  const pages: string[][] = [];
  for (let after: string | null = null; ;) {
    const page: Page<T> = await list({ limit, after });
    pages.push(idsOf(page));
    if (page.next === null) return pages;
    after = page.next;
  }
}

describe('EntityQueries on PostgreSQL', () => {
  it('answer every field, with its type', async () => {
    const at = new Date('2026-01-02T03:04:05.678Z');
    const [id] = await entityRows({
      display_name: 'Name',
      model_type: 'TRUST',
      currency_factor: 'USD',
      external_id: 'crm-1',
      created_at: at,
      modified_at: at,
    });
    const entity = {
      id,
      originalName: 'Entity',
      displayName: 'Name',
      modelType: 'TRUST',
      currencyFactor: 'USD',
      externalId: 'crm-1',
      createdAt: at,
      modifiedAt: at,
    };
    expect(await entities.find(actor, id as EntityId)).toEqual(entity);
    expect((await entities.list(actor, ALL)).items).toEqual([entity]);
    expect((await entities.list(actor, ALL, { modelTypes: ['TRUST'] })).items).toEqual([entity]);
    expect((await entities.listByIds(firmId, [id as EntityId], ALL)).items).toEqual([entity]);
    const [plain] = await entityRows({});
    expect(await entities.find(actor, plain as EntityId)).toMatchObject({
      displayName: null,
      currencyFactor: null,
      externalId: null,
    });
  });

  it('page through everything in ascending order, once, whatever the question', async () => {
    const types = ['TRUST', 'BOND', 'TRUST', 'PERSON_NODE', 'BOND', 'TRUST'];
    const all = await entityRows(...types.map((model_type) => ({ model_type })));
    const group = await groupOf(...all);
    const wanted = all.filter((_id, at) => types[at] !== 'PERSON_NODE');
    const modelTypes = ['TRUST', 'BOND', 'TRUST', 'UNHEARD_OF'];
    for (const limit of [1, 2, 3, 5, 6, 7]) {
      const pages = [
        [await walk((page) => entities.list(actor, page), limit), all],
        [await walk((page) => entities.list(actor, page, { modelTypes }), limit), wanted],
        [await walk((page) => entities.listMembers(firmId, group, page), limit), all],
        [await walk((page) => entities.listByIds(firmId, [...all].reverse(), page), limit), all],
      ] as const;
      for (const [walked, expected] of pages) {
        expect(walked.flat()).toEqual(expected);
        expect(walked).toHaveLength(Math.ceil(expected.length / limit));
      }
    }
  });

  it('filter by external id and by kind, and by both', async () => {
    const [a, b] = await entityRows({ external_id: 'x', model_type: 'TRUST' }, { model_type: 'TRUST' });
    expect(await listed(actor, { externalId: 'x' })).toEqual([a]);
    expect(await listed(actor, { externalId: 'X' })).toEqual([]);
    expect(await listed(actor, { modelTypes: ['TRUST'] })).toEqual([a, b]);
    expect(await listed(actor, { modelTypes: [] })).toEqual([]);
    expect(await listed(actor, { externalId: 'x', modelTypes: ['BOND', 'TRUST'] })).toEqual([a]);
    expect(await listed(actor, { externalId: 'x', modelTypes: ['BOND'] })).toEqual([]);
  });

  it('never show another firm’s entities', async () => {
    const [id] = (await entityRows({ external_id: 'x' })) as [EntityId];
    const group = await groupOf(id);
    const stranger = anActor({ firmId: otherFirm });
    expect(await entities.find(stranger, id)).toBeNull();
    for (const filters of [{}, { externalId: 'x' }, { modelTypes: ['PERSON_NODE'] }])
      expect(await listed(stranger, filters)).toEqual([]);
    expect(idsOf(await entities.listMembers(otherFirm, group, ALL))).toEqual([]);
    expect(idsOf(await entities.listByIds(otherFirm, [id], ALL))).toEqual([]);
    const mixed = anActor({ firmId: otherFirm, userId: await aUser(test.database, otherFirm), allDataAccess: false });
    expect([await listed(mixed), await entities.find(mixed, id)]).toEqual([[], null]);
  });
});

describe('GroupQueries on PostgreSQL', () => {
  it('answer every field, with all members in ascending order', async () => {
    const members = await entityRows(...Array.from({ length: 12 }, () => ({})));
    const id = await groupOf(...[...members].reverse());
    const empty = await groupOf();
    const group = {
      id,
      name: 'Group',
      createdAt: expect.any(Date) as unknown,
      modifiedAt: expect.any(Date) as unknown,
      memberIds: members,
    };
    expect(await groups.find(actor, id)).toEqual(group);
    expect((await groups.list(actor, ALL)).items).toEqual([group, { ...group, id: empty, memberIds: [] }]);
    expect((await groups.listByIds(firmId, [id], ALL)).items).toEqual([group]);
  });

  it('page through everything in ascending order, once', async () => {
    const all: GroupId[] = [];
    for (let count = 0; count < 5; count++) all.push(await groupOf());
    for (const limit of [1, 2, 5, 6]) {
      expect((await walk((page) => groups.list(actor, page), limit)).flat()).toEqual(all);
      expect((await walk((page) => groups.listByIds(firmId, all, page), limit)).flat()).toEqual(all);
    }
    expect(idsOf(await groups.listByIds(firmId, [], ALL))).toEqual([]);
  });

  it('never show another firm’s groups', async () => {
    const id = await groupOf();
    const stranger = anActor({ firmId: otherFirm });
    expect(await groups.find(stranger, id)).toBeNull();
    expect(idsOf(await groups.list(stranger, ALL))).toEqual([]);
    expect(idsOf(await groups.listByIds(otherFirm, [id], ALL))).toEqual([]);
  });
});

describe('the data access of a restricted user on PostgreSQL', () => {
  let userId: UserId;
  let restricted: Actor;

  beforeEach(async () => {
    userId = await aUser(test.database, firmId);
    restricted = anActor({ firmId, userId, allDataAccess: false });
  });

  it('is their entities, their groups and the members of these, each once', async () => {
    const [mine, member, both, hidden] = (await entityRows({}, {}, {}, {})) as [EntityId, EntityId, EntityId, EntityId];
    const [family, second, foreign] = [await groupOf(member, both), await groupOf(both), await groupOf(hidden, mine)];
    for (const id of [mine, both])
      await link(test.database, 'user_entities', { firm_id: firmId, user_id: userId, entity_id: id });
    for (const id of [family, second])
      await link(test.database, 'user_groups', { firm_id: firmId, user_id: userId, group_id: id });
    const visible = [mine, member, both];
    expect(await listed(restricted)).toEqual(visible);
    expect(await listed(restricted, { modelTypes: ['PERSON_NODE', 'TRUST'] })).toEqual(visible);
    expect((await walk((page) => entities.list(restricted, page), 1)).flat()).toEqual(visible);
    for (const id of visible) expect((await entities.find(restricted, id))?.id).toBe(id);
    expect(await entities.find(restricted, hidden)).toBeNull();
    expect(idsOf(await groups.list(restricted, ALL))).toEqual([family, second]);
    expect((await groups.find(restricted, family))?.memberIds).toEqual([member, both]);
    expect(await groups.find(restricted, foreign)).toBeNull();
  });

  it('is nothing at first, and nothing of what is permitted to others', async () => {
    const [id] = (await entityRows({})) as [EntityId];
    const group = await groupOf(id);
    const other = await aUser(test.database, firmId);
    await link(test.database, 'user_entities', { firm_id: firmId, user_id: other, entity_id: id });
    await link(test.database, 'user_groups', { firm_id: firmId, user_id: other, group_id: group });
    expect([await listed(restricted), await entities.find(restricted, id)]).toEqual([[], null]);
    expect([idsOf(await groups.list(restricted, ALL)), await groups.find(restricted, group)]).toEqual([[], null]);
  });
});
