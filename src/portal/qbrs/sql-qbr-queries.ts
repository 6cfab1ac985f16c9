import type { ClientId, FirmId } from '@portico/domain/kernel';
import { type ListWindow, type PortalQbr, type PortalQbrSection, QbrQueries } from '@portico/domain/portal';
import type { Database } from '../../platform/database/database.js';
import { statement } from '../../platform/database/statement.js';

/** What is not for the client does not leave the database. The map may hold anything: only true and false count. */
const SECTIONS = `select coalesce(json_agg(json_build_object('key', s.key, 'title', s.title, 'content', s.content,
    'position', s.position) order by s.position, s.id), '[]')
  from qbr_sections s where s.firm_id = q.firm_id and s.qbr_id = q.id
    and case q.portal_visibility -> s.key when 'true' then true when 'false' then false else not s.is_internal end`;

const LIST = statement(`
  select q.id, q.client_id as "companyId", q.title, q.quarter, to_char(q.qbr_date, 'YYYY-MM-DD') as "qbrDate", q.status,
    q.attendees, q.summary, q.outcomes, (${SECTIONS}) as sections, q.presented_at as "presentedAt",
    to_char(q.next_qbr_date, 'YYYY-MM-DD') as "nextQbrDate", q.created_at as "createdAt", q.updated_at as "updatedAt"
  from qbrs q where q.firm_id = $1 and q.client_id = $2 and q.status = 'presented'
  order by q.qbr_date desc nulls last, q.created_at desc, q.id desc limit $3 offset $4`);

type Row = PortalQbr & { readonly sections: readonly PortalQbrSection[] } & Record<string, unknown>;

export class SqlQbrQueries extends QbrQueries {
  constructor(private readonly database: Database) {
    super();
  }

  list(firmId: FirmId, companyId: ClientId, { limit, offset }: ListWindow): Promise<readonly PortalQbr[]> {
    return this.database.query<Row>(LIST, [firmId, companyId, limit, offset]);
  }
}
