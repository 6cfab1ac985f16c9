import { ApiProperty } from '@nestjs/swagger';

/** A file that is published to the portal user. */
export class PortalFileDto {
  /** @example 37 */
  @ApiProperty({ example: '37' })
  id!: string;

  /** @example Statement.pdf */
  name!: string;

  /** @example application/pdf */
  content_type!: string;

  /** @example 256201 */
  bytes!: number;

  /** Of the bytes, in lower-case hex. @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 */
  @ApiProperty({ example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08' })
  sha256!: string;

  /** @example 2026-01-02T03:04:05Z */
  @ApiProperty({ format: 'date-time' })
  published_at!: string;

  /** The name of the member of staff who published it, or of the contact who has sent it. @example Ann Miller */
  @ApiProperty({ example: 'Ann Miller' })
  published_by!: string;

  /** Whether the user has opened, downloaded or acknowledged it. @example true */
  is_read!: boolean;

  /** When the user first opened it. @example 2026-01-03T10:00:00Z */
  @ApiProperty({ type: 'string', format: 'date-time', nullable: true })
  viewed_at!: string | null;

  /** When the user first downloaded any of it. @example 2026-01-03T10:00:10Z */
  @ApiProperty({ type: 'string', format: 'date-time', nullable: true })
  downloaded_at!: string | null;

  /** When the user acknowledged it. @example 2026-01-03T10:01:00Z */
  @ApiProperty({ type: 'string', format: 'date-time', nullable: true })
  acknowledged_at!: string | null;
}

/** One page, the newest publications first. */
export class PortalFileList {
  files!: PortalFileDto[];

  /** The cursor of the next page, to be sent as `after`; null on the last page. @example 4711 */
  @ApiProperty({ type: 'string', nullable: true, example: '4711' })
  next!: string | null;
}

export class PortalFileDocument {
  file!: PortalFileDto;
}
