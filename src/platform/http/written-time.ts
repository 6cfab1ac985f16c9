const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?(?:Z|[+-]\d{2}:\d{2})$/;

/** Whether `text` is a day of the calendar, `YYYY-MM-DD`, of the years 1 to 9999. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text < '0001') return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10) === text;
}

/**
 * The instant that `text` names, ISO 8601 with its zone, in UTC and to the millisecond. Undefined when it names none, and
 * when it is of another year than 1 to 9999 in UTC: no answer could tell it.
 */
export function utcInstant(text: string): string | undefined {
  if (!INSTANT.test(text) || !isDay(text.slice(0, 10))) return undefined;
  const time = new Date(text);
  const value = Number.isNaN(time.getTime()) ? '' : time.toISOString();
  return /^\d{4}-/.test(value) && value > '0001' ? value : undefined;
}
