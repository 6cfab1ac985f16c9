import { type ClientId, type FirmId, isUuid } from '@portico/domain/kernel';
import { type PortalNote, PortalNoteQueries } from '@portico/domain/portal';
import type { Database } from '../../platform/database/database.js';
import { statement } from '../../platform/database/statement.js';

/** How many notes are answered (seed 001). */
const MOST = 100;

/** The notes `n` that companies see, with what they are on. */
const SHOWN = `notes n
    left join budgets b on b.firm_id = n.firm_id and b.id = n.budget_id
    left join invoices i on i.firm_id = n.firm_id and i.id = n.invoice_id
  where n.is_client_visible and coalesce(b.status, i.status, '') <> 'draft'`;

/**
 * The newest of each company are found first, from the end of an index: ids are in the order of time (UUID v7).
 * The values are the firm and the companies, as everywhere here.
 */
const NEWEST = `
  select n.* from unnest($2::bigint[]) company (id) cross join lateral (
    select n.* from ${SHOWN} and n.firm_id = $1 and n.client_id = company.id order by n.id desc limit ${MOST}) n
  order by n.id desc limit ${MOST}`;

const ONE = `select n.* from ${SHOWN} and n.firm_id = $1 and n.client_id = any ($2::bigint[]) and n.id = $3::uuid`;

const notes = (which: string): string => `
  select n.id, n.resource_type as "resourceType", n.resource_id as "resourceId",
    coalesce(p.name, d.name, b.name, i.invoice_number) as "resourceName", n.content, parent.id as "parentId",
    n.author_id::text as "authorId",
    coalesce(n.author_name, u.name, nullif(concat_ws(' ', c.first_name, c.last_name), ''), f.name) as "authorName",
    case when n.portal_user_id is null then 'user' else 'portal_user' end as "authorType",
    n.portal_user_id::text as "portalUserId", n.created_at as "createdAt", n.updated_at as "updatedAt"
  from (${which}) n
    join firms f on f.id = n.firm_id
    left join projects p on p.firm_id = n.firm_id and p.id = n.project_id
    left join deals d on d.firm_id = n.firm_id and d.id = n.deal_id
    left join budgets b on b.firm_id = n.firm_id and b.id = n.budget_id
    left join invoices i on i.firm_id = n.firm_id and i.id = n.invoice_id
    left join notes parent on parent.firm_id = n.firm_id and parent.id = n.parent_id and parent.is_client_visible
    left join users u on u.firm_id = n.firm_id and u.id = n.author_id
    left join contacts c on c.firm_id = n.firm_id and c.id = n.portal_user_id
  order by n.id desc`;

const LATEST = statement(notes(NEWEST));
const FIND = statement(notes(ONE));

export class SqlPortalNoteQueries extends PortalNoteQueries {
  constructor(private readonly database: Database) {
    super();
  }

  latest(firmId: FirmId, companyIds: readonly ClientId[]): Promise<PortalNote[]> {
    return this.database.query(LATEST, [firmId, companyIds]);
  }

  async find(firmId: FirmId, companyIds: readonly ClientId[], id: string): Promise<PortalNote | null> {
    if (!isUuid(id)) return null;
    const [note] = await this.database.query<PortalNote>(FIND, [firmId, companyIds, id]);
    return note ?? null;
  }
}
