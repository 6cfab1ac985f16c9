import { describe, expect, it } from '@jest/globals';
import { aDelivery, anActor, NotificationBench } from '@portico/testing';
import type { DeliveryId, FirmId } from '../kernel/index.js';
import type { DeliveryState } from './delivery.js';

const author = anActor();
const idOf = (number: number) => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}` as DeliveryId;

/** Mails with the ids 1, 2, … in these states, settled one second after the other. */
async function benchWith(...states: DeliveryState[]) {
  const bench = new NotificationBench();
  for (const [index, state] of states.entries()) {
    const delivery = await bench.with({ id: idOf(index + 1), firmId: (index === 0 ? '1' : '2') as FirmId });
    delivery.begin('adam@example.test', bench.clock.now());
    if (state !== 'queued') delivery.settle(state, 'no', bench.clock.now());
    bench.clock.advance(1);
  }
  const stateOf = (number: number) => bench.deliveries.rows.get(idOf(number))?.state;
  return { bench, stateOf };
}

describe('RetryDeliveries', () => {
  it('queues the given mails again, with their jobs, and the history tells it for each firm', async () => {
    const { bench, stateOf } = await benchWith('refused', 'failed', 'failed');
    const ids = [idOf(1), idOf(2)];
    expect(await bench.retryDeliveries.execute(author, { ids })).toBe(2);
    expect([1, 2, 3].map(stateOf)).toEqual(['queued', 'queued', 'failed']);
    expect(bench.deliveries.rows.get(idOf(1))).toMatchObject({ attempts: 0, queuedAt: bench.clock.now() });
    expect(bench.jobs.jobs).toEqual(ids.map((deliveryId) => ({ deliveryId, at: null })));
    expect(
      bench.history.entries.map(({ action, subject, author: by, details }) => [action, subject, by.firmId, details]),
    ).toEqual([
      ['mails.queued_again', { type: 'firm', id: '1' }, '1', { ids: [idOf(1)] }],
      ['mails.queued_again', { type: 'firm', id: '2' }, '2', { ids: [idOf(2)] }],
    ]);
  });

  it('queues all that are undelivered, of a firm or of all', async () => {
    const { bench, stateOf } = await benchWith('refused', 'failed', 'sent', 'queued');
    expect(await bench.retryDeliveries.execute(author, { allOf: '2' as FirmId })).toBe(1);
    expect([1, 2, 3, 4].map(stateOf)).toEqual(['refused', 'queued', 'sent', 'queued']);
    expect(await bench.retryDeliveries.execute(author, { allOf: null })).toBe(1);
    expect(await bench.retryDeliveries.execute(author, { allOf: null })).toBe(0);
  });

  it('goes on after the first 500', async () => {
    const bench = new NotificationBench();
    const many = Array.from({ length: 1001 }, (_, index) => aDelivery({ id: idOf(index + 1) }));
    for (const delivery of many) delivery.settle('failed', 'no', bench.clock.now());
    await bench.deliveries.add(many);
    bench.clock.advance(1);
    expect(await bench.retryDeliveries.execute(author, { allOf: null })).toBe(1001);
    expect(bench.jobs.jobs).toHaveLength(1001);
  });

  it.each([
    ['not_found', 'deliveries_not_found', [idOf(1), idOf(9)]],
    ['conflict', 'deliveries_not_retryable', [idOf(1), idOf(2)]],
    ['conflict', 'deliveries_not_retryable', [idOf(1), idOf(3)]],
  ] as const)('queues nothing when one of them can not be: %s', async (kind, code, ids) => {
    const { bench, stateOf } = await benchWith('refused', 'sent', 'queued');
    await expect(bench.retryDeliveries.execute(author, { ids })).rejects.toMatchObject({ kind, code });
    expect([1, 2, 3].map(stateOf)).toEqual(['refused', 'sent', 'queued']);
    expect([bench.jobs.jobs, bench.history.entries]).toEqual([[], []]);
  });
});
