import { ApiProperty } from '@nestjs/swagger';
import { Count, Day, Instant, NeverKept, NumberedId, Text, Uuid } from '../documented.js';
import { SingleProjectDto } from './project.dto.js';

const NULLABLE = { nullable: true };
const GOAL_STATUSES = ['not_started', 'in_progress', 'achieved', 'missed'] as const;
const DECISION_STATUSES = ['agreed', 'pending'] as const;

/** What a project is to achieve. */
export class ProjectGoalDto {
  @Uuid()
  id!: string;

  @Uuid()
  project_id!: string;

  @Text('A third fewer abandoned carts')
  title!: string;

  @Text('Compared with the second quarter', NULLABLE)
  description!: string | null;

  @Day('2026-06-30', NULLABLE)
  target_date!: string | null;

  @ApiProperty({ enum: GOAL_STATUSES, example: 'in_progress' })
  status!: (typeof GOAL_STATUSES)[number];

  @Count(1)
  position!: number;

  @Instant('2026-01-02T03:04:05Z')
  created_at!: string;
}

/** Somebody of the firm who works in a project. */
export class ProjectMemberDto {
  @NumberedId('2002')
  user_id!: string;

  @Text('Cleo Clark')
  name!: string;

  /** Pictures are not kept. */
  @NeverKept()
  picture!: string | null;

  /** Titles are not kept. */
  @NeverKept()
  job_title!: string | null;

  @Text('designer')
  role!: string;
}

/** What is to be said of a project in short. */
export class ProjectSummaryDto {
  @Uuid()
  id!: string;

  @Uuid()
  project_id!: string;

  @Text('On time; the payment provider is chosen.')
  summary!: string;

  /** What wrote it. */
  @Text('written by hand', NULLABLE)
  model!: string | null;

  @Instant('2026-03-02T08:00:00Z')
  generated_at!: string;
}

/** What was decided in a project, or is to be. */
export class ProjectDecisionDto {
  @Uuid()
  id!: string;

  @Uuid()
  project_id!: string;

  @Text('Payment by invoice')
  title!: string;

  @Text('Asked for by most business customers', NULLABLE)
  context!: string | null;

  @ApiProperty({ enum: DECISION_STATUSES, example: 'agreed' })
  status!: (typeof DECISION_STATUSES)[number];

  @NumberedId('2001', NULLABLE)
  decided_by!: string | null;

  @Text('Ben Brown', NULLABLE)
  decided_by_name!: string | null;

  @Instant('2026-03-01T10:00:00Z', NULLABLE)
  decided_at!: string | null;

  @Instant('2026-02-20T09:00:00Z')
  created_at!: string;
}

/** A project with what belongs to it. */
export class ProjectDocument {
  project!: SingleProjectDto;

  /** By position, at most 1000. */
  goals!: ProjectGoalDto[];

  /** By name, at most 1000. */
  members!: ProjectMemberDto[];

  /** The newest summary. */
  @ApiProperty({ type: ProjectSummaryDto, nullable: true })
  aiSummary!: ProjectSummaryDto | null;

  /** The ten newest decisions, the newest first. */
  decisions!: ProjectDecisionDto[];
}

/** Decisions, the newest first. */
export class ProjectDecisionList {
  decisions!: ProjectDecisionDto[];
}
