import { ApiProperty } from '@nestjs/swagger';
import { Instant, NeverKept, NumberedId, Text, Uuid } from '../documented.js';

const NULLABLE = { nullable: true };

/** What the firm has to say to its clients. */
export class PortalAnnouncementDto {
  @Uuid()
  id!: string;

  @Text('Closed at Easter')
  title!: string;

  @Text('We are back on Tuesday.')
  content!: string;

  @ApiProperty({ enum: ['company'], example: 'company' })
  category!: 'company';

  @Text('https://files.example.test/easter.pdf', NULLABLE)
  attachment_url!: string | null;

  @Text('easter.pdf', NULLABLE)
  attachment_name!: string | null;

  @NumberedId('2000', NULLABLE)
  author_id!: string | null;

  @Text('Ann Miller', NULLABLE)
  author_name!: string | null;

  /** Pictures are not kept. */
  @NeverKept()
  author_picture!: string | null;

  @Instant('2026-03-20T10:00:00Z')
  created_at!: string;

  @Instant('2026-03-20T10:00:00Z')
  updated_at!: string;
}

/** The newest 20 announcements, the newest first. */
export class PortalAnnouncementList {
  announcements!: PortalAnnouncementDto[];
}
