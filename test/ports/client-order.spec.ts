import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { StoredFile } from '@portico/domain/files';
import type { FileId } from '@portico/domain/kernel';
import { type FileBench } from '@portico/testing';
import { type TestDatabase, testDatabase } from '../support/test-database.js';
import { inMemory, onPostgreSql, type TreeAdapters } from './tree-adapters.js';

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
}, 60_000);
afterAll(() => test.dispose());

/** The order as the database tells it. */
async function orderOnPostgreSql({ firmId, parentId }: StoredFile): Promise<FileId[]> {
  const rows = await test.database.em.fork().execute<{ id: string }[]>(
    `select id from files where firm_id = ? and parent_id = ? and not is_folder and deleted_at is null
     order by position nulls last, id`,
    [firmId, parentId],
  );
  return rows.map(({ id }) => String(id) as FileId);
}

const orderInMemory = ({ files }: TreeAdapters, file: StoredFile) =>
  Promise.resolve((files as FileBench['files']).inOrder(file).map(({ id }) => id));

describe.each([
  ['InMemoryFileRepository', inMemory, orderInMemory],
  [
    'MikroOrmFileRepository',
    () => onPostgreSql(test.database),
    (_: TreeAdapters, file: StoredFile) => orderOnPostgreSql(file),
  ],
] as const)('the order of files in a folder, kept by the FileRepository %s', (_name, make, orderOf) => {
  let it_: TreeAdapters;
  let files: StoredFile[];
  beforeEach(async () => {
    it_ = await make();
    const { id: parentId } = await it_.folder();
    await it_.folder({ parentId });
    files = [];
    for (const name of 'abcde') files.push(await it_.file({ name, parentId }));
  });
  const put = (name: string, priority: number) =>
    it_.unitOfWork.run(async () => {
      const file = await it_.files.find(it_.firmId, named(name).id);
      if (file) await it_.files.reorder(file, priority);
    });
  const named = (name: string) => files.find((file) => file.name === name) as StoredFile;
  const order = async () => {
    const ids = await orderOf(it_, named('a'));
    return ids.map((id) => files.find((file) => file.id === id)?.name).join('');
  };

  it('is that of their ids until one is put somewhere', async () => expect(await order()).toBe('abcde'));

  it.each([
    [[['c', 1]], 'cabde'],
    [[['a', 3]], 'bcade'],
    [[['a', 5]], 'bcdea'],
    [[['a', 99]], 'bcdea'],
    [[['b', 2]], 'abcde'],
    [[['e', 1], ['a', 2], ['b', 1]], 'beacd'], // prettier-ignore
    [[['a', 5], ['e', 1], ['c', 3]], 'ebcda'], // prettier-ignore
  ] as const)('after %j is %s', async (moves, expected) => {
    for (const [name, priority] of moves) await put(name, priority);
    expect(await order()).toBe(expected);
  });

  it('passes over archived files, and new ones come last', async () => {
    await put('e', 1);
    await it_.unitOfWork.run(async () => (await it_.files.find(it_.firmId, named('a').id))?.archive(new Date()));
    await put('b', 2);
    expect(await order()).toBe('ebcd');
    await it_.unitOfWork.run(async () => (await it_.files.find(it_.firmId, named('a').id))?.restore());
    files.push(await it_.file({ name: 'f', parentId: named('a').parentId }));
    await put('f', 1);
    expect((await order()).replace('a', '')).toBe('febcd');
  });
});
