import type { FirmId, UserId } from '../../kernel/index.js';

/** What the firm has to say to its clients. */
export interface PortalAnnouncement {
  readonly id: string;
  readonly title: string;
  readonly content: string;
  readonly category: 'company';
  readonly attachmentUrl: string | null;
  readonly attachmentName: string | null;
  readonly authorId: UserId | null;
  readonly authorName: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** Reads about announcements. */
export abstract class PortalAnnouncementQueries {
  /** The newest 5 or 20 of the category `company`, the newest first. One statement. */
  abstract latest(firmId: FirmId, most: 5 | 20): Promise<readonly PortalAnnouncement[]>;
}
