import type {
  PortalProject,
  PortalTask,
  ProjectDecision,
  ProjectDetails,
  ProjectRoadmap,
  RoadmapItem,
  TaskCounts,
} from '@portico/domain/portal';
import { instant, instantOrNull } from '../../platform/http/json-api.js';
import type { ProjectDto, ProjectList, SingleProjectDto, TaskCountsDto } from './project.dto.js';
import type { ProjectDecisionDto, ProjectDocument } from './project-details.dto.js';
import type { RoadmapDocument, RoadmapDto, RoadmapItemDto } from './roadmap.dto.js';
import type { TaskDto } from './task.dto.js';

/** Projects as the Portal API shows them. */
export class ProjectPresenter {
  list(projects: readonly PortalProject[]): ProjectList {
    return { projects: projects.map(projectDto), taskCounts: this.taskCounts(projects) };
  }

  /** How far the tasks are, by the id of the project. */
  taskCounts(projects: readonly Pick<PortalProject, 'id' | 'tasks'>[]): Record<string, TaskCountsDto> {
    return Object.fromEntries(projects.map(({ id, tasks }) => [id, countsDto(tasks)]));
  }

  document(details: ProjectDetails): ProjectDocument {
    const { project, goals, members, summary, decisions } = details;
    const project_id = project.id;
    return {
      project: singleProjectDto(details),
      goals: goals.map(({ targetDate, createdAt, id, ...goal }) => ({
        ...{ id, project_id, ...goal },
        ...{ target_date: targetDate, created_at: instant(createdAt) },
      })),
      members: members.map(({ userId, ...member }) => ({
        ...{ user_id: userId, ...member },
        ...{ picture: null, job_title: null },
      })),
      aiSummary: summary && {
        ...{ id: summary.id, project_id, summary: summary.summary, model: summary.model },
        generated_at: instant(summary.generatedAt),
      },
      decisions: decisions.map((decision) => this.decision(project_id, decision)),
    };
  }

  decision(project_id: string, decision: ProjectDecision): ProjectDecisionDto {
    const { id, title, context, status, decidedBy, decidedByName, decidedAt, createdAt } = decision;
    return {
      ...{ id, project_id, title, context, status, decided_by: decidedBy, decided_by_name: decidedByName },
      ...{ decided_at: instantOrNull(decidedAt), created_at: instant(createdAt) },
    };
  }

  task(task: PortalTask): TaskDto {
    return {
      id: task.id,
      title: task.title,
      description: task.description,
      status_id: task.statusValue,
      status_label: task.statusLabel,
      status_value: task.statusValue,
      status_color: task.statusColor,
      priority_id: task.priorityValue,
      priority_label: task.priorityLabel,
      priority_value: task.priorityValue,
      priority_color: task.priorityColor,
      type_id: task.typeValue,
      type_label: task.typeLabel,
      type_value: task.typeValue,
      assignee_id: task.assigneeId,
      assignee_name: task.assigneeName,
      assignee_picture: null,
      parent_task_id: task.parentTaskId,
      roadmap_item_id: task.roadmapItemId,
      start_date: task.startDate,
      due_date: task.dueDate,
      estimated_hours: task.estimatedHours,
      sort_order: task.sortOrder,
      created_at: instant(task.createdAt),
      updated_at: instant(task.updatedAt),
    };
  }

  roadmap(projectId: string, roadmap: ProjectRoadmap | null): RoadmapDocument {
    if (!roadmap) return { roadmap: null, items: [] };
    return {
      roadmap: roadmapDto(projectId, roadmap),
      items: roadmap.items.map((item) => roadmapItemDto(roadmap.id, item)),
    };
  }
}

function countsDto({ total, completed, inProgress, overdue }: TaskCounts): TaskCountsDto {
  return { total, completed, in_progress: inProgress, overdue };
}

function projectDto(project: PortalProject): ProjectDto {
  return {
    id: project.id,
    name: project.name,
    description: project.description,
    status: project.status,
    company_id: project.companyId,
    company_name: project.companyName,
    type_id: project.typeValue,
    type_label: project.typeLabel,
    type_value: project.typeValue,
    owner_id: project.ownerId,
    owner_name: project.ownerName,
    delivery_manager_id: project.deliveryManagerId,
    delivery_manager_name: project.deliveryManagerName,
    squad: project.squad,
    start_date: project.startDate,
    end_date: project.endDate,
    member_count: project.memberCount,
    task_count: project.tasks.total,
    created_at: instant(project.createdAt),
    updated_at: instant(project.updatedAt),
  };
}

function singleProjectDto({ project, serviceLevel }: ProjectDetails): SingleProjectDto {
  return {
    ...projectDto(project),
    owner_picture: null,
    sla_policy_id: serviceLevel?.policyId ?? null,
    sla_policy_name: serviceLevel?.policyName ?? null,
    sla_response_hours: serviceLevel?.responseHours ?? null,
    sla_resolution_hours: serviceLevel?.resolutionHours ?? null,
  };
}

function roadmapDto(projectId: string, roadmap: ProjectRoadmap): RoadmapDto {
  const { id, name, description, startDate, endDate, itemCount, createdAt, updatedAt } = roadmap;
  return {
    ...{ id, name, description, project_id: projectId, start_date: startDate, end_date: endDate },
    ...{ item_count: itemCount, created_at: instant(createdAt), updated_at: instant(updatedAt) },
  };
}

function roadmapItemDto(roadmapId: string, item: RoadmapItem): RoadmapItemDto {
  const { id, title, description, goalId, goalTitle, status, startDate, endDate, position, color } = item;
  return {
    ...{ id, roadmap_id: roadmapId, title, description, goal_id: goalId, goal_title: goalTitle, status },
    ...{ start_date: startDate, end_date: endDate, position, color },
  };
}
