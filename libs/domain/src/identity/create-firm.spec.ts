import { describe, expect, it } from '@jest/globals';
import { anActor, FixedClock, InMemoryFirmRepository, InMemoryHistory, InMemoryUnitOfWork } from '@portico/testing';
import type { FirmId } from '../kernel/index.js';
import { CreateFirm } from './index.js';

function bench() {
  const [firms, history] = [new InMemoryFirmRepository(), new InMemoryHistory()];
  const unitOfWork = new InMemoryUnitOfWork([firms, history]);
  return { firms, history, createFirm: new CreateFirm(firms, history, unitOfWork, new FixedClock()) };
}

describe('CreateFirm', () => {
  it('makes a firm with the given id, or the next one', async () => {
    const { createFirm, history } = bench();
    expect(await createFirm.execute(anActor(), { id: '7' as FirmId, name: ' Seven ' })).toBe('7');
    expect(await createFirm.execute(anActor(), { id: null, name: 'Eight' })).toBe('8');
    expect(history.entries).toMatchObject([
      { action: 'firm.created', author: { firmId: '7' }, details: { name: 'Seven' } },
      { action: 'firm.created', author: { firmId: '8' } },
    ]);
  });

  it('refuses an id that is taken', async () => {
    const { createFirm } = bench();
    await createFirm.execute(anActor(), { id: '7' as FirmId, name: 'Seven' });
    await expect(createFirm.execute(anActor(), { id: '7' as FirmId, name: 'X' })).rejects.toMatchObject({
      code: 'firm_id_taken',
    });
  });

  it('makes the first firm only where there is none', async () => {
    const { createFirm, firms } = bench();
    const first = { id: '1' as FirmId, name: 'First', onlyIfNone: true };
    expect(await createFirm.execute(anActor(), first)).toBe('1');
    expect(await createFirm.execute(anActor(), { ...first, id: '2' as FirmId })).toBeNull();
    expect(firms.names.size).toBe(1);
  });

  it.each(['', '  ', 'a\nb', 'a'.repeat(161)])('refuses the name %j', async (name) => {
    await expect(bench().createFirm.execute(anActor(), { id: null, name })).rejects.toMatchObject({
      code: 'invalid_firm_name',
    });
  });
});
