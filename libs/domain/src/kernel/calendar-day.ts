const FORMATS = new Map<string, Intl.DateTimeFormat>();

/**
 * The day of the calendar, `YYYY-MM-DD`, that it is at the instant `at` in `timeZone`, the name of an IANA time zone.
 * @throws RangeError for a name that there is not
 */
export function dayIn(timeZone: string, at: Date): string {
  let format = FORMATS.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
    FORMATS.set(timeZone, format); // one for each time zone that there is: making one is slow
  }
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`;
}
