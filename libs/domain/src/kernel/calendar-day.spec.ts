import { describe, expect, it } from '@jest/globals';
import { dayIn } from './calendar-day.js';

describe('dayIn', () => {
  it.each([
    ['UTC', '2026-03-01T00:00:00Z', '2026-03-01'],
    ['Pacific/Auckland', '2026-03-01T11:00:00Z', '2026-03-02'],
    ['Pacific/Auckland', '2026-03-01T10:59:59Z', '2026-03-01'],
    ['America/Los_Angeles', '2026-03-01T07:59:59Z', '2026-02-28'],
    ['America/Los_Angeles', '2026-03-01T08:00:00Z', '2026-03-01'],
    ['Pacific/Kiritimati', '2025-12-31T10:00:00Z', '2026-01-01'],
    ['Asia/Kolkata', '2024-02-28T18:30:00Z', '2024-02-29'],
  ])('is the day of the calendar in %s at %s', (timeZone, at, day) => {
    expect(dayIn(timeZone, new Date(at))).toBe(day);
  });

  it('follows the clocks that are put forward and back', () => {
    expect(dayIn('Europe/Berlin', new Date('2026-03-28T23:00:00Z'))).toBe('2026-03-29');
    expect(dayIn('Europe/Berlin', new Date('2026-03-29T22:00:00Z'))).toBe('2026-03-30');
    expect(dayIn('Europe/Berlin', new Date('2026-10-25T22:59:59Z'))).toBe('2026-10-25');
  });
});
