import { describe, expect, it } from '@jest/globals';
import { anActor, DirectoryBench } from '@portico/testing';
import type { ContactId, FirmId, GroupId, UserId } from '../kernel/index.js';
import { DeleteGroup } from './index.js';

const restricted = anActor({ allDataAccess: false, userId: '12' as UserId });
const useCase = ({ groups, dependents, access, history, unitOfWork, clock }: DirectoryBench) =>
  new DeleteGroup(groups, dependents, access, history, unitOfWork, clock);

describe('DeleteGroup', () => {
  it('removes the group and leaves its members alone', async () => {
    const bench = new DirectoryBench();
    const entity = await bench.withEntity();
    const { id } = await bench.withGroup([entity.id]);
    bench.groups.permitted.add(id, restricted.userId);
    await useCase(bench).execute(restricted, { id });
    expect([bench.groups.groups.size, bench.groups.members.all(), bench.groups.permitted.all()]).toEqual([0, [], []]);
    expect(bench.entities.entities.size).toBe(1);
    expect(bench.history.entries).toMatchObject([
      { action: 'group.deleted', subject: { type: 'group', id }, details: { members: [entity.id] } },
    ]);
  });

  it('tells the history which contacts and users lose it; the contacts count as modified', async () => {
    const bench = new DirectoryBench();
    const { id } = await bench.withGroup();
    bench.dependents.affiliate('groups', id, ['4']);
    bench.groups.permitted.add(id, restricted.userId);
    await useCase(bench).execute(restricted, { id });
    expect(bench.history.entries).toMatchObject([{ details: { contactIds: ['4'], userIds: ['12'] } }]);
    expect(bench.dependents.modified.get('4' as ContactId)).toEqual(bench.clock.now());
  });

  it('is forbidden for who may not change a contact that would lose it', async () => {
    const bench = new DirectoryBench();
    const { id } = await bench.withGroup();
    bench.groups.permitted.add(id, restricted.userId);
    bench.dependents.affiliate('groups', id, ['4']);
    bench.dependents.unchangeable.add('4' as ContactId);
    await expect(useCase(bench).execute(restricted, { id })).rejects.toMatchObject({
      kind: 'forbidden',
      code: 'affiliated_contact_not_changeable',
    });
    expect([bench.groups.groups.size, bench.history.entries]).toEqual([1, []]);
  });

  it('is refused while files are associated', async () => {
    const bench = new DirectoryBench();
    const { id } = await bench.withGroup();
    bench.groups.files.set(id, 2);
    await expect(useCase(bench).execute(anActor(), { id })).rejects.toMatchObject({
      kind: 'conflict',
      code: 'group_in_use',
      message: expect.stringContaining('2 files and folders') as unknown,
    });
    expect([bench.groups.groups.size, bench.history.entries]).toEqual([1, []]);
  });

  it('does not find what is unknown, another firm’s, or not permitted', async () => {
    const bench = new DirectoryBench();
    const [own, foreign] = [await bench.withGroup(), await bench.withGroup([], { firmId: '2' as FirmId })];
    for (const [actor, id] of [
      [anActor(), foreign.id],
      [anActor(), '404' as GroupId],
      [restricted, own.id],
    ] as const)
      await expect(useCase(bench).execute(actor, { id })).rejects.toMatchObject({ code: 'group_not_found' });
    expect(bench.groups.groups.size).toBe(2);
  });
});
