import { type DayFigures, type DayRange, daysOf, PlatformFault, windowsOf } from '@portico/domain/connections';

/** A row, and the day that it is about. */
export type Dated<Row> = readonly [day: string, row: Row];
/** The figures of a day out of its rows. */
export type Summing<Row> = (day: string, rows: readonly Row[]) => DayFigures;

/**
 * Every day of `range` out of rows that come in the order of their days: a day is whole when a row of a later one has
 * come, or the last row. Rows of other days are passed over.
 * @throws PlatformFault when they come in another order, and what `rows` throws
 */
export async function* wholeDays<Row>(
  range: DayRange,
  rows: AsyncIterable<Dated<Row>> | Iterable<Dated<Row>>,
  summing: Summing<Row>,
): AsyncGenerator<DayFigures> {
  const days = daysOf(range);
  let gathered: Row[] = [];
  for await (const [day, row] of rows) {
    if (day < range.from || day > range.to) continue;
    const [current = ''] = days;
    if (day < current) throw new PlatformFault('malformed', 'the platform did not answer in the order of days');
    while (days[0] !== undefined && days[0] < day) {
      yield summing(days.shift() ?? '', gathered);
      gathered = [];
    }
    gathered.push(row);
  }
  for (const day of days) {
    yield summing(day, gathered);
    gathered = [];
  }
}

/** The same of a platform that has no order of days: they are whole when all rows of a few days have come. */
export async function* wholeWindows<Row>(
  range: DayRange,
  size: number,
  fetch: (window: DayRange) => AsyncIterable<Dated<Row>>,
  summing: Summing<Row>,
): AsyncGenerator<DayFigures> {
  for (const window of windowsOf(range, size)) {
    const rows: Dated<Row>[] = [];
    for await (const row of fetch(window)) rows.push(row);
    rows.sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0));
    yield* wholeDays(window, rows, summing);
  }
}
