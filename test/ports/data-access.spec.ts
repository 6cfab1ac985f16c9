import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { FileFilter, FileListItem } from '@portico/domain/files';
import type { Actor, EntityId, FileId, FirmId, FolderId, GroupId, UserId } from '@portico/domain/kernel';
import { anActor } from '@portico/testing';
import { SqlFileQueries } from '../../src/files/sql-file-queries.js';
import { MikroOrmFolderTree } from '../../src/folders/mikro-orm-folder-tree.js';
import type { Database } from '../../src/platform/database/database.js';
import { MikroOrmUnitOfWork } from '../../src/platform/database/mikro-orm-unit-of-work.js';
import { aFileRow, aFirm, aFolderRow, aGroup, anEntity, aUser, link } from '../support/rows.js';
import { type TestDatabase, testDatabase } from '../support/test-database.js';
import { isThorough } from '../support/thorough.js';
import { ENTITIES, type Filter, Model, type Question, type World, worlds } from './data-access-model.js';

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
}, 60_000);
afterAll(() => test.dispose());

describe('data access on PostgreSQL', () => {
  it('lists, filters and finds exactly what the rules say, in any tree', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, async (world) => {
        const model = new Model(world);
        const firm = await new FirmOfModel(test.database).fill(world);
        for (const { what, item, to } of world.changes) await firm.change(model, what, item, to);
        const whole = world.users.flatMap((_user, user) => [false, true].map((archived) => everything(user, archived)));
        for (const question of [...world.questions, ...whole]) {
          const asked = { question, items: await firm.list(question, model) };
          expect(asked).toEqual({ question, items: model.answer(question) });
        }
        for (const user of world.users.keys()) {
          const found = await firm.found(user);
          const readable = [...world.items.keys()].filter((at) => model.canRead(user, at));
          expect({ user, found: found.map(({ at }) => at) }).toEqual({ user, found: readable });
          for (const { at, file } of found) {
            expect(file.deletedAt !== null).toBe(model.isArchived(at));
            expect(file).toMatchObject(firm.associationsOf(model, user, at));
          }
          for (const folder of model.changeableFolders(user)) {
            const include = { archived: model.isArchived(folder) || folder % 2 === 0 };
            const asked = { user, folder, include };
            const canChange = (await firm.unchangeableBelow(user, folder, include)) === null;
            expect({ ...asked, canChange }).toEqual({
              ...asked,
              canChange: model.canChangeBelow(user, folder, include),
            });
          }
        }
      }),
      { numRuns: isThorough ? 60 : 20 },
    );
  }, 180_000);
});

/** All that a user may see in one state. */
const everything = (user: number, archived: boolean): Question => ({
  user,
  archived,
  kind: undefined,
  limit: 4,
  filter: {},
});

const ascending = <Id extends string>(ids: Iterable<Id>): Id[] =>
  [...new Set(ids)].sort((one, other) => Number(one) - Number(other));

/** Leaves out ids, as other firms and failed uploads do. */
const SKIP_IDS = `select setval(pg_get_serial_sequence('files', 'id'), nextval(pg_get_serial_sequence('files', 'id')) + ?::bigint)`;

const instantOf = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute));

/** A world of the model as rows. */
class FirmOfModel {
  private firmId!: FirmId;
  private actors: Actor[] = [];
  private entityIds: EntityId[] = [];
  private groupIds: GroupId[] = [];
  private ids: FileId[] = [];
  private readonly queries: SqlFileQueries;

  constructor(private readonly database: Database) {
    this.queries = new SqlFileQueries(database);
  }

  async fill(world: World): Promise<this> {
    const { database } = this;
    this.firmId = await aFirm(database);
    for (let at = 0; at < ENTITIES; at++) this.entityIds.push(await anEntity(database, this.firmId));
    for (const members of world.members) {
      const group = await aGroup(database, this.firmId);
      this.groupIds.push(group);
      await this.link('group_members', { group_id: group }, 'entity_id', this.entities(members));
    }
    for (const { allData, entities, groups } of world.users) {
      const userId = await aUser(database, this.firmId, allData);
      this.actors.push(anActor({ firmId: this.firmId, userId, allDataAccess: allData }));
      await this.link('user_entities', { user_id: userId }, 'entity_id', this.entities(entities));
      await this.link('user_groups', { user_id: userId }, 'group_id', this.groups(groups));
    }
    for (const { isFolder, parent, createdBy, createdAt, gap, entities, groups } of world.items) {
      const parentId = parent === null ? null : (this.ids[parent] ?? null);
      if (gap > 0) await this.execute(SKIP_IDS, [gap]);
      const row = { firmId: this.firmId, createdBy: this.actors[createdBy]?.userId as UserId, parentId };
      const id = await (isFolder ? aFolderRow : aFileRow)(database, row);
      this.ids.push(id);
      await this.execute('update files set created_at = ? where id = ?', [instantOf(createdAt), id]);
      await this.link('file_entities', { file_id: id }, 'entity_id', this.entities(entities));
      await this.link('file_groups', { file_id: id }, 'group_id', this.groups(groups));
    }
    return this;
  }

