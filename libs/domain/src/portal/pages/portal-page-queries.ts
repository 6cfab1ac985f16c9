import type { ClientId, FirmId } from '../../kernel/index.js';
import type { ListWindow } from '../projects/project-queries.js';

/** A page about a company or one of its projects: published, and not archived. */
export interface PortalPage {
  readonly id: string;
  readonly title: string;
  readonly icon: string | null;
  /** The page under which it stands; null also when the client does not see that one. */
  readonly parentId: string | null;
  readonly position: number;
  readonly entityType: 'company' | 'project';
  /** The id of the company or project. */
  readonly entityId: string;
  readonly createdByName: string | null;
  readonly updatedByName: string | null;
  /** How many pages that the client sees stand under it. */
  readonly childrenCount: number;
  readonly publishedAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** The same with what stands on it. */
export interface PortalPageDetails extends PortalPage {
  readonly content: string | null;
  /** The same as the editor keeps it. */
  readonly contentRich: object | null;
  readonly coverImage: string | null;
  readonly fullWidth: boolean;
  readonly smallText: boolean;
  /** Whether it has a table of contents. */
  readonly toc: boolean;
  readonly textStyle: string | null;
}

/** Reads about the pages of companies. What is not published or archived, or of another company, is not there. */
export abstract class PortalPageQueries {
  /** By position, then as they came. One statement. */
  abstract list(firmId: FirmId, companyIds: readonly ClientId[], window: ListWindow): Promise<readonly PortalPage[]>;

  /** One statement. */
  abstract find(firmId: FirmId, companyIds: readonly ClientId[], id: string): Promise<PortalPageDetails | null>;
}
