import { type ClientId, type FirmId, isUuid } from '@portico/domain/kernel';
import { type ListWindow, type PortalPage, type PortalPageDetails, PortalPageQueries } from '@portico/domain/portal';
import type { Database } from '../../platform/database/database.js';
import { statement } from '../../platform/database/statement.js';

const isShown = (page: string): string => `${page}.is_published and not ${page}.is_archived`;

const PAGE = `p.id, p.title, p.icon, above.id as "parentId", p.position, p.entity_type as "entityType",
  p.entity_id as "entityId", maker.name as "createdByName", changer.name as "updatedByName",
  (select count(*)::integer from pages below where below.firm_id = p.firm_id and below.parent_id = p.id
    and ${isShown('below')}) as "childrenCount",
  p.published_at as "publishedAt", p.created_at as "createdAt", p.updated_at as "updatedAt"`;

/** The pages `p` that companies see; the values are the firm and the companies. */
const SHOWN = `pages p
    left join pages above on above.firm_id = p.firm_id and above.id = p.parent_id and ${isShown('above')}
    left join users maker on maker.firm_id = p.firm_id and maker.id = p.created_by
    left join users changer on changer.firm_id = p.firm_id and changer.id = p.updated_by
  where p.firm_id = $1 and p.client_id = any ($2::bigint[]) and ${isShown('p')}`;

const LIST = statement(`select ${PAGE} from ${SHOWN} order by p.position, p.id limit $3 offset $4`);
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
