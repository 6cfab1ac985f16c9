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
