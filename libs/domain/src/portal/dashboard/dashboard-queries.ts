import type { ClientId, FirmId } from '../../kernel/index.js';
import type { TaskCounts } from '../projects/index.js';

/** A project with the status `active`; days are `YYYY-MM-DD`. */
export interface ActiveProject {
  /** A UUID. */
  readonly id: string;
  readonly name: string;
  readonly companyId: ClientId;
  readonly companyName: string;
  readonly typeLabel: string | null;
  readonly deliveryManagerName: string | null;
  readonly startDate: string | null;
  readonly endDate: string | null;
  readonly tasks: TaskCounts;
}

/**
 * What companies owe, in the currency of one of them; what is invoiced in others is not part of it, as sums of several
 * currencies mean nothing. Amounts are decimals with two digits after the point, such as `1250.50`.
 */
export interface Financial {
  /** All that is invoiced: on invoices that are neither drafts nor voided. */
  readonly totalInvoiced: string;
  /** What is not paid of those that are neither paid nor voided. */
  readonly totalOutstanding: string;
  /** The part of it that was due before today, in the company's time zone. */
  readonly totalOverdue: string;
  /** ISO 4217. */
  readonly currency: string;
}

/** An item of a roadmap that ends today or later and is not completed; days are `YYYY-MM-DD`. */
export interface Milestone {
  readonly id: string;
  readonly title: string;
  /** Null on a roadmap of the company that is of no project. */
  readonly projectId: string | null;
  readonly projectName: string | null;
  readonly roadmapId: string;
  readonly startDate: string | null;
  readonly dueDate: string;
  readonly status: 'planned' | 'in_progress';
}

/** How companies stand. */
export interface Overview {
  /** The newest first; 1000 at most. */
  readonly projects: readonly ActiveProject[];
  readonly financial: Financial;
  /** The ten next ones. */
  readonly milestones: readonly Milestone[];
}

/** Reads for the dashboard. */
export abstract class DashboardQueries {
  /** Of `companyIds` together; `companyId`, which is one of them, says the currency. Three statements. */
  abstract overview(firmId: FirmId, companyId: ClientId, companyIds: readonly ClientId[]): Promise<Overview>;
}
