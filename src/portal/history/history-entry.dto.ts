import { ApiExtraModels, ApiProperty, getSchemaPath } from '@nestjs/swagger';
import type { PortalHistoryEntry } from '@portico/domain/portal';
import { Count, Instant, NeverKept, NumberedId, Text, Uuid } from '../documented.js';

const NULLABLE = { nullable: true };

/** What a field was, and what it is; null for nothing, and for what it was while it was a draft. */
export class ChangedValueDto {
  @ApiProperty({ nullable: true, example: 'active', oneOf: [{ type: 'string' }, { type: 'number' }] })
  from!: string | number | null;

  @ApiProperty({ nullable: true, example: 'completed', oneOf: [{ type: 'string' }, { type: 'number' }] })
  to!: string | number | null;
}

/** How many rows of a list were added, changed and removed. */
export class ChangedRowsDto {
  @Count(2)
  added!: number;

  @Count(0)
  changed!: number;

  @Count(1)
  removed!: number;
}

/** Something that happened to a project, an invoice or a budget, or to a part of one. */
@ApiExtraModels(ChangedValueDto, ChangedRowsDto)
export class HistoryEntryDto {
  /** The greater, the newer. */
  @NumberedId('4711')
  id!: string;

  @ApiProperty({ enum: ['project', 'invoice', 'budget'], example: 'project' })
  resource_type!: PortalHistoryEntry['resourceType'];

  @Uuid()
  resource_id!: string;

  /** The name that it has now; of an invoice its number. */
  @Text('Relaunch of the web shop')
  resource_name!: string;

  /** What happened to what; of a part such as a line of an invoice, it is about the whole. */
  @Text('project.updated')
  action!: string;

  /** By the name of the field: what it was and is, or how many rows of a list have changed. */
  @ApiProperty({
    type: 'object',
    additionalProperties: {
      oneOf: [{ $ref: getSchemaPath(ChangedValueDto) }, { $ref: getSchemaPath(ChangedRowsDto) }],
    },
    example: { status: { from: 'active', to: 'completed' } },
  })
  details!: Record<string, ChangedValueDto | ChangedRowsDto>;

  /** Of the member of staff or the contact who did it; null for a program of the firm. */
  @NumberedId('2001', NULLABLE)
  actor_id!: string | null;

  @Text('Ben Brown', NULLABLE)
  actor_name!: string | null;

  /** Pictures are not kept. */
  @NeverKept()
  actor_picture!: string | null;

  @Instant('2026-03-01T10:00:00Z')
  created_at!: string;
}

/** The newest 50 entries, the newest first. */
export class HistoryList {
  history!: HistoryEntryDto[];
}
