import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { deadline, type WorkingTime } from './working-time.js';

const at = (text: string) => new Date(text);
const OFFICE: WorkingTime = { timeZone: 'Europe/Berlin', days: [1, 2, 3, 4, 5], from: 9 * 60, to: 17 * 60 };
const working = (changes: Partial<WorkingTime>): WorkingTime => ({ ...OFFICE, ...changes });

describe('A deadline', () => {
  it.each<[string, string, number, Partial<WorkingTime> | null, string]>([
    ['counts around the clock without working time', '2026-03-06T16:00:00Z', 24.5, null, '2026-03-07T16:30:00Z'],
    ['counts within a day', '2026-03-06T09:10:00Z', 4, {}, '2026-03-06T13:10:00Z'],
    ['ends with the day when the last hour does', '2026-03-06T08:00:00Z', 8, {}, '2026-03-06T16:00:00Z'],
    ['goes on after the weekend', '2026-03-06T15:00:00Z', 4, {}, '2026-03-09T11:00:00Z'],
    ['begins in the morning for what comes at night', '2026-03-05T22:30:00Z', 1, {}, '2026-03-06T09:00:00Z'],
    ['without hours is at once', '2026-03-06T09:10:11.123Z', 0, {}, '2026-03-06T09:10:11.123Z'],
    ['without hours is when work begins', '2026-03-07T12:00:00Z', 0, {}, '2026-03-09T08:00:00Z'],
    ['knows parts of an hour', '2026-03-06T15:00:00Z', 1.25, {}, '2026-03-09T08:15:00Z'],
    ['leaves out days that nobody works', '2026-03-02T08:00:00Z', 9, { days: [1, 3, 7] }, '2026-03-04T09:00:00Z'],
    ['takes the zone’s day of the week', '2026-03-08T12:00:00Z', 1, { timeZone: 'Pacific/Auckland' }, '2026-03-08T21:00:00Z'], // prettier-ignore
    ['takes it west of here too', '2026-03-07T02:00:00Z', 1, { timeZone: 'America/Los_Angeles' }, '2026-03-09T17:00:00Z'], // prettier-ignore
    ['lasts to midnight', '2026-03-06T22:00:00Z', 2, { to: 1440, days: [5, 6] }, '2026-03-07T09:00:00Z'],
    ['keeps the wall clock in summer', '2026-03-27T15:30:00Z', 1, {}, '2026-03-30T07:30:00Z'],
    ['loses the hour that is skipped', '2026-03-29T00:00:00Z', 2, { from: 60, to: 240, days: [7] }, '2026-03-29T02:00:00Z'], // prettier-ignore
    ['has the hour that comes twice, twice', '2026-10-25T00:00:00Z', 3, { from: 120, to: 240, days: [7] }, '2026-10-25T03:00:00Z'], // prettier-ignore
    ['is ten years away at most', '2026-03-06T12:00:00Z', 1e12, null, '2036-03-06T12:00:00Z'],
    ['is so in working time', '2026-03-06T12:00:00Z', 1e12, { from: 0, to: 1 }, '2036-03-06T12:00:00Z'],
  ])('%s', (_what, from, hours, changes, due) => {
    expect(deadline(at(from), hours, changes && working(changes)).toISOString()).toBe(at(due).toISOString());
  });

  it('is measured on the clock of a day that does not exist where it was left out', () => {
    const apia = working({ timeZone: 'Pacific/Apia', days: [5], from: 0, to: 1440 }); // no 30 December in 2011, a Friday
    expect(deadline(at('2011-12-29T12:00:00Z'), 1, apia)).toEqual(at('2012-01-05T11:00:00Z'));
  });
});

