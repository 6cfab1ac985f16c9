import { describe, expect, it } from '@jest/globals';
import { anActor, DirectoryBench } from '@portico/testing';
import type { EntityId, FirmId, UserId } from '../kernel/index.js';
import { ChangeEntity } from './index.js';

const restricted = anActor({ allDataAccess: false, userId: '12' as UserId });
const useCase = ({ entities, access, history, unitOfWork, clock }: DirectoryBench) =>
  new ChangeEntity(entities, access, history, unitOfWork, clock);

describe('ChangeEntity', () => {
  it('changes what is given, and tells the history what that was', async () => {
    const bench = new DirectoryBench();
    const { id } = await bench.withEntity({ displayName: 'Mr. Smith' });
    await useCase(bench).execute(anActor(), { id, fields: { displayName: null, externalId: 'crm-1' } });
    expect(bench.entities.entities.get(id)).toMatchObject({
      originalName: 'Adam Smith',
      displayName: null,
      externalId: 'crm-1',
      modifiedAt: bench.clock.now(),
    });
    expect(bench.history.entries).toMatchObject([
      {
        action: 'entity.changed',
        subject: { type: 'entity', id },
        details: { displayName: { from: 'Mr. Smith', to: null }, externalId: { from: null, to: 'crm-1' } },
      },
    ]);
  });

  it.each([{}, { originalName: 'Adam Smith', modelType: 'person_node' }])(
    'leaves everything as it was when nothing is new in %j',
    async (fields) => {
      const bench = new DirectoryBench();
      const { id, modifiedAt } = await bench.withEntity();
      await useCase(bench).execute(anActor(), { id, fields });
      expect(bench.entities.entities.get(id)?.modifiedAt).toEqual(modifiedAt);
      expect(bench.history.entries).toEqual([]);
    },
  );

  it('refuses the external id of another entity, and changes nothing', async () => {
    const bench = new DirectoryBench();
    await bench.withEntity({ externalId: 'crm-1' });
    const { id } = await bench.withEntity({ externalId: 'crm-2' });
    const fields = { originalName: 'Other', externalId: 'crm-1' };
    await expect(useCase(bench).execute(anActor(), { id, fields })).rejects.toMatchObject({
      kind: 'conflict',
      code: 'external_id_taken',
    });
    expect(bench.entities.entities.get(id)).toMatchObject({ originalName: 'Adam Smith', externalId: 'crm-2' });
    await useCase(bench).execute(anActor(), { id, fields: { externalId: 'crm-2' } });
  });

  it('does not find what is unknown, or another firm’s', async () => {
    const bench = new DirectoryBench();
    const foreign = await bench.withEntity({ firmId: '2' as FirmId });
    for (const id of [foreign.id, '404' as EntityId])
      await expect(useCase(bench).execute(anActor(), { id, fields: { originalName: 'x' } })).rejects.toMatchObject({
        kind: 'not_found',
        code: 'entity_not_found',
      });
    expect(foreign.originalName).toBe('Adam Smith');
  });

  it('does not find what is not permitted, until it is, itself or as a member of a group', async () => {
    const bench = new DirectoryBench();
    const [alone, member] = [await bench.withEntity(), await bench.withEntity()];
    const group = await bench.withGroup([member.id]);
    const change = (id: EntityId) => useCase(bench).execute(restricted, { id, fields: { originalName: 'x' } });
    for (const { id } of [alone, member]) await expect(change(id)).rejects.toMatchObject({ code: 'entity_not_found' });
    bench.entities.permitted.add(alone.id, restricted.userId);
    bench.groups.permitted.add(group.id, restricted.userId);
    for (const { id } of [alone, member]) await change(id);
    expect([alone.originalName, member.originalName]).toEqual(['x', 'x']);
  });
});
