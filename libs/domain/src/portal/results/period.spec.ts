import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canEndOn, elapsedShare, periodBefore, periodOf, type PeriodType, PERIOD_TYPES } from './period.js';

const DAY_MS = 86_400_000;
const numberOf = (day: string): number => Date.parse(`${day}T00:00:00Z`) / DAY_MS;
const length = (start: string, end: string): number => numberOf(end) - numberOf(start) + 1;

describe('A period', () => {
  it.each<[PeriodType, string, string, string, string]>([
    ['month', '2026-03-15', '2026-03-01', '2026-02-01', '2026-02-15'],
    ['month', '2026-03-31', '2026-03-01', '2026-02-01', '2026-02-28'],
    ['month', '2024-03-30', '2024-03-01', '2024-02-01', '2024-02-29'],
    ['month', '2026-02-28', '2026-02-01', '2026-01-01', '2026-01-28'],
    ['month', '2026-01-01', '2026-01-01', '2025-12-01', '2025-12-01'],
    ['week', '2026-03-04', '2026-03-02', '2026-02-23', '2026-02-25'],
    ['week', '2026-03-02', '2026-03-02', '2026-02-23', '2026-02-23'],
    ['week', '2026-03-08', '2026-03-02', '2026-02-23', '2026-03-01'],
    ['week', '2026-01-01', '2025-12-29', '2025-12-22', '2025-12-25'],
    ['week', '1960-02-29', '1960-02-29', '1960-02-22', '1960-02-22'],
    ['quarter', '2026-05-15', '2026-04-01', '2026-01-01', '2026-02-14'],
    ['quarter', '2026-06-30', '2026-04-01', '2026-01-01', '2026-03-31'],
    ['quarter', '2026-02-10', '2026-01-01', '2025-10-01', '2025-11-10'],
    ['year', '2026-07-01', '2026-01-01', '2025-01-01', '2025-07-01'],
    ['year', '2025-03-01', '2025-01-01', '2024-01-01', '2024-02-29'],
    ['year', '2024-02-29', '2024-01-01', '2023-01-01', '2023-03-01'],
    ['year', '2024-12-31', '2024-01-01', '2023-01-01', '2023-12-31'],
  ])('of a %s that ends on %s begins on %s; the one before goes from %s to %s', (type, end, start, from, to) => {
    expect(periodOf(type, end)).toMatchObject({ type, start, end, priorStart: from, priorEnd: to });
  });

  it('knows its whole length', () => {
    const lastDays = PERIOD_TYPES.map((type) => periodOf(type, '2024-02-03').lastDay);
    expect(lastDays).toEqual(['2024-02-04', '2024-02-29', '2024-03-31', '2024-12-31']);
    expect(elapsedShare(periodOf('month', '2026-03-31'))).toBe(1);
    expect(elapsedShare(periodOf('month', '2026-02-07'))).toBe(0.25);
  });

  it('has one before it, which is whole', () => {
    expect(periodBefore(periodOf('month', '2026-03-15'))).toEqual(periodOf('month', '2026-02-28'));
    expect(periodBefore(periodOf('week', '2026-01-01'))).toEqual(periodOf('week', '2025-12-28'));
  });

  it('ends in the years that anybody asks for', () => {
    expect(['1899-12-31', '1900-01-01', '2999-12-31', '3000-01-01'].map(canEndOn)).toEqual([false, true, true, false]);
  });

  const days = fc.integer({ min: numberOf('1900-01-01'), max: numberOf('2999-12-31') });
  const dayOf = (number: number) => new Date(number * DAY_MS).toISOString().slice(0, 10);

  it('holds its end, lies directly behind the one before, and is as long unless that one is shorter', () => {
    fc.assert(
      fc.property(fc.constantFrom(...PERIOD_TYPES), days, (type, number) => {
        const period = periodOf(type, dayOf(number));
        const { start, end, lastDay, priorStart, priorEnd } = period;
        expect(end).toBe(dayOf(number));
        expect(start <= end && end <= lastDay).toBe(true);
        const before = periodBefore(period);
        expect([before.start, before.lastDay]).toEqual([priorStart, dayOf(numberOf(start) - 1)]);
        expect(length(priorStart, priorEnd)).toBe(Math.min(length(start, end), length(priorStart, before.lastDay)));
      }),
    );
  });

  it('is the same on all of its days', () => {
    fc.assert(
      fc.property(fc.constantFrom(...PERIOD_TYPES), days, (type, number) => {
        const { start, lastDay } = periodOf(type, dayOf(number));
        const others = [start, lastDay].map((day) => periodOf(type, day));
        for (const other of others) expect([other.start, other.lastDay]).toEqual([start, lastDay]);
        expect(periodOf(type, dayOf(numberOf(lastDay) + 1)).start).toBe(dayOf(numberOf(lastDay) + 1));
      }),
    );
  });
});
