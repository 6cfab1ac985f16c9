import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Response } from 'supertest';
import { blobsIn } from '../../support/blobs.js';
import { dataOf, expectRefusal, expectStatus, type FilesApi, idsIn } from '../../support/files-api.js';
import { PorticoServer } from '../../support/portico-server.js';
import { RestrictedTree } from '../../support/restricted-tree.js';

jest.setTimeout(60_000);

const BOTH = 'filter[files][includedObjects]=FILES_AND_FOLDERS';
const PARENT = { source: { pointer: '/data/attributes/parent_folder_id' } };

let server: PorticoServer;
let tree: RestrictedTree;
let user: FilesApi;
let admin: FilesApi;

beforeAll(async () => {
  server = await PorticoServer.start();
  tree = await RestrictedTree.grow(server);
  ({ user, admin } = tree);
});
afterAll(() => server.dispose());

/** All of the tree as a user with all data sees it. */
const whole = async (): Promise<unknown[]> =>
  [...(await admin.walk(`/files?${BOTH}`)), ...(await admin.walk(`/archive/files?${BOTH}`))].flatMap(
    ({ data }) => data,
  );

const changes: [string, (id: string) => PromiseLike<Response>][] = [
  ['Update a file', (id) => user.rename(id, 'renamed.txt')],
  ['Update a file, with nothing', (id) => user.change(id, {})],
  ['Update a file, its entities', (id) => user.relate(id, { entities: [tree.entity] })],
  ['Move a file or folder to another folder', (id) => user.move(id, tree.id('folder'))],
  ['Move a file or folder to the top level', (id) => user.move(id, 0)],
  ['Delete a file or folder', (id) => user.delete(`/files/${id}`)],
  ['Associate entities with a file', (id) => user.link('post', id, 'entities', [tree.entity])],
  ['Replace entities associated with a file', (id) => user.link('patch', id, 'entities', [tree.entity])],
  ['Remove entities associated with a file', (id) => user.link('delete', id, 'entities', [tree.entity])],
  ['Associate groups with a file', (id) => user.link('post', id, 'groups', [tree.group])],
  ['Replace groups associated with a file', (id) => user.link('patch', id, 'groups', [])],
  ['Remove groups associated with a file', (id) => user.link('delete', id, 'groups', [tree.group])],
];

describe('As a user without all data', () => {
  it.each(changes)('%s: 404 for what is not readable, 403 for what is not changeable', async (_says, change) => {
    const before = await whole();
    for (const { file } of tree.of('none')) expectRefusal(await change(file.id), 404, { code: 'file_not_found' });
    for (const { file } of tree.of('read')) expectRefusal(await change(file.id), 403, { code: 'file_not_changeable' });
    expect(await whole()).toEqual(before);
  });

  it('lets everything be changed of which every effective association is permitted', async () => {
    for (const { file } of tree.of('change').filter(({ file }) => !file.attributes.is_folder)) {
      expectStatus(await user.rename(file.id, 'renamed.txt'), 200);
      expectStatus(await user.rename(file.id, file.attributes.name), 200);
      await user.archive(file.id);
      expectStatus(await user.restore(file.id), 200);
    }
  });

  it('Restore an archived file: 404 for what is not readable, 403 for what is not changeable', async () => {
    const files = tree.made.filter(({ file }) => file.attributes.parent_folder_id === 0);
    const archived = files.filter(({ reach, file }) => reach !== 'change' && !file.attributes.is_folder);
    await admin.archive(...archived.map(({ file }) => file.id));
    for (const { file, reach } of archived) expectRefusal(await user.restore(file.id, 0), reach === 'none' ? 404 : 403);
    for (const { file } of archived) expectStatus(await admin.restore(file.id, 0), 200);
  });
});

