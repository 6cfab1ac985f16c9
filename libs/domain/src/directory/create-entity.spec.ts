import { describe, expect, it } from '@jest/globals';
import { anActor, DirectoryBench } from '@portico/testing';
import type { UserId } from '../kernel/index.js';
import { CreateEntity } from './index.js';

const fields = { originalName: 'Adam Smith', modelType: 'person_node' };
const useCase = ({ entities, history, unitOfWork, clock }: DirectoryBench) =>
  new CreateEntity(entities, history, unitOfWork, clock);

describe('CreateEntity', () => {
  it('adds the entity to the firm of the actor, and tells the history', async () => {
    const bench = new DirectoryBench();
    const id = await useCase(bench).execute(anActor(), { ...fields, externalId: 'crm-1' });
    const now = bench.clock.now();
    expect(bench.entities.entities.get(id)).toMatchObject({ firmId: '1', createdAt: now, modifiedAt: now });
    expect(bench.history.entries).toMatchObject([
      {
        action: 'entity.created',
        subject: { type: 'entity', id },
        details: { originalName: 'Adam Smith', modelType: 'PERSON_NODE', externalId: 'crm-1', displayName: null },
      },
    ]);
    expect(bench.entities.permitted.all()).toEqual([]);
  });

  it('permits it to its maker, when they do not see all data', async () => {
    const bench = new DirectoryBench();
    const actor = anActor({ allDataAccess: false, userId: '12' as UserId });
    const id = await useCase(bench).execute(actor, fields);
    expect(bench.entities.permitted.all()).toEqual([[id, '12']]);
  });

  it('refuses an external id twice in a firm, and nothing remains', async () => {
    const bench = new DirectoryBench();
    await bench.withEntity({ externalId: 'crm-1' });
    const again = useCase(bench).execute(anActor(), { ...fields, externalId: 'crm-1' });
    await expect(again).rejects.toMatchObject({ kind: 'conflict', code: 'external_id_taken' });
    expect([bench.entities.entities.size, bench.history.entries]).toEqual([1, []]);
  });

  it('refuses a name that is none', async () => {
    const attempt = useCase(new DirectoryBench()).execute(anActor(), { ...fields, originalName: '' });
    await expect(attempt).rejects.toMatchObject({ kind: 'invalid', field: 'originalName' });
  });
});
