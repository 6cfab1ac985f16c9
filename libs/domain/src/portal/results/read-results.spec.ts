import { describe, expect, it } from '@jest/globals';
import { aPortalUser, FixedClock, StaticPlatforms, StaticResults } from '@portico/testing';
import { ReadResults } from './read-results.js';

/** In Auckland the first of May has begun. */
const CLOCK = new FixedClock(new Date('2026-04-30T13:00:00Z'));
const actor = aPortalUser();

describe('ReadResults', () => {
  const results = new StaticResults();
  const read = new ReadResults(results, new StaticPlatforms(['shopify']), CLOCK);
  results.figuresOf = [
    { ...{ metricKey: 'revenue', platform: 'shopify', isPrior: false, label: null, unit: 'EUR', sum: 10, count: 1 } },
  ];
  const goal = { metricKey: 'revenue', metric: 'Revenue', label: null, unit: null };
  results.goalsOf = { month: [{ ...goal, target: 100 }], quarter: [{ ...goal, target: 300 }] };

  it('ends the period today where the company is, unless an end is given', async () => {
    const end = async () => (await read.execute(actor, { type: 'month', end: null })).period.end;
    expect(await end()).toBe('2026-04-30');
    results.current = { isEnabled: true, timeZone: 'Pacific/Auckland' };
    expect(await end()).toBe('2026-05-01');
    const given = await read.execute(actor, { type: 'week', end: '2026-01-01' });
    expect(given.period).toMatchObject({ type: 'week', start: '2025-12-29', end: '2026-01-01' });
  });

  it('measures against the goals of that type of period', async () => {
    const target = async (type: 'month' | 'quarter' | 'year') =>
      (await read.execute(actor, { type, end: '2026-03-31' })).metrics.map((metric) => metric.target);
    expect([await target('month'), await target('quarter'), await target('year')]).toEqual([[100], [300], [null]]);
  });

  it('is empty without a dashboard, and says so', async () => {
    results.current = { isEnabled: false, timeZone: 'UTC' };
    expect(await read.execute(actor, { type: 'month', end: '2026-03-31' })).toEqual({
      ...{ metrics: [], insight: null, connectedPlatforms: [], isEnabled: false },
      period: expect.objectContaining({ start: '2026-03-01' }),
    });
  });
});
