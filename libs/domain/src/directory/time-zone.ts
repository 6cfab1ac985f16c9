import { InvalidField } from '../kernel/index.js';

/** To ask takes longer than all else about a row. There are some hundred names, in few ways to write them. */
const known = new Map<string, string>();
const MOST_KNOWN = 2000;

/** The name of an IANA time zone as it is given, in its proper case. @throws InvalidField naming `field` */
export function timeZoneName(field: string, raw: string): string {
  const name = known.get(raw);
  if (name !== undefined) return name;
  try {
    if (!/^[A-Z][\w+-]*(?:\/[\w+-]+)*$/i.test(raw)) throw new RangeError(raw);
    const { timeZone: proper } = new Intl.DateTimeFormat('en', { timeZone: raw }).resolvedOptions();
    const asked = proper.toLowerCase() === raw.toLowerCase() ? proper : raw;
    if (known.size < MOST_KNOWN) known.set(raw, asked);
    return asked;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const message = 'must be the name of an IANA time zone, such as Europe/Berlin';
    throw new InvalidField(field, message, 'invalid_value', { kind: 'not_time_zone' });
  }
}
