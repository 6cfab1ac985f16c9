import { ApiExtraModels, ApiProperty } from '@nestjs/swagger';
import { PortalAnnouncementDto } from '../announcements/portal-announcement.dto.js';
import { Count, Day, Money, NumberedId, Text, Uuid } from '../documented.js';
import { HistoryEntryDto } from '../history/history-entry.dto.js';
import { TaskCountsById, TaskCountsDto } from '../projects/project.dto.js';

const NULLABLE = { nullable: true };

/** An active project, and how far it is. */
export class ActiveProjectDto {
  @Uuid()
  id!: string;

  @Text('Relaunch of the web shop')
  name!: string;

  @ApiProperty({ enum: ['active'], example: 'active' })
  status!: 'active';

  @NumberedId('500')
  company_id!: string;

  @Text('Byron Family')
  company_name!: string;

  @Text('Web', NULLABLE)
  type_label!: string | null;

  @Text('Ben Brown', NULLABLE)
  delivery_manager_name!: string | null;

  @Day('2026-01-05', NULLABLE)
  start_date!: string | null;

  @Day('2026-06-30', NULLABLE)
  end_date!: string | null;

  /** Tasks that are neither private nor cancelled. */
  @Count(12)
  total_tasks!: number;

  @Count(7)
  completed_tasks!: number;

  /** Whole percents from 0, also without tasks, to 100, when all of them are completed. */
  @Count(58)
  progress_pct!: number;
}

/** What is invoiced in one currency. */
export class FinancialDto {
  /** On all invoices but drafts and voided ones. */
  @Money(12500.5)
  total_invoiced!: number;

  /** What is not paid yet. */
  @Money(2500)
  total_outstanding!: number;

  /** The part of it that was due before today, in the company's time zone. */
  @Money(0)
  total_overdue!: number;

  /** Of the company; what is invoiced in other currencies is not part of the sums. */
  @Text('EUR')
  currency!: string;
}

/** Something that is to be reached. */
export class MilestoneDto {
  @Uuid()
  id!: string;

  @Text('Start of the shop')
  title!: string;

  /** Null on a roadmap that is of no project. */
  @Uuid(NULLABLE)
  project_id!: string | null;

  @Text('Relaunch of the web shop', NULLABLE)
  project_name!: string | null;

  @Uuid()
  roadmap_id!: string;

  @Day('2026-04-01', NULLABLE)
  start_date!: string | null;

  @Day('2026-04-30')
  due_date!: string;

  @ApiProperty({ enum: ['planned', 'in_progress'], example: 'planned' })
  status!: 'planned' | 'in_progress';
}

/** How the company, or its group, stands. */
@ApiExtraModels(TaskCountsDto)
export class DashboardDocument {
  /** The active projects, the newest first, at most 1000. */
  projects!: ActiveProjectDto[];

  /** How far the tasks of each of these projects are, by the id of the project. */
  @TaskCountsById()
  taskCounts!: Record<string, TaskCountsDto>;

  financial!: FinancialDto;

  /** The newest ten changes. */
  recentActivity!: HistoryEntryDto[];

  /** The next ten milestones that are not reached yet. */
  milestones!: MilestoneDto[];

  /** The newest five announcements. */
  announcements!: PortalAnnouncementDto[];
}
