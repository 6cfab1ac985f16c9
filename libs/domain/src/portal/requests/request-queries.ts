import type { PortalActor, ProjectId, TaskId } from '../../kernel/index.js';
import type { ListWindow } from '../projects/project-queries.js';

/** A request as the client sees it. */
export interface RequestItem {
  readonly id: TaskId;
  readonly title: string;
  readonly description: string | null;
  /** Where it stands, for programs, and for people where the firm has said so. */
  readonly status: string;
  readonly statusLabel: string | null;
  readonly statusColor: string | null;
  readonly priority: string | null;
  readonly priorityLabel: string | null;
  readonly projectId: ProjectId | null;
  readonly projectName: string | null;
  /** The contact who asked. */
  readonly createdByName: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** Null where nothing was promised. */
  readonly responseDeadline: Date | null;
  readonly resolutionDeadline: Date | null;
  readonly respondedAt: Date | null;
  readonly resolvedAt: Date | null;
}

/** Reads about what the actor's company has asked for, each with one statement; what staff keep private is not there. */
export abstract class RequestQueries {
  /** The newest first. */
  abstract list(actor: PortalActor, window: ListWindow): Promise<readonly RequestItem[]>;

  abstract find(actor: PortalActor, id: string): Promise<RequestItem | null>;
}
