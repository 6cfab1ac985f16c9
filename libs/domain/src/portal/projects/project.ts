import type { ClientId, UserId } from '../../kernel/index.js';
import type { TaskCounts } from './task-stage.js';

export const PROJECT_STATUSES = ['planned', 'active', 'on_hold', 'completed', 'cancelled', 'archived'] as const;
export type ProjectStatus = (typeof PROJECT_STATUSES)[number];

/** A project as its client sees it. Ids are UUIDs, days `YYYY-MM-DD`. */
export interface PortalProject {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly status: ProjectStatus;
  readonly companyId: ClientId;
  readonly companyName: string;
  /** The kind of project: for programs, and for people. */
  readonly typeValue: string | null;
  readonly typeLabel: string | null;
  readonly ownerId: UserId | null;
  readonly ownerName: string | null;
  readonly deliveryManagerId: UserId | null;
  readonly deliveryManagerName: string | null;
  readonly squad: string | null;
  readonly startDate: string | null;
  readonly endDate: string | null;
  readonly memberCount: number;
  readonly tasks: TaskCounts;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** The service level that holds for requests on a project: its own, else that of the company. */
export interface ProjectServiceLevel {
  readonly policyId: string;
  readonly policyName: string;
  /** Those of the rule for priority `medium`, which requests have unless they say otherwise; null without that rule. */
  readonly responseHours: number | null;
  readonly resolutionHours: number | null;
}

export interface ProjectGoal {
  readonly id: string;
  readonly title: string;
  readonly description: string | null;
  readonly targetDate: string | null;
  readonly status: 'not_started' | 'in_progress' | 'achieved' | 'missed';
  readonly position: number;
  readonly createdAt: Date;
}

export interface ProjectMember {
  readonly userId: UserId;
  readonly name: string;
  readonly role: string;
}

export interface ProjectSummary {
  readonly id: string;
  readonly summary: string;
  /** What wrote it. */
  readonly model: string | null;
  readonly generatedAt: Date;
}

export interface ProjectDecision {
  readonly id: string;
  readonly title: string;
  readonly context: string | null;
  readonly status: 'agreed' | 'pending';
  readonly decidedBy: UserId | null;
  readonly decidedByName: string | null;
  readonly decidedAt: Date | null;
  readonly createdAt: Date;
}

/** A project with what belongs to it. */
export interface ProjectDetails {
  readonly project: PortalProject;
  readonly serviceLevel: ProjectServiceLevel | null;
  /** By position; 1000 at most. */
  readonly goals: readonly ProjectGoal[];
  /** By name; 1000 at most. */
  readonly members: readonly ProjectMember[];
  /** The newest. */
  readonly summary: ProjectSummary | null;
  /** The ten newest. */
  readonly decisions: readonly ProjectDecision[];
}

/** A task that is not private. */
export interface PortalTask {
  readonly id: string;
  readonly title: string;
  readonly description: string | null;
  readonly statusValue: string;
  readonly statusLabel: string | null;
  readonly statusColor: string | null;
  readonly priorityValue: string | null;
  readonly priorityLabel: string | null;
  readonly priorityColor: string | null;
  readonly typeValue: string | null;
  readonly typeLabel: string | null;
  readonly assigneeId: UserId | null;
  readonly assigneeName: string | null;
  /** Null also when that one is private. */
  readonly parentTaskId: string | null;
  readonly roadmapItemId: string | null;
  readonly startDate: string | null;
  readonly dueDate: string | null;
  readonly estimatedHours: number | null;
  readonly sortOrder: number | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface ProjectRoadmap {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly startDate: string | null;
  readonly endDate: string | null;
  readonly itemCount: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** By position; 1000 at most. */
  readonly items: readonly RoadmapItem[];
}

export interface RoadmapItem {
  readonly id: string;
  readonly title: string;
  readonly description: string | null;
  readonly goalId: string | null;
  readonly goalTitle: string | null;
  readonly status: 'planned' | 'in_progress' | 'completed';
  readonly startDate: string | null;
  readonly endDate: string | null;
  readonly position: number;
  readonly color: string | null;
}
