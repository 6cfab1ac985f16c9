import { ApiProperty } from '@nestjs/swagger';
import { Count, Instant, Text, Uuid } from '../documented.js';

const RICH = { type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Welcome' }] }] };

/** A page about a company or one of its projects. */
export class PortalPageDto {
  @Uuid()
  id!: string;

  @Text('Welcome')
  title!: string;

  @Text('sparkles', { nullable: true })
  icon!: string | null;

  /** The page under which it stands; null also when that one is not shown. */
  @Uuid({ nullable: true })
  parent_id!: string | null;

  @Count(0)
  position!: number;

  @ApiProperty({ type: 'string', enum: ['company', 'project'], example: 'company' })
  entity_type!: 'company' | 'project';

  /** The id of the company or project. */
  @Text('500')
  entity_id!: string;

  @Text('Ann Smith', { nullable: true })
  created_by_name!: string | null;

  @Text('Ann Smith', { nullable: true })
  updated_by_name!: string | null;

  /** How many pages that are shown stand under it. */
  @Count(2)
  children_count!: number;

  @Instant('2026-02-01T09:00:00Z', { nullable: true })
  published_at!: string | null;

  @Instant('2026-02-01T08:00:00Z')
  created_at!: string;

  @Instant('2026-02-01T09:00:00Z')
  updated_at!: string;
}

/** A page with what stands on it. */
export class SinglePortalPageDto extends PortalPageDto {
  @Text('Welcome to our work together.', { nullable: true })
  content!: string | null;

  /** The same as the editor keeps it. */
  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true, example: RICH })
  content_rich!: object | null;

  @Text('https://images.example.test/cover.jpg', { nullable: true })
  cover_image!: string | null;

  /** @example false */
  full_width!: boolean;

  /** @example false */
  small_text!: boolean;

  /** Whether it has a table of contents. @example true */
  toc!: boolean;

  @Text('serif', { nullable: true })
  text_style!: string | null;
}

/** By position, then as they came. */
export class PortalPageList {
  pages!: PortalPageDto[];
}

export class PortalPageDocument {
  page!: SinglePortalPageDto;
}
