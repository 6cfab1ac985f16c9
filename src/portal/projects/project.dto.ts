import { ApiExtraModels, ApiProperty, getSchemaPath } from '@nestjs/swagger';
import { PROJECT_STATUSES, type ProjectStatus } from '@portico/domain/portal';
import { Count, Day, EXAMPLE_ID, Instant, NeverKept, NumberedId, Quantity, Text, Uuid } from '../documented.js';

const NULLABLE = { nullable: true };

/** How far the tasks of a project are; private and cancelled ones are not counted. */
export class TaskCountsDto {
  @Count(12)
  total!: number;

  /** Those with the status `completed`, `done`, `closed` or `resolved`. */
  @Count(7)
  completed!: number;

  /** Those with the status `in_progress`, `doing`, `started`, `in_review` or `review`. */
  @Count(2)
  in_progress!: number;

  /** Those that are not completed and were due before today, in the company's time zone. */
  @Count(1)
  overdue!: number;
}

/** By the id of the project. */
export const TaskCountsById = (): PropertyDecorator =>
  ApiProperty({
    type: 'object',
    additionalProperties: { $ref: getSchemaPath(TaskCountsDto) },
    example: { [EXAMPLE_ID]: { total: 12, completed: 7, in_progress: 2, overdue: 1 } },
  });

/** A project. */
export class ProjectDto {
  @Uuid()
  id!: string;

  @Text('Relaunch of the web shop')
  name!: string;

  @Text('New design, new payment', NULLABLE)
  description!: string | null;

  @ApiProperty({ enum: PROJECT_STATUSES, example: 'active' })
  status!: ProjectStatus;

  @NumberedId('500')
  company_id!: string;

  @Text('Byron Family')
  company_name!: string;

  /** The same as `type_value`. */
  @Text('web', NULLABLE)
  type_id!: string | null;

  /** The kind of project, for people. */
  @Text('Web', NULLABLE)
  type_label!: string | null;

  /** The kind of project, for programs. */
  @Text('web', NULLABLE)
  type_value!: string | null;

  @NumberedId('2000', NULLABLE)
  owner_id!: string | null;

  /** Who answers for it. */
  @Text('Ann Miller', NULLABLE)
  owner_name!: string | null;

  @NumberedId('2001', NULLABLE)
  delivery_manager_id!: string | null;

  /** Who sees to it that it is delivered. */
  @Text('Ben Brown', NULLABLE)
  delivery_manager_name!: string | null;

  @Text('Blue', NULLABLE)
  squad!: string | null;

  @Day('2026-01-05', NULLABLE)
  start_date!: string | null;

  @Day('2026-06-30', NULLABLE)
  end_date!: string | null;

  @Count(4)
  member_count!: number;

  /** How many tasks it has that are neither private nor cancelled. */
  @Count(12)
  task_count!: number;

  @Instant('2026-01-02T03:04:05Z')
  created_at!: string;

  @Instant('2026-02-03T04:05:06Z')
  updated_at!: string;
}

/** A project, alone. */
export class SingleProjectDto extends ProjectDto {
  /** Pictures are not kept. */
  @NeverKept()
  owner_picture!: string | null;

  /** The policy that holds for requests on it: its own, else that of the company. */
  @Uuid(NULLABLE)
  sla_policy_id!: string | null;

  @Text('Standard', NULLABLE)
  sla_policy_name!: string | null;

  /** Within how many hours requests of the priority `medium` are answered. */
  @Quantity(8, NULLABLE)
  sla_response_hours!: number | null;

  /** Within how many hours requests of the priority `medium` are resolved. */
  @Quantity(40, NULLABLE)
  sla_resolution_hours!: number | null;
}

/** Projects, the newest first. */
@ApiExtraModels(TaskCountsDto)
export class ProjectList {
  projects!: ProjectDto[];

  /** How far the tasks of each of these projects are, by the id of the project. */
  @TaskCountsById()
  taskCounts!: Record<string, TaskCountsDto>;
}
