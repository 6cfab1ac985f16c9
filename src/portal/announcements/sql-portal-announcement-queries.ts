import type { FirmId } from '@portico/domain/kernel';
import { type PortalAnnouncement, PortalAnnouncementQueries } from '@portico/domain/portal';
import type { Database } from '../../platform/database/database.js';
import { statement } from '../../platform/database/statement.js';

const LATEST = statement(`select a.id, a.title, a.content, a.category, a.attachment_url as "attachmentUrl",
    a.attachment_name as "attachmentName", a.author_id as "authorId", u.name as "authorName",
    a.created_at as "createdAt", a.updated_at as "updatedAt"
  from announcements a left join users u on u.firm_id = a.firm_id and u.id = a.author_id
  where a.firm_id = $1 and a.category = 'company' order by a.id desc limit $2::bigint`);

export class SqlPortalAnnouncementQueries extends PortalAnnouncementQueries {
  constructor(private readonly database: Database) {
    super();
  }

  async latest(firmId: FirmId, most: 5 | 20): Promise<readonly PortalAnnouncement[]> {
    return this.database.query<PortalAnnouncement>(LATEST, [firmId, most]);
  }
}
