import { ApiProperty } from '@nestjs/swagger';
import { Day, Instant, NeverKept, NumberedId, Quantity, Text, Uuid } from '../documented.js';

const NULLABLE = { nullable: true };

/** A task that is not private. */
export class TaskDto {
  @Uuid()
  id!: string;

  @Text('Draw the new basket')
  title!: string;

  @Text('For phones first', NULLABLE)
  description!: string | null;

  /** The same as `status_value`. */
  @Text('in_progress')
  status_id!: string;

  /** Where it stands, for people. */
  @Text('In progress', NULLABLE)
  status_label!: string | null;

  /** Where it stands, for programs. */
  @Text('in_progress')
  status_value!: string;

  @Text('#2563eb', NULLABLE)
  status_color!: string | null;

  /** The same as `priority_value`. */
  @Text('high', NULLABLE)
  priority_id!: string | null;

  @Text('High', NULLABLE)
  priority_label!: string | null;

  /** `low`, `medium`, `high` or `urgent`. */
  @Text('high', NULLABLE)
  priority_value!: string | null;

  @Text('#dc2626', NULLABLE)
  priority_color!: string | null;

  /** The same as `type_value`. */
  @Text('design', NULLABLE)
  type_id!: string | null;

  @Text('Design', NULLABLE)
  type_label!: string | null;

  @Text('design', NULLABLE)
  type_value!: string | null;

  @NumberedId('2002', NULLABLE)
  assignee_id!: string | null;

  @Text('Cleo Clark', NULLABLE)
  assignee_name!: string | null;

  /** Pictures are not kept. */
  @NeverKept()
  assignee_picture!: string | null;

  /** The task of which it is a part, unless that one is private. */
  @Uuid(NULLABLE)
  parent_task_id!: string | null;

  @Uuid(NULLABLE)
  roadmap_item_id!: string | null;

  @Day('2026-02-02', NULLABLE)
  start_date!: string | null;

  @Day('2026-02-13', NULLABLE)
  due_date!: string | null;

  @Quantity(12.5, NULLABLE)
  estimated_hours!: number | null;

  @ApiProperty({ type: 'integer', nullable: true, example: 1 })
  sort_order!: number | null;

  @Instant('2026-01-02T03:04:05Z')
  created_at!: string;

  @Instant('2026-02-03T04:05:06Z')
  updated_at!: string;
}

/** Tasks in the order that the firm gave them, then as they came. */
export class TaskList {
  tasks!: TaskDto[];
}
