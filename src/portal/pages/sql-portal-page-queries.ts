import { type ClientId, type FirmId, isUuid } from '@portico/domain/kernel';
import { type ListWindow, type PortalPage, type PortalPageDetails, PortalPageQueries } from '@portico/domain/portal';
import type { Database } from '../../platform/database/database.js';
import { statement } from '../../platform/database/statement.js';

const isShown = (page: string): string => `${page}.is_published and not ${page}.is_archived`;

const userNamed = (column: string): string =>
  `(select u.name from users u where u.firm_id = p.firm_id and u.id = p.${column})`;

/** Of a page `p`. */
const PAGE = `p.id, p.title, p.icon,
  (select above.id from pages above where above.firm_id = p.firm_id and above.id = p.parent_id
    and ${isShown('above')}) as "parentId",
  p.position, p.entity_type as "entityType", p.entity_id as "entityId", ${userNamed('created_by')} as "createdByName",
  ${userNamed('updated_by')} as "updatedByName",
  (select count(*)::integer from pages below where below.firm_id = p.firm_id and below.parent_id = p.id
    and ${isShown('below')}) as "childrenCount",
  p.published_at as "publishedAt", p.created_at as "createdAt", p.updated_at as "updatedAt"`;

/** The pages `p` that companies see; the values are the firm and the companies. */
const SHOWN = `pages p where p.firm_id = $1 and p.client_id = any ($2::bigint[]) and ${isShown('p')}`;

/** The names are looked up for the rows of the part alone, one by one. */
const LIST = statement(`select ${PAGE} from (
    select p.* from ${SHOWN} order by p.position, p.id limit $3::bigint offset $4::bigint) p
  order by p.position, p.id`);
const FIND = statement(`select ${PAGE}, p.content, p.content_rich as "contentRich", p.cover_image as "coverImage",
  p.full_width as "fullWidth", p.small_text as "smallText", p.toc, p.text_style as "textStyle"
  from ${SHOWN} and p.id = $3::uuid`);

export class SqlPortalPageQueries extends PortalPageQueries {
  constructor(private readonly database: Database) {
    super();
  }

  list(firmId: FirmId, companyIds: readonly ClientId[], window: ListWindow): Promise<PortalPage[]> {
    return this.database.query(LIST, [firmId, companyIds, window.limit, window.offset]);
  }

  async find(firmId: FirmId, companyIds: readonly ClientId[], id: string): Promise<PortalPageDetails | null> {
    if (!isUuid(id)) return null;
    const [page] = await this.database.query<PortalPageDetails>(FIND, [firmId, companyIds, id]);
    return page ?? null;
  }
}
