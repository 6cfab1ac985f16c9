import { describe, expect, it } from '@jest/globals';
import { anActor, DirectoryBench } from '@portico/testing';
import type { EntityId, FirmId, UserId } from '../kernel/index.js';
import { CreateGroup } from './index.js';

const restricted = anActor({ allDataAccess: false, userId: '12' as UserId });
const useCase = ({ groups, access, history, unitOfWork, clock }: DirectoryBench) =>
  new CreateGroup(groups, access, history, unitOfWork, clock);

describe('CreateGroup', () => {
  it('adds a group with its members, and tells the history', async () => {
    const bench = new DirectoryBench();
    const [first, second] = [await bench.withEntity(), await bench.withEntity()];
    const memberIds = [second.id, first.id, second.id];
    const id = await useCase(bench).execute(anActor(), { name: ' Smith Fami\u0301ly ', memberIds });
    const now = bench.clock.now();
    expect(bench.groups.groups.get(id)).toMatchObject({ name: 'Smith Famíly', createdAt: now, modifiedAt: now });
    expect(await bench.groups.listMembers('1' as FirmId, id)).toEqual([first.id, second.id]);
    expect(bench.groups.permitted.all()).toEqual([]);
    expect(bench.history.entries).toMatchObject([
      { action: 'group.created', subject: { id }, details: { name: 'Smith Famíly', members: [first.id, second.id] } },
    ]);
  });

  it('permits it to its maker, when they do not see all data', async () => {
    const bench = new DirectoryBench();
    const id = await useCase(bench).execute(restricted, { name: 'Mine' });
    expect(bench.groups.permitted.all()).toEqual([[id, '12']]);
  });

  it('refuses entities that are not there for the actor, naming all of them', async () => {
    const bench = new DirectoryBench();
    const [mine, hidden] = [await bench.withEntity(), await bench.withEntity()];
    const foreign = await bench.withEntity({ firmId: '2' as FirmId });
    bench.entities.permitted.add(mine.id, restricted.userId);
    const memberIds = [mine.id, '404' as EntityId, foreign.id, hidden.id];
    await expect(useCase(bench).execute(restricted, { name: 'Mine', memberIds })).rejects.toMatchObject({
      kind: 'invalid',
      code: 'unknown_entities',
      ids: ['404', foreign.id, hidden.id],
    });
    expect([bench.groups.groups.size, bench.history.entries]).toEqual([0, []]);
    await useCase(bench).execute(anActor(), { name: 'All', memberIds: [mine.id, hidden.id] });
  });

  it.each(['', 'a\u0000', 'a'.repeat(256)])('refuses the name %j', async (name) => {
    await expect(useCase(new DirectoryBench()).execute(anActor(), { name })).rejects.toMatchObject({ field: 'name' });
  });
});
