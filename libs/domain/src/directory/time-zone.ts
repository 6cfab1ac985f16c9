import { InvalidField } from '../kernel/index.js';

/** The name of an IANA time zone as it is given, in its proper case. @throws InvalidField naming `field` */
export function timeZoneName(field: string, raw: string): string {
  try {
    if (!/^[A-Z][\w+-]*(?:\/[\w+-]+)*$/i.test(raw)) throw new RangeError(raw);
    const { timeZone: proper } = new Intl.DateTimeFormat('en', { timeZone: raw }).resolvedOptions();
    return proper.toLowerCase() === raw.toLowerCase() ? proper : raw;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const message = 'must be the name of an IANA time zone, such as Europe/Berlin';
    throw new InvalidField(field, message, 'invalid_value', { kind: 'not_time_zone' });
  }
}
