import { ApiProperty } from '@nestjs/swagger';
import { Count, Day, Instant, Text, Uuid } from '../documented.js';

const NULLABLE = { nullable: true };
const ITEM_STATUSES = ['planned', 'in_progress', 'completed'] as const;

/** What comes when in a project. */
export class RoadmapDto {
  @Uuid()
  id!: string;

  @Text('2026')
  name!: string;

  @Text('From spring to winter', NULLABLE)
  description!: string | null;

  @Uuid()
  project_id!: string;

  @Day('2026-01-01', NULLABLE)
  start_date!: string | null;

  @Day('2026-12-31', NULLABLE)
  end_date!: string | null;

  @Count(6)
  item_count!: number;

  @Instant('2026-01-02T03:04:05Z')
  created_at!: string;

  @Instant('2026-02-03T04:05:06Z')
  updated_at!: string;
}

/** A stretch or milestone of a roadmap. */
export class RoadmapItemDto {
  @Uuid()
  id!: string;

  @Uuid()
  roadmap_id!: string;

  @Text('Start of the shop')
  title!: string;

  @Text('All countries', NULLABLE)
  description!: string | null;

  @Uuid(NULLABLE)
  goal_id!: string | null;

  /** The goal of the project that it serves. */
  @Text('A third fewer abandoned carts', NULLABLE)
  goal_title!: string | null;

  @ApiProperty({ enum: ITEM_STATUSES, example: 'planned' })
  status!: (typeof ITEM_STATUSES)[number];

  @Day('2026-04-01', NULLABLE)
  start_date!: string | null;

  @Day('2026-04-30', NULLABLE)
  end_date!: string | null;

  @Count(1)
  position!: number;

  @Text('#2563eb', NULLABLE)
  color!: string | null;
}

/** The newest roadmap of a project with its items by position, at most 1000. */
export class RoadmapDocument {
  @ApiProperty({ type: RoadmapDto, nullable: true })
  roadmap!: RoadmapDto | null;

  items!: RoadmapItemDto[];
}
