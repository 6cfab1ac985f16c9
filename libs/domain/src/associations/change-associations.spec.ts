import { beforeEach, describe, expect, it } from '@jest/globals';
import { anActor, FileBench } from '@portico/testing';
import type { AssociatedId, StoredFile } from '../files/index.js';
import type { UserId } from '../kernel/index.js';
import { type AssociationChange, ChangeAssociations } from './index.js';

const me = '12' as UserId;
const restricted = anActor({ allDataAccess: false, userId: me, permissions: ['files_edit'] });
const { firmId } = anActor();
let bench: FileBench;
let folder: StoredFile;
let file: StoredFile;
let inherited: AssociatedId;
let [one, two]: AssociatedId[] = [];

beforeEach(async () => {
  bench = new FileBench();
  folder = await bench.withFolder({ name: 'Clients' });
  file = await bench.with({ parentId: folder.id });
  inherited = bench.associations.make('entities', '100', me);
  one = bench.associations.make('entities', '1', me);
  two = bench.associations.make('entities', '2');
  await bench.associations.add(firmId, folder.id, 'entities', [inherited]);
});

const change = (what: AssociationChange, ids: (AssociatedId | undefined)[], actor = anActor(), { id } = file) => {
  const { files, tree, associations, history, unitOfWork } = bench;
  const useCase = new ChangeAssociations(files, tree, associations, history, unitOfWork);
  return useCase.execute(actor, { id, change: what, kind: 'entities', ids: ids as AssociatedId[] });
};
const own = () => bench.associations.own(firmId, file.id, 'entities');

describe('ChangeAssociations', () => {
  it('adds, and adding twice is no error', async () => {
    await change('add', [one]);
    await change('add', [one, two]);
    expect(await own()).toEqual([one, two]);
    expect(bench.history.actions).toEqual(Array(2).fill(`file.associations_added ${file.id}`));
  });

  it('adds as its own what it inherits already, so that it stays when the file moves', async () => {
    await change('add', [inherited]);
    expect(await own()).toEqual([inherited]);
  });

  it('replaces its own and leaves what it inherits', async () => {
    await change('add', [one]);
    await change('replace', [inherited, two]);
    expect(await own()).toEqual([two]);
  });

  it('removes, and removing what is not there is no error', async () => {
    await change('add', [one]);
    await change('remove', [one, two]);
    await change('remove', [one]);
    expect(await own()).toEqual([]);
  });

  it.each(['remove', 'replace'] as const)(
    'refuses to %s what is only inherited, and names the folder',
    async (what) => {
      await change('add', [one]);
      await expect(change(what, what === 'remove' ? [one, inherited] : [two])).rejects.toMatchObject({
        kind: 'invalid',
        code: 'association_inherited',
        message: expect.stringContaining(`${folder.id} "Clients"`),
      });
      expect(await own()).toEqual([one]);
    },
  );

  it('removes its own also when it inherits the same', async () => {
    await change('add', [inherited]);
    await change('remove', [inherited]);
    expect(await own()).toEqual([]);
    expect(bench.associations.effective(file.id)).toHaveLength(1);
  });

  it.each(['add', 'replace', 'remove'] as const)('refuses the whole list to %s when one is unknown', async (what) => {
    await change('add', [one]);
    const attempt = change(what, [inherited, one, two, '404' as AssociatedId]);
    await expect(attempt).rejects.toMatchObject({ code: 'unknown_entities', message: expect.stringContaining('404') });
    expect(await own()).toEqual([one]);
  });

  it('refuses what is not permitted to the actor as if it were unknown', async () => {
    await expect(change('add', [one, two], restricted)).rejects.toMatchObject({ code: 'unknown_entities' });
    await change('add', [one], restricted);
    expect(await own()).toEqual([one]);
  });

  it('is forbidden to who may only read the file, and not found for who may not', async () => {
    await change('add', [two]);
    await expect(change('add', [one], restricted)).rejects.toMatchObject({ code: 'file_not_changeable' });
    const alone = await bench.with();
    await expect(change('add', [one], restricted, alone)).rejects.toMatchObject({ code: 'file_not_found' });
  });
});
