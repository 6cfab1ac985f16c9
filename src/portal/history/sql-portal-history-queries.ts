import type { ClientId, FirmId } from '@portico/domain/kernel';
import { type PortalHistoryEntry, PortalHistoryQueries, PUBLIC_FIELDS } from '@portico/domain/portal';
import type { Database } from '../../platform/database/database.js';
import { CompanyStatement } from '../company-statement.js';

const text = (value: string): string => `'${value}'`;

/** What clients may be told of: the first words of actions. */
const SUBJECTS = Object.keys(PUBLIC_FIELDS).map(text).join(', ');
/** The public fields of the thing that the action of an entry `h` names. */
const FIELDS = `(${text(JSON.stringify(PUBLIC_FIELDS))}::jsonb -> split_part(h.action, '.', 1))`;

const keys = (fields: object): string => `array[${Object.keys(fields).map(text).join(', ')}]::text[]`;

/** A change of which nothing is public did not happen for the client. */
const IS_TOLD = `(h.action not like '%.updated' or h.details ?| case split_part(h.action, '.', 1)
  ${Object.entries(PUBLIC_FIELDS)
    .map(([subject, fields]) => `when ${text(subject)} then ${keys(fields)}`)
    .join(' ')} end)`;

/** The thing that an entry `h` is about, where the client sees it now. */
const thing = (type: string, table: string, condition: string): string => `
  left join ${table} ${type} on h.subject_type = '${type}' and ${type}.firm_id = h.firm_id
    and ${type}.client_id = h.client_id and ${type}.id = h.subject_id::uuid${condition}`;

/** Of what the next change of its status says that it was a draft, everything before was about a draft. */
const WAS_DRAFT = `coalesce((
  select next.details -> 'status' ->> 'from' from history next
  where next.firm_id = h.firm_id and next.subject_type = h.subject_type and next.subject_id = h.subject_id
    and next.subject_type in ('invoice', 'budget') and next.details -> 'status' is not null and next.id > h.id
  order by next.id limit 1), '') = 'draft'`;

const rowsOf = (part: string): string => `'${part}', case jsonb_typeof(change.value -> '${part}')
  when 'array' then jsonb_array_length(change.value -> '${part}') else 0 end`;

/** The public fields of an entry; what they were while it was a draft stays unsaid. */
const DETAILS = `(
  select coalesce(jsonb_object_agg(change.key, case
    when ${FIELDS} ->> change.key = 'list'
    then jsonb_build_object(${['added', 'changed', 'removed'].map(rowsOf).join(', ')})
    when h.details -> 'status' ->> 'from' = 'draft' then jsonb_build_object('from', null, 'to', change.value -> 'to')
    else jsonb_build_object('from', change.value -> 'from', 'to', change.value -> 'to') end), '{}')
  from jsonb_each(h.details) change where ${FIELDS} ? change.key)`;

/** Each company's newest entries are found in its own index, then the newest of all. */
const latest = (most: number): CompanyStatement =>
  new CompanyStatement(
    (companies) => `
  select h.id, h.subject_type as "resourceType", h.subject_id as "resourceId", h.name as "resourceName", h.action,
    ${DETAILS} as details, coalesce(h.user_id, h.contact_id) as "actorId",
    coalesce(u.name, nullif(concat_ws(' ', c.first_name, c.last_name), '')) as "actorName", h.at
  from (
    select entry.* from ${companies} cross join lateral (
      select h.*, coalesce(project.name, invoice.invoice_number, budget.name) as name
      from history h${thing('project', 'projects', '')}
        ${thing('invoice', 'invoices', ` and invoice.status <> 'draft'`)}
        ${thing('budget', 'budgets', ` and budget.status <> 'draft'`)}
      where h.firm_id = $1 and h.client_id = company.id and h.subject_type in ('project', 'invoice', 'budget')
        and split_part(h.action, '.', 1) in (${SUBJECTS}) and ${IS_TOLD}
        and coalesce(project.id, invoice.id, budget.id) is not null and not ${WAS_DRAFT}
      order by h.id desc limit ${most}) entry
    order by entry.id desc limit ${most}) h
    left join users u on u.firm_id = h.firm_id and u.id = h.user_id
    left join contacts c on c.firm_id = h.firm_id and c.id = h.contact_id
  order by h.id desc`,
  );

const LATEST = { 10: latest(10), 50: latest(50) } as const;

export class SqlPortalHistoryQueries extends PortalHistoryQueries {
  constructor(private readonly database: Database) {
    super();
  }

  async latest(firmId: FirmId, companyIds: readonly ClientId[], most: 10 | 50): Promise<readonly PortalHistoryEntry[]> {
    return this.database.list<PortalHistoryEntry>(...LATEST[most].about(firmId, companyIds));
  }
}
