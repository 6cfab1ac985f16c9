import type { ClientId, FirmId } from '../kernel/index.js';

/** A company and the day of the calendar that it is there, `YYYY-MM-DD`. */
export interface CompanyDay {
  readonly companyId: ClientId;
  readonly today: string;
}

/** Which day it is for companies: they are in different time zones. */
export abstract class CompanyDays {
  /** Of those of `companyIds` that are clients of the firm, with one statement. */
  abstract of(firmId: FirmId, companyIds: readonly ClientId[]): Promise<readonly CompanyDay[]>;
}

const FORMATS = new Map<string, Intl.DateTimeFormat>();

/** The day that it is at the instant `at` in `timeZone`, the name of an IANA time zone: `YYYY-MM-DD`. */
export function dayIn(timeZone: string, at: Date): string {
  let format = FORMATS.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
    FORMATS.set(timeZone, format); // one for each time zone that there is: making one is slow
  }
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`;
}
