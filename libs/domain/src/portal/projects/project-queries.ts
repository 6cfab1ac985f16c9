import type { ClientId, FirmId } from '../../kernel/index.js';
import type {
  PortalProject,
  PortalTask,
  ProjectDecision,
  ProjectDetails,
  ProjectRoadmap,
  ProjectStatus,
} from './project.js';

/** A part of a list: so many rows after so many others. */
export interface ListWindow {
  readonly limit: number;
  readonly offset: number;
}

/**
 * Reads about the projects of companies. What is of another company, or of another firm, is not there; of what is not
 * there, everything is null. The number of statements never depends on that of the rows.
 */
export abstract class PortalProjectQueries {
  /** The newest first; without `statuses` those of every status. Two statements. */
  abstract list(
    firmId: FirmId,
    companyIds: readonly ClientId[],
    statuses: readonly ProjectStatus[] | null,
    window: ListWindow,
  ): Promise<readonly PortalProject[]>;

  /** Two statements. */
  abstract find(firmId: FirmId, companyIds: readonly ClientId[], id: string): Promise<ProjectDetails | null>;

  /** The tasks that are not private, in the order that the firm gave them, then as they came. One statement. */
  abstract tasks(
    firmId: FirmId,
    companyIds: readonly ClientId[],
    id: string,
    window: ListWindow,
  ): Promise<readonly PortalTask[] | null>;

  /** The newest roadmap of a project, if it has one. One statement. */
  abstract roadmap(
    firmId: FirmId,
    companyIds: readonly ClientId[],
    id: string,
  ): Promise<{ readonly roadmap: ProjectRoadmap | null } | null>;

  /** The newest first. One statement. */
  abstract decisions(
    firmId: FirmId,
    companyIds: readonly ClientId[],
    id: string,
    window: ListWindow,
  ): Promise<readonly ProjectDecision[] | null>;
}
