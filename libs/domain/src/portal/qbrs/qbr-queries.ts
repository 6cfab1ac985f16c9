import type { ClientId, FirmId } from '../../kernel/index.js';
import type { ListWindow } from '../projects/project-queries.js';

/** A part of a review that is for the client. */
export interface PortalQbrSection {
  /** For programs: `results`. */
  readonly key: string;
  readonly title: string;
  readonly content: string | null;
  readonly position: number;
}

/** A quarterly business review that was presented to the client. */
export interface PortalQbr {
  readonly id: string;
  readonly companyId: ClientId;
  readonly title: string;
  /** `2026-Q1`. */
  readonly quarter: string | null;
  /** `YYYY-MM-DD`, as is `nextQbrDate`. */
  readonly qbrDate: string | null;
  readonly status: 'presented';
  readonly attendees: readonly string[];
  readonly summary: string | null;
  readonly outcomes: string | null;
  /** In their order. */
  readonly sections: readonly PortalQbrSection[];
  readonly presentedAt: Date | null;
  readonly nextQbrDate: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** Reads about reviews. */
export abstract class QbrQueries {
  /**
   * Those that were presented to the company, the newest first, with one statement. What the review says of a section
   * decides whether the client sees it; of one of which it says nothing, whether it is internal.
   */
  abstract list(firmId: FirmId, companyId: ClientId, window: ListWindow): Promise<readonly PortalQbr[]>;
}
