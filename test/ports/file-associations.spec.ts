import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { AssociatedId } from '@portico/domain/files';
import { type TestDatabase, testDatabase } from '../support/test-database.js';
import { actorsOf, inMemory, onPostgreSql, type TreeAdapters } from './tree-adapters.js';

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
}, 60_000);
afterAll(() => test.dispose());

describe.each([
  ['InMemoryFileAssociations', inMemory],
  ['MikroOrmFileAssociations', () => onPostgreSql(test.database)],
])('the FileAssociations %s', (_name, make) => {
  let it_: TreeAdapters;
  beforeEach(async () => {
    it_ = await make();
  });
  const inUnit = <T>(work: () => Promise<T>) => it_.unitOfWork.run(work);

  it.each(['entities', 'groups'] as const)('adds and removes %s, ascending and each once', async (kind) => {
    const { id } = await it_.file();
    const [one, two, three] = [await it_.make(kind), await it_.make(kind), await it_.make(kind)];
    const own = () => inUnit(() => it_.associations.own(it_.firmId, id, kind));
    await inUnit(() => it_.associations.add(it_.firmId, id, kind, [two, one]));
    await inUnit(() => it_.associations.add(it_.firmId, id, kind, [two, three]));
    await inUnit(() => it_.associations.add(it_.firmId, id, kind, []));
    expect(await own()).toEqual([one, two, three]);
    await inUnit(() => it_.associations.remove(it_.firmId, id, kind, [two]));
    await inUnit(() => it_.associations.remove(it_.firmId, id, kind, [two]));
    await inUnit(() => it_.associations.remove(it_.firmId, id, kind, []));
    expect(await own()).toEqual([one, three]);
    const other = kind === 'entities' ? 'groups' : 'entities';
    expect(await inUnit(() => it_.associations.own(it_.firmId, id, other))).toEqual([]);
  });

  it('tells what a folder hands down, each from the nearest folder that has it', async () => {
    const outer = await it_.folder({ name: 'Outer' });
    const inner = await it_.folder({ name: 'Inner', parentId: outer.id });
    const [both, far] = [await it_.make('entities'), await it_.make('entities')];
    await inUnit(async () => {
      await it_.associations.add(it_.firmId, outer.id, 'entities', [both, far]);
      await it_.associations.add(it_.firmId, inner.id, 'entities', [both]);
    });
    const inherited = await inUnit(() => it_.associations.inherited(it_.firmId, inner.id, 'entities'));
    expect(inherited).toHaveLength(2);
    expect(inherited).toEqual(
      expect.arrayContaining([
        { id: both, from: { id: inner.id, name: 'Inner' } },
        { id: far, from: { id: outer.id, name: 'Outer' } },
      ]),
    );
    expect(await inUnit(() => it_.associations.inherited(it_.firmId, inner.id, 'groups'))).toEqual([]);
  });

  it('knows what is unknown, and what is not permitted', async () => {
    const { owner, restricted } = actorsOf(it_);
    const [mine, foreign] = [await it_.make('entities', true), await it_.make('entities')];
    const unknown = '999999' as AssociatedId;
    const notPermitted = (actor: typeof owner) =>
      inUnit(() => it_.associations.notPermitted(actor, 'entities', [mine, foreign, unknown]));
    expect(await notPermitted(owner)).toEqual([unknown]);
    expect(await notPermitted(restricted)).toEqual([foreign, unknown]);
  });

  it('takes back what a failed unit of work has added', async () => {
    const { id } = await it_.file();
    const entity = await it_.make('entities');
    const failure = inUnit(async () => {
      await it_.associations.add(it_.firmId, id, 'entities', [entity]);
      throw new Error('no');
    });
    await expect(failure).rejects.toThrow('no');
    expect(await inUnit(() => it_.associations.own(it_.firmId, id, 'entities'))).toEqual([]);
  });
});

describe('MikroOrmFileAssociations', () => {
  it('never knows, shows or changes what is another firm’s', async () => {
    const [here, there] = [await onPostgreSql(test.database), await onPostgreSql(test.database)];
    const [file, entity] = [await here.file(), await here.make('entities')];
    const inUnit = <T>(work: () => Promise<T>) => here.unitOfWork.run(work);
    await inUnit(() => here.associations.add(here.firmId, file.id, 'entities', [entity]));
    expect(await inUnit(() => here.associations.own(there.firmId, file.id, 'entities'))).toEqual([]);
    const { owner } = actorsOf(there);
    expect(await inUnit(() => here.associations.notPermitted(owner, 'entities', [entity]))).toEqual([entity]);
    await inUnit(() => here.associations.remove(there.firmId, file.id, 'entities', [entity]));
    expect(await inUnit(() => here.associations.own(here.firmId, file.id, 'entities'))).toEqual([entity]);
    const other = await here.make('entities');
    await expect(inUnit(() => here.associations.add(there.firmId, file.id, 'entities', [other]))).rejects.toThrow();
  });

  it('counts an entity that is a member of a permitted group as permitted', async () => {
    const it_ = await onPostgreSql(test.database);
    const [group, member] = [await it_.make('groups', true), await it_.make('entities')];
    const row = { firm_id: it_.firmId, group_id: group, entity_id: member };
    await test.database.em
      .fork()
      .execute('insert into group_members (firm_id, group_id, entity_id) values (?, ?, ?)', [
        row.firm_id,
        row.group_id,
        row.entity_id,
      ]);
    const { restricted } = actorsOf(it_);
    expect(await it_.unitOfWork.run(() => it_.associations.notPermitted(restricted, 'entities', [member]))).toEqual([]);
  });
});
