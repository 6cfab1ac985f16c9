import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, daysOf, daysToFetch, windowsOf } from './days.js';
import { dayIn } from '../kernel/index.js';

describe('The days that are fetched', () => {
  it('are the last thirty the first time', () => {
    expect(daysToFetch('2026-03-10', null)).toEqual({ from: '2026-02-09', to: '2026-03-10' });
    expect(daysOf(daysToFetch('2026-03-10', null))).toHaveLength(30);
  });

  it('begin three days before the last one that is there', () => {
    expect(daysToFetch('2026-03-10', '2026-03-09')).toEqual({ from: '2026-03-06', to: '2026-03-10' });
    expect(daysToFetch('2026-03-01', '2026-03-01')).toEqual({ from: '2026-02-26', to: '2026-03-01' });
  });

  it('are a year at most, and never end before they begin', () => {
    expect(daysToFetch('2026-03-10', '2020-01-01').from).toBe('2025-03-11');
    expect(daysToFetch('2026-03-10', '2026-03-11').from).toBe('2026-03-07');
    expect(daysToFetch('2026-03-10', '2026-03-20').from).toBe('2026-03-07');
  });
});

describe('A day', () => {
  it('is that of the time zone, whatever the time of the year', () => {
    const instant = new Date('2026-03-08T10:30:00Z');
    expect(dayIn('Pacific/Auckland', instant)).toBe('2026-03-08');
    expect(dayIn('Pacific/Kiritimati', instant)).toBe('2026-03-09');
    expect(dayIn('America/Los_Angeles', new Date('2026-03-08T07:59:59Z'))).toBe('2026-03-07');
    expect(dayIn('UTC', new Date('2026-12-31T23:59:59Z'))).toBe('2026-12-31');
  });

  it('is followed by the next one, over months, leap days and changes of the clock', () => {
    expect([addDays('2028-02-28', 1), addDays('2026-02-28', 1)]).toEqual(['2028-02-29', '2026-03-01']);
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
  });
});

describe('Windows', () => {
  it('make up the range: no day is missing, none is there twice, none is too many', () => {
    const day = fc.integer({ min: 0, max: 5000 }).map((count) => addDays('2020-01-01', count));
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 400 }), fc.integer({ min: 1, max: 40 }), (from, length, size) => {
        const range = { from, to: addDays(from, length) };
        const windows = windowsOf(range, size);
        expect(windows.flatMap(daysOf)).toEqual(daysOf(range));
        for (const window of windows) expect(daysOf(window).length).toBeLessThanOrEqual(size);
      }),
    );
  });

  it('of a range that ends before it begins are none', () => {
    expect(windowsOf({ from: '2026-03-02', to: '2026-03-01' }, 7)).toEqual([]);
  });
});
