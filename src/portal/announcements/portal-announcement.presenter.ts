import type { PortalAnnouncement } from '@portico/domain/portal';
import { instant } from '../../platform/http/json-api.js';
import type { PortalAnnouncementDto } from './portal-announcement.dto.js';

/** An announcement as the Portal API shows it. */
export function announcementDto(announcement: PortalAnnouncement): PortalAnnouncementDto {
  const { id, title, content, category } = announcement;
  return {
    ...{ id, title, content, category },
    attachment_url: announcement.attachmentUrl,
    attachment_name: announcement.attachmentName,
    author_id: announcement.authorId,
    author_name: announcement.authorName,
    author_picture: null,
    created_at: instant(announcement.createdAt),
    updated_at: instant(announcement.updatedAt),
  };
}