  /** Moves or archives, if the tree allows it, in the rows and in the model. */
  async change(model: Model, what: 'move' | 'archive', drawn: number, drawnTo: number): Promise<void> {
    const at = drawn % this.ids.length;
    const id = this.ids[at] as FileId;
    const isFolder = model.world.items[at]?.isFolder ?? false;
    const to = model.parentIn(drawnTo);
    if (model.isArchived(at)) return;
    if (what === 'move') {
      if (to !== null && (model.isArchived(to) || [to, ...model.above(to)].includes(at))) return;
      model.parents[at] = to;
      await this.execute('update files set parent_id = ? where id = ?', [to === null ? null : this.ids[to], id]);
      return;
    }
    model.archive(at);
    const now = new Date();
    await this.execute('update files set deleted_at = ?, archived_with = ? where id = ?', [
      now,
      isFolder ? id : null,
      id,
    ]);
    const tree = new MikroOrmFolderTree(this.database);
    if (isFolder) await new MikroOrmUnitOfWork(this.database).run(() => tree.archiveBelow(this.firmId, id, now));
  }

  /** The items on all pages of the list. */
  async list(question: Question, model: Model): Promise<number[]> {
    const { user, archived, kind, limit } = question;
    const filter = { kind, ...this.filterOf(question.filter, model) };
    const items: FileListItem[] = [];
    let after: string | null = null;
    do {
      const page = await this.queries.list(
        this.actor(user),
        archived ? 'archived' : 'active',
        { limit, after },
        filter,
      );
      items.push(...page.items);
      after = page.next;
    } while (after !== null);
    return items.map(({ id }) => this.ids.indexOf(id));
  }

  private filterOf({ entity, group, parent, after, before }: Filter, model: Model): FileFilter {
    const folder = parent === undefined ? null : model.parentIn(parent);
    return {
      ...(entity !== undefined && { entityId: this.entityIds[entity] }),
      ...(group !== undefined && { groupId: this.groupIds[group] }),
      ...(parent !== undefined && { parentId: folder === null ? null : this.ids[folder] }),
      ...((after ?? before) !== undefined && {
        created: {
          ...(after !== undefined && { after: instantOf(after) }),
          ...(before !== undefined && { before: instantOf(before) }),
        },
      }),
    };
  }

  /** Every item that a single read finds, in whatever state. */
  async found(user: number): Promise<{ at: number; file: FileListItem }[]> {
    const all = [...this.ids.entries()].map(async ([at, id]) => {
      const [active, archived] = [
        await this.queries.find(this.actor(user), 'active', id),
        await this.queries.find(this.actor(user), 'archived', id),
      ];
      expect(active && archived).toBeNull();
      const file = active ?? archived;
      return file ? [{ at, file }] : [];
    });
    return (await Promise.all(all)).flat();
  }

  unchangeableBelow(user: number, folder: number, include: { archived: boolean }): Promise<FileId | null> {
    const tree = new MikroOrmFolderTree(this.database);
    const ask = () => tree.findUnchangeableBelow(this.actor(user), this.ids[folder] as FolderId, include);
    return new MikroOrmUnitOfWork(this.database).run(ask);
  }

  associationsOf(model: Model, user: number, at: number): Pick<FileListItem, 'entityIds' | 'groupIds'> {
    const { entities, groups } = model.shown(user, at);
    return { entityIds: ascending(this.entities(entities)), groupIds: ascending(this.groups(groups)) };
  }

  private actor = (user: number): Actor => this.actors[user] as Actor;
  private entities = (places: readonly number[]): EntityId[] => places.map((at) => this.entityIds[at] as EntityId);
  private groups = (places: readonly number[]): GroupId[] => places.map((at) => this.groupIds[at] as GroupId);

  private async link(
    table: string,
    row: Record<string, string>,
    column: string,
    ids: readonly string[],
  ): Promise<void> {
    for (const id of ids) await link(this.database, table, { firm_id: this.firmId, ...row, [column]: id });
  }

  private async execute(sql: string, values: unknown[]): Promise<void> {
    await this.database.em.fork().execute(sql, values);
  }
}
