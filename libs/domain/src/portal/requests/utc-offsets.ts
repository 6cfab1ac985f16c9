/**
 * How many milliseconds the wall clock of a time zone is ahead of UTC at an instant, in milliseconds since 1970.
 * @throws RangeError when there is no such zone
 */
export function utcOffsets(timeZone: string): (instant: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    ...{ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' },
  });
  return (instant) => {
    const second = Math.floor(instant / 1000) * 1000;
    const shown = new Map(format.formatToParts(second).map(({ type, value }) => [type, Number(value)]));
    const part = (type: Intl.DateTimeFormatPartTypes) => shown.get(type) ?? 0;
    const wall = Date.UTC(
      part('year'),
      part('month') - 1,
      ...([part('day'), part('hour'), part('minute'), part('second')] as const),
    );
    return wall - second;
  };
}
