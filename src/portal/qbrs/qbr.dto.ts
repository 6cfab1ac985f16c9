import { ApiProperty } from '@nestjs/swagger';
import { Day, Instant, NumberedId, Text, Uuid } from '../documented.js';

/** A part of a review. */
export class QbrSectionDto {
  /** For programs. */
  @Text('results')
  key!: string;

  @Text('Results')
  title!: string;

  @Text('Sales grew by a fifth.', { nullable: true })
  content!: string | null;

  @ApiProperty({ type: 'integer', example: 0 })
  position!: number;
}

/** A quarterly business review that was presented to the company. */
export class QbrDto {
  @Uuid()
  id!: string;

  @NumberedId('500')
  company_id!: string;

  @Text('Review of the first quarter')
  title!: string;

  @Text('2026-Q1', { nullable: true })
  quarter!: string | null;

  @Day('2026-04-14', { nullable: true })
  qbr_date!: string | null;

  @ApiProperty({ enum: ['presented'], example: 'presented' })
  status!: string;

  @ApiProperty({ type: [String], example: ['Adam Smith', 'Ann Smith'] })
  attendees!: string[];

  @Text('More sales, fewer returns', { nullable: true })
  summary!: string | null;

  @Text('A new goal for the summer', { nullable: true })
  outcomes!: string | null;

  /** Those that are for the company, in their order. */
  sections!: QbrSectionDto[];

  @Instant('2026-04-14T09:00:00Z', { nullable: true })
  presented_at!: string | null;

  @Day('2026-07-14', { nullable: true })
  next_qbr_date!: string | null;

  @Instant('2026-04-01T09:00:00Z')
  created_at!: string;

  @Instant('2026-04-14T10:00:00Z')
  updated_at!: string;
}

/** The newest first. */
export class QbrList {
  qbrs!: QbrDto[];
}