describe('Create a file in a folder, as a user without all data', () => {
  it.each<[string, (parent: string) => PromiseLike<Response>]>([
    ['Create a file in a folder', (parent) => user.upload('x.txt', { parent })],
    ['Create a folder', (parent) => user.postFolder('x', { parent })],
    ['Move a file or folder to another folder', (parent) => user.move(tree.id('of the entity'), parent)],
    ['Move a folder to another folder', (parent) => user.move(tree.id('folder'), parent)],
  ])('%s: 400 where the folder is not readable, 403 where it is not changeable', async (_says, put) => {
    const before = [await whole(), await blobsIn(server.dataDir)];
    for (const name of ['foreign folder', 'folder of nobody'])
      expectRefusal(await put(tree.id(name)), 400, { ...PARENT, code: 'folder_not_found' });
    expectRefusal(await put(tree.id('foreign folder inside')), 403, { ...PARENT, code: 'folder_not_changeable' });
    expect([await whole(), await blobsIn(server.dataDir)]).toEqual(before);
  });

  it('file_path: 400 where a folder is not readable, 403 where the last is not changeable', async () => {
    for (const path of ['foreign folder/', 'folder of nobody/'])
      expectRefusal(await user.upload('x.txt', { path }), 400, { code: 'invalid_file_path' });
    expectRefusal(await user.upload('x.txt', { path: 'mixed folder/foreign folder inside/' }), 403);
    const file = await user.createIn({ path: 'folder/' }, 'by path.txt');
    expect(idsIn(file, 'entities')).toEqual([tree.entity]);
    await user.archive(file.id);
  });

  it('lets a file be stored and moved where the folder is changeable, and shows what it inherits', async () => {
    const file = await user.createIn({ parent: tree.id('folder') }, 'mine.txt');
    expect(idsIn(file, 'entities')).toEqual([tree.entity]);
    expectStatus(await user.move(file.id, tree.id('folder by the user')), 200);
    expect((await user.read(file.id)).attributes.parent_folder_id).toBe(Number(tree.id('folder by the user')));
    await user.archive(file.id);
  });

  it('refuses entities and groups that are not permitted with 400, and takes members of a permitted group', async () => {
    const before = await whole();
    for (const place of [
      { entities: [tree.foreignEntity] },
      { entities: [tree.entity, tree.foreignEntity] },
      { groups: [tree.foreignGroup] },
    ]) {
      expectRefusal(await user.upload('x.txt', place), 400);
      expectRefusal(await user.postFolder('x', place), 400);
      expectRefusal(await user.relate(tree.id('of the entity'), place), 400);
    }
    for (const method of ['post', 'patch', 'delete'] as const)
      for (const ids of [[tree.foreignEntity], [tree.entity, tree.foreignEntity]])
        expectRefusal(await user.link(method, tree.id('of the entity'), 'entities', ids), 400);
    expect(await whole()).toEqual(before);
    const file = await user.createIn({ entities: [tree.member], groups: [tree.group] }, 'permitted.txt');
    expect([idsIn(file, 'entities'), idsIn(file, 'groups')]).toEqual([[tree.member], [tree.group]]);
    await user.archive(file.id);
  });

  it('answers an id that is not permitted exactly as one that is unknown', async () => {
    const [foreign, unknown] = [
      await user.link('post', tree.id('of the entity'), 'entities', [tree.foreignEntity]),
      await user.link('post', tree.id('of the entity'), 'entities', ['999999999']),
    ];
    const told = ({ body }: Response, id: string) => {
      const [error] = (body as { errors: Record<string, string>[] }).errors;
      return { ...error, id: '', detail: error?.detail?.replace(id, '<id>') };
    };
    expect(told(foreign, tree.foreignEntity)).toEqual(told(unknown, '999999999'));
  });
});

describe('A folder with something inside that the user may not change', () => {
  it.each([
    ['readable content of a foreign entity', 'mixed folder'],
    ['content that they can not even read', 'folder by the user'],
  ])('is neither archived nor moved: 403 for the whole, and nothing is changed (%s)', async (_says, name) => {
    const before = await whole();
    for (const change of [
      () => user.delete(`/files/${tree.id(name)}`),
      () => user.move(tree.id(name), tree.id('folder')),
    ])
      expectRefusal(await change(), 403, { code: 'folder_content_not_changeable' });
    expect(await whole()).toEqual(before);
  });

  it('can be renamed: that changes nothing inside', async () => {
    expectStatus(await user.rename(tree.id('mixed folder'), 'renamed folder'), 200);
    expectStatus(await user.rename(tree.id('mixed folder'), 'mixed folder'), 200);
  });

  it('is not restored by them either', async () => {
    await admin.archive(tree.id('mixed folder'));
    expectRefusal(await user.restore(tree.id('mixed folder')), 403);
    expectStatus(await admin.restore(tree.id('mixed folder')), 200);
  });

  it('is archived and restored by them once nothing of it is foreign', async () => {
    const outer = await user.createFolder('outer', { entities: [tree.entity] });
    const inner = await admin.createFolder('inner', { parent: outer.id, entities: [tree.foreignEntity] });
    expectRefusal(await user.delete(`/files/${outer.id}`), 403);
    expectStatus(await admin.link('patch', inner.id, 'entities', [tree.entity]), 204);
    await user.archive(outer.id);
    expectStatus(await user.restore(outer.id), 200);
    await user.archive(outer.id);
  });
});

describe('A change after which the user no longer reads the file', () => {
  let id: string;
  beforeEach(async () => {
    id = (await admin.createIn({ entities: [tree.entity] }, 'leaving.txt')).id;
  });

  it('is done and answered, and the next read is 404: the last association is removed', async () => {
    const answer = await user.relate(id, { entities: [] });
    expectStatus(answer, 200);
    expect(idsIn(dataOf(answer), 'entities')).toEqual([]);
    expectRefusal(await user.get(`/files/${id}`), 404);
  });

  it('is done and answered, and the next read is 404: it leaves the folder from which it inherits', async () => {
    const { id: inner } = await admin.createIn({ parent: tree.id('folder') }, 'inner.txt');
    const answer = await user.move(inner, 0);
    expectStatus(answer, 200);
    expect(dataOf(answer).attributes.parent_folder_id).toBe(0);
    expectRefusal(await user.get(`/files/${inner}`), 404);
  });

  it('may be that of another: who made a file without associations loses it to the first that is added', async () => {
    const own = await user.create('own.txt');
    expectStatus(await admin.link('post', own.id, 'entities', [tree.foreignEntity]), 204);
    expectRefusal(await user.get(`/files/${own.id}`), 404);
    expectStatus(await admin.link('delete', own.id, 'entities', [tree.foreignEntity]), 204);
    expect(await user.read(own.id)).toEqual(own);
  });
});
