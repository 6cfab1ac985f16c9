import { describe, expect, it } from '@jest/globals';
import { anActor, DirectoryBench } from '@portico/testing';
import type { ContactId, EntityId, FirmId, UserId } from '../kernel/index.js';
import { DeleteEntity } from './index.js';

const useCase = ({ entities, dependents, access, history, unitOfWork, clock }: DirectoryBench) =>
  new DeleteEntity(entities, dependents, access, history, unitOfWork, clock);

describe('DeleteEntity', () => {
  it('removes the entity with its permissions and memberships, and tells the history', async () => {
    const bench = new DirectoryBench();
    const [{ id }, other] = [await bench.withEntity({ externalId: 'crm-1' }), await bench.withEntity()];
    const group = await bench.withGroup([id, other.id]);
    bench.entities.permitted.add(id, '12' as UserId);
    await useCase(bench).execute(anActor(), { id });
    expect([...bench.entities.entities.keys()]).toEqual([other.id]);
    expect(await bench.groups.listMembers(group.firmId, group.id)).toEqual([other.id]);
    expect(group.modifiedAt).toEqual(bench.clock.now());
    expect(bench.entities.permitted.all()).toEqual([]);
    expect(bench.history.entries).toMatchObject([
      { action: 'entity.deleted', subject: { id }, details: { externalId: 'crm-1', groupIds: [group.id] } },
    ]);
  });

  it('tells the history which contacts and users lose it; the contacts count as modified', async () => {
    const bench = new DirectoryBench();
    const { id } = await bench.withEntity();
    bench.dependents.affiliate('entities', id, ['30', '4']);
    for (const user of ['12', '3']) bench.entities.permitted.add(id, user as UserId);
    await useCase(bench).execute(anActor(), { id });
    expect(bench.history.entries).toMatchObject([{ details: { contactIds: ['4', '30'], userIds: ['3', '12'] } }]);
    expect([...bench.dependents.modified.entries()]).toEqual(['4', '30'].map((one) => [one, bench.clock.now()]));
  });

  it('is forbidden for who may not change a contact that would lose it', async () => {
    const bench = new DirectoryBench();
    const { id } = await bench.withEntity();
    const group = await bench.withGroup([id]);
    const userId = '12' as UserId;
    bench.entities.permitted.add(id, userId);
    bench.dependents.affiliate('entities', id, ['4', '5']);
    bench.dependents.unchangeable.add('5' as ContactId);
    const attempt = useCase(bench).execute(anActor({ allDataAccess: false, userId }), { id });
    await expect(attempt).rejects.toMatchObject({ kind: 'forbidden', code: 'affiliated_contact_not_changeable' });
    expect([bench.entities.entities.size, bench.dependents.modified.size, bench.history.entries]).toEqual([1, 0, []]);
    expect(await bench.groups.listMembers(group.firmId, group.id)).toEqual([id]);
    await useCase(bench).execute(anActor(), { id });
  });

  it.each([
    [1, '1 file or folder is'],
    [3, '3 files and folders are'],
  ])('is refused while %i files are associated', async (files, says) => {
    const bench = new DirectoryBench();
    const { id } = await bench.withEntity();
    const group = await bench.withGroup([id]);
    bench.entities.files.set(id, files);
    const refusal = { kind: 'conflict', code: 'entity_in_use', message: expect.stringContaining(says) as unknown };
    await expect(useCase(bench).execute(anActor(), { id })).rejects.toMatchObject(refusal);
    expect(await bench.groups.listMembers(group.firmId, group.id)).toEqual([id]);
    expect(bench.history.entries).toEqual([]);
  });

  it('gives the memberships back when something else refers to the entity', async () => {
    const bench = new DirectoryBench();
    const { id } = await bench.withEntity();
    const group = await bench.withGroup([id]);
    bench.entities.files.set(id, 0);
    await expect(useCase(bench).execute(anActor(), { id })).rejects.toMatchObject({ code: 'entity_in_use' });
    expect(await bench.groups.listMembers(group.firmId, group.id)).toEqual([id]);
    expect(group.modifiedAt).toEqual(group.createdAt);
  });

  it('does not find what is unknown, another firm’s, or not permitted', async () => {
    const bench = new DirectoryBench();
    const [own, foreign] = [await bench.withEntity(), await bench.withEntity({ firmId: '2' as FirmId })];
    const restricted = anActor({ allDataAccess: false, userId: '12' as UserId });
    for (const [actor, id] of [
      [anActor(), foreign.id],
      [anActor(), '404' as EntityId],
      [restricted, own.id],
    ] as const)
      await expect(useCase(bench).execute(actor, { id })).rejects.toMatchObject({ code: 'entity_not_found' });
    expect(bench.entities.entities.size).toBe(2);
  });
});
