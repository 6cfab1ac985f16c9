import { describe, expect, it } from '@jest/globals';
import { aDelivery } from '@portico/testing';
import { LONGEST_PAUSE, MAX_ATTEMPTS, pauseAfter } from './delivery.js';

const now = new Date('2026-02-03T04:05:06.789Z');

describe('a Delivery', () => {
  it('without an address is refused before anyone is asked', () => {
    const { queuedAt } = aDelivery();
    expect(aDelivery({ address: null })).toMatchObject({ state: 'refused', attempts: 0, settledAt: queuedAt });
    expect(aDelivery()).toMatchObject({ state: 'queued', attempts: 0, settledAt: null, answer: null });
  });

  it('waits longer after each attempt, six hours at most', () => {
    expect([1, 2, 3, 4].map((attempts) => pauseAfter(attempts, 30))).toEqual([30, 60, 120, 240]);
    expect(pauseAfter(11, 30)).toBe(LONGEST_PAUSE);
    expect(pauseAfter(1000, 30)).toBe(LONGEST_PAUSE);
  });

  it('is given up after so many attempts that they take more than a day', () => {
    const delivery = aDelivery();
    let seconds = 0;
    while (delivery.isQueued) {
      delivery.begin('adam@example.test', now);
      delivery.postpone('421 busy', now, 30);
      if (delivery.nextAttemptAt) seconds += (delivery.nextAttemptAt.getTime() - now.getTime()) / 1000;
    }
    expect(delivery).toMatchObject({ state: 'failed', attempts: MAX_ATTEMPTS, answer: 'given up: 421 busy' });
    expect(delivery).toMatchObject({ settledAt: now, nextAttemptAt: null });
    expect(seconds).toBeGreaterThan(24 * 3600);
    expect(seconds).toBeLessThan(48 * 3600);
  });

  it('keeps an answer on one line and of a readable length', () => {
    const delivery = aDelivery();
    delivery.settle('refused', `550-no\r\n550 such\u0000user ${'x'.repeat(1000)}`, now);
    expect(delivery.answer).toMatch(/^550-no 550 such user x+…$/);
    expect(delivery.answer).toHaveLength(500);
  });

  it('is as new when it is queued again, but its last answer stays', () => {
    const delivery = aDelivery();
    delivery.begin('adam@example.test', now);
    delivery.settle('refused', '550 no such user', now);
    const later = new Date(now.getTime() + 1000);
    delivery.queueAgain(later);
    expect({ ...delivery }).toMatchObject({ ...aDelivery({ queuedAt: later }), answer: '550 no such user' });
  });
});
