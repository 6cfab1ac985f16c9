import type { ClientId, FirmId } from '../../kernel/index.js';
import type { ListWindow } from '../projects/project-queries.js';
import type { PortalBudget, PortalBudgetDetails } from './portal-budget.js';

/** Reads about the budgets of companies. A draft, and what is of another company or firm, is not there. */
export abstract class PortalBudgetQueries {
  /** The newest first. One statement. */
  abstract list(firmId: FirmId, companyIds: readonly ClientId[], window: ListWindow): Promise<readonly PortalBudget[]>;

  /** One statement. */
  abstract find(firmId: FirmId, companyIds: readonly ClientId[], id: string): Promise<PortalBudgetDetails | null>;
}
