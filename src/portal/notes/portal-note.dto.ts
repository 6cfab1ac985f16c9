import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsIn, IsOptional, IsString } from 'class-validator';
import { NOTED_BY_CLIENTS, type NotedResource } from '@portico/domain/portal';
import { Instant, NeverKept, NumberedId, Text, Uuid } from '../documented.js';

const asText = ({ value }: { value: unknown }): unknown => (typeof value === 'number' ? String(value) : value);
const OPTIONAL = { type: 'string', required: false, nullable: true } as const;
const RESOURCES = ['project', 'deal', 'budget', 'invoice'] as const;

/** A note on something of the client's. */
export class PortalNoteDto {
  @Uuid()
  id!: string;

  @ApiProperty({ type: 'string', enum: [...RESOURCES], example: 'invoice' })
  resource_type!: (typeof RESOURCES)[number];

  @Uuid()
  resource_id!: string;

  /** The name of the project, deal or budget, or the number of the invoice. */
  @Text('INV-2026-0117')
  resource_name!: string;

  @Text('Could you send this once more?')
  content!: string;

  /** The note to which it is an answer; null also when that one is not shown. */
  @Uuid({ nullable: true })
  parent_id!: string | null;

  /** The user who wrote it. */
  @NumberedId('11', { nullable: true })
  author_id!: string | null;

  /** Of whoever wrote it; of nobody in particular, the name of the firm. */
  @Text('Ann Smith')
  author_name!: string;

  @NeverKept()
  author_picture!: null;

  /** Whether a user of the firm or a portal user wrote it. */
  @ApiProperty({ type: 'string', enum: ['user', 'portal_user'], example: 'user' })
  author_type!: 'user' | 'portal_user';

  /** The portal user who wrote it. */
  @NumberedId('20', { nullable: true })
  portal_user_id!: string | null;

  @Instant('2026-03-01T09:00:00Z')
  created_at!: string;

  @Instant('2026-03-01T09:00:00Z')
  updated_at!: string;
}

/** The newest 100, the newest first. */
export class PortalNoteList {
  notes!: PortalNoteDto[];
}

export class PortalNoteDocument {
  note!: PortalNoteDto;
}

/** The body of `POST /api/portal/notes`. */
export class AddNoteBody {
  /** What it is on. */
  @IsIn(NOTED_BY_CLIENTS)
  @ApiProperty({ type: 'string', enum: [...NOTED_BY_CLIENTS], example: 'invoice' })
  resourceType!: NotedResource;

  /** The id of the project or invoice. */
  @IsString()
  @ApiProperty({ example: '01989a3e-5f00-7000-8000-000000000001' })
  resourceId!: string;

  /** What it says: 1 to 20,000 characters; white space around it is left out. */
  @IsString()
  @ApiProperty({ maxLength: 20_000, example: 'Could you send this once more?' })
  content!: string;

  /** The note on the same resource to which it is an answer. */
  @IsOptional()
  @IsString()
  @ApiProperty({ ...OPTIONAL, example: null })
  parentId?: string | null;

  /** Who writes it, where the header `X-Portal-User-Id` does not say so; else the same. */
  @IsOptional()
  @Transform(asText)
  @IsString()
  @ApiProperty({ ...OPTIONAL, example: '20' })
  portalUserId?: string | null;
}

export class NoteAddedDto {
  @Uuid()
  id!: string;
}
