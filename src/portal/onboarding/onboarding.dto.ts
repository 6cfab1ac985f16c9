import { ApiProperty } from '@nestjs/swagger';
import { Count, Instant, Text, Uuid } from '../documented.js';

/** By what the company is taken in. */
export class OnboardingTemplateDto {
  @Uuid()
  id!: string;

  @Text('New client')
  name!: string;

  @Text('Six weeks', { nullable: true })
  description!: string | null;
}

/** What is reached in a stage, and whether the company has. */
export class OnboardingMilestoneDto {
  @Uuid()
  id!: string;

  @Text('Contract signed')
  title!: string;

  @Text('By both sides', { nullable: true })
  description!: string | null;

  @Count(0)
  position!: number;

  @ApiProperty({ example: true })
  completed!: boolean;

  @Instant('2026-01-12T10:00:00Z', { nullable: true })
  completed_at!: string | null;

  /** The name of the member of staff who says so; null when it has completed itself. */
  @Text('Ann Miller', { nullable: true })
  completed_by_name!: string | null;

  /** `auto` when it has completed itself; null before anything is known of it. */
  @ApiProperty({ type: 'string', enum: ['manual', 'auto', null], nullable: true, example: 'manual' })
  source!: string | null;
}

export class OnboardingStageDto {
  @Uuid()
  id!: string;

  @Text('Kick-off')
  name!: string;

  @Text('The first week', { nullable: true })
  description!: string | null;

  /** For programs. */
  @Text('kickoff')
  stage_type!: string;

  @Count(0)
  position!: number;

  @Count(1)
  completed_count!: number;

  @Count(3)
  total_count!: number;

  /** In their order. */
  milestones!: OnboardingMilestoneDto[];
}

/** How far the company is taken in. */
export class OnboardingDocument {
  /** Null when there is none for the company; nothing else is there then. */
  @ApiProperty({ type: () => OnboardingTemplateDto, nullable: true })
  template!: OnboardingTemplateDto | null;

  /** In their order. */
  stages!: OnboardingStageDto[];

  @Count(12)
  total_milestones!: number;

  @Count(3)
  completed_milestones!: number;

  /** From 0 to 100; 0 without milestones. */
  @Count(25)
  completion_percentage!: number;

  /** That of the first stage with an open milestone. */
  @Text('kickoff', { nullable: true })
  current_stage_type!: string | null;

  /** When anything was first known of a milestone. */
  @Instant('2026-01-05T09:00:00Z', { nullable: true })
  started_at!: string | null;

  /** When the last milestone was completed; null while one is open. */
  @Instant('2026-02-16T09:00:00Z', { nullable: true })
  completed_at!: string | null;
}
