import type { ClientId, FirmId } from '@portico/domain/kernel';
import type { CompanyDay } from '@portico/domain/portal';
import { type Statement, statement } from '../platform/database/statement.js';

type Companies = readonly CompanyDay[] | readonly ClientId[];

/** As SQL: the companies that a statement is about, and the day that it is for each. */
const [ONE, GROUP] = [
  '(values ($2::bigint, $3::date)) company (id, today)',
  'unnest($2::bigint[], $3::date[]) company (id, today)',
];

/**
 * A statement about companies: its first value is the firm, the second and third are the companies and their days. It has
 * a text of its own for one company alone, which is what nearly every call is about: its plan is made once and kept,
 * because PostgreSQL knows of how many companies it is. For a group it makes one for each call.
 */
export class CompanyStatement {
  private readonly forOne: Statement;
  private readonly forGroup: Statement;

  /** `text` makes it of the table `company (id, today)`. */
  constructor(text: (companies: string) => string) {
    [this.forOne, this.forGroup] = [statement(text(ONE)), statement(text(GROUP))];
  }

  /**
   * What is to be asked of the database. The values of the statement beside those of the companies are `others`; a
   * statement that asks for no day is given ids alone.
   */
  about(firmId: FirmId, companies: Companies, ...others: readonly unknown[]): [Statement, unknown[]] {
    const ids = companies.map((company) => (typeof company === 'string' ? company : company.companyId));
    const days = companies.map((company) => (typeof company === 'string' ? null : company.today));
    return ids.length === 1
      ? [this.forOne, [firmId, ids[0], days[0], ...others]]
      : [this.forGroup, [firmId, ids, days, ...others]];
  }
}