const MINUTE = 60_000;
const ZONES = [
  ...['UTC', 'Europe/Berlin', 'America/New_York', 'America/Los_Angeles', 'America/Sao_Paulo', 'America/St_Johns'],
  ...['Asia/Kolkata', 'Asia/Tokyo', 'Australia/Lord_Howe', 'Pacific/Auckland', 'Pacific/Apia', 'Pacific/Kiritimati'],
  ...['Pacific/Pago_Pago', 'Africa/Casablanca', 'Asia/Gaza'],
];
/** Around these instants clocks were changed in some of the zones. */
const CHANGES = [
  ...['2026-03-08T10:00:00Z', '2026-03-29T01:00:00Z', '2026-04-04T14:00:00Z', '2026-10-25T01:00:00Z'],
  ...['2026-11-01T09:00:00Z', '2011-12-30T10:00:00Z', '2018-02-18T02:00:00Z', '2018-11-04T03:00:00Z'],
];

const anyInstant = fc.oneof(
  fc.integer({ min: Date.parse('2010-01-01T00:00:00Z') / MINUTE, max: Date.parse('2035-01-01T00:00:00Z') / MINUTE }),
  fc
    .tuple(fc.constantFrom(...CHANGES), fc.integer({ min: -3 * 1440, max: 1440 }))
    .map(([change, minutes]) => Date.parse(change) / MINUTE + minutes),
);
const anyWorking: fc.Arbitrary<WorkingTime> = fc.record({
  timeZone: fc.constantFrom(...ZONES),
  days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 2 }),
  hours: fc
    .tuple(fc.integer({ min: 0, max: 1440 }), fc.integer({ min: 0, max: 1440 }))
    .filter(([one, other]) => Math.abs(one - other) >= 60),
}).map(({ hours, ...others }) => ({ ...others, from: Math.min(...hours), to: Math.max(...hours) })); // prettier-ignore

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Whether the wall clock shows working time, told in another way than the code does. */
function clockOf({ timeZone, days, from, to }: WorkingTime): (minute: number) => boolean {
  const options = { timeZone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  const format = new Intl.DateTimeFormat('en-GB', options);
  return (minute) => {
    const [, day = '', hour, minutes] = /^(\w+),? (\d+):(\d+)$/.exec(format.format(minute * MINUTE)) ?? [];
    const shown = Number(hour) * 60 + Number(minutes);
    return days.includes(WEEKDAYS.indexOf(day) + 1) && shown >= from && shown < to;
  };
}

/** Minute by minute. */
function counted(from: number, minutes: number, time: WorkingTime): number {
  const isWorking = clockOf(time);
  let left = minutes;
  for (let minute = from; ; minute++) {
    if (!isWorking(minute)) continue;
    if (left === 0) return minute;
    left--;
    if (left === 0) return minute + 1;
  }
}

const due = (minute: number, minutes: number, time: WorkingTime | null) =>
  deadline(new Date(minute * MINUTE), minutes / 60, time).getTime();

describe('Every deadline', () => {
  it('is what counting minute by minute comes to', () => {
    const property = fc.property(anyInstant, fc.integer({ min: 0, max: 900 }), anyWorking, (from, minutes, time) => {
      expect(due(from, minutes, time)).toBe(counted(from, minutes, time) * MINUTE);
    });
    fc.assert(property, { numRuns: 100 });
  });

  it('is in working time, or at the end of it', () => {
    const property = fc.property(anyInstant, fc.integer({ min: 1, max: 20_000 }), anyWorking, (from, minutes, time) => {
      const end = due(from, minutes, time);
      expect(end % MINUTE).toBe(0);
      expect(clockOf(time)(end / MINUTE - 1)).toBe(true);
    });
    fc.assert(property, { numRuns: 150 });
  });

  it('is the later, the later it begins and the more hours there are', () => {
    const later = fc.integer({ min: 0, max: 5000 });
    const property = fc.property(
      ...([anyInstant, later, later, later, fc.option(anyWorking)] as const),
      (from, after, minutes, more, time) => {
        const [first, second, third] = [
          due(from, minutes, time),
          due(from + after, minutes, time),
          due(from, minutes + more, time),
        ];
        expect(second).toBeGreaterThanOrEqual(first);
        expect(third).toBeGreaterThanOrEqual(first);
        expect(first).toBeGreaterThanOrEqual((from + minutes) * MINUTE);
      },
    );
    fc.assert(property, { numRuns: 300 });
  });
});
