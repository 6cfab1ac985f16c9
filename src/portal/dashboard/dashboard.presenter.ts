import {
  type ActiveProject,
  type Financial,
  type Milestone,
  type Overview,
  type PortalAnnouncement,
  type PortalHistoryEntry,
  progressOf,
} from '@portico/domain/portal';
import { money } from '../../platform/http/money.js';
import { announcementDto } from '../announcements/portal-announcement.presenter.js';
import { HistoryEntryPresenter } from '../history/history-entry.presenter.js';
import { ProjectPresenter } from '../projects/project.presenter.js';
import type { ActiveProjectDto, DashboardDocument, FinancialDto, MilestoneDto } from './dashboard.dto.js';

/** The dashboard as the Portal API shows it. */
export class DashboardPresenter {
  private readonly history = new HistoryEntryPresenter();
  private readonly projects = new ProjectPresenter();

  document(
    { projects, financial, milestones }: Overview,
    activity: readonly PortalHistoryEntry[],
    announcements: readonly PortalAnnouncement[],
  ): DashboardDocument {
    return {
      projects: projects.map(activeProjectDto),
      taskCounts: this.projects.taskCounts(projects),
      financial: financialDto(financial),
      recentActivity: activity.map((entry) => this.history.entry(entry)),
      milestones: milestones.map(milestoneDto),
      announcements: announcements.map(announcementDto),
    };
  }
}

function activeProjectDto(project: ActiveProject): ActiveProjectDto {
  return {
    id: project.id,
    name: project.name,
    status: 'active',
    company_id: project.companyId,
    company_name: project.companyName,
    type_label: project.typeLabel,
    delivery_manager_name: project.deliveryManagerName,
    start_date: project.startDate,
    end_date: project.endDate,
    total_tasks: project.tasks.total,
    completed_tasks: project.tasks.completed,
    progress_pct: progressOf(project.tasks),
  };
}

function financialDto({ totalInvoiced, totalOutstanding, totalOverdue, currency }: Financial): FinancialDto {
  return {
    total_invoiced: money(totalInvoiced),
    total_outstanding: money(totalOutstanding),
    total_overdue: money(totalOverdue),
    currency,
  };
}

function milestoneDto(milestone: Milestone): MilestoneDto {
  const { id, title, projectId, projectName, roadmapId, startDate, dueDate, status } = milestone;
  return {
    ...{ id, title, project_id: projectId, project_name: projectName, roadmap_id: roadmapId },
    ...{ start_date: startDate, due_date: dueDate, status },
  };
}
