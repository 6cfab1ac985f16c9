import type { ClientId, ContactId, FirmId, UserId } from '../../kernel/index.js';

/** Who approves which budget of one of their companies, and when. */
export interface BudgetApproval {
  readonly companyIds: readonly ClientId[];
  readonly id: string;
  /** Null where only the company is known. */
  readonly contactId: ContactId | null;
  readonly at: Date;
}

/** A budget that was just approved. */
export interface ApprovedBudget {
  readonly id: string;
  readonly name: string;
  readonly clientId: ClientId;
  /** Who delivers its project, else who delivers to the client; null when there is nobody. */
  readonly deliveryManagerId: UserId | null;
}

/** The budgets that wait for the approval of their clients. */
export abstract class BudgetApprovals {
  /**
   * Approves a budget that waits for it, in the running unit of work: of two who try at once, one does. Null when there
   * is none that waits.
   */
  abstract approve(firmId: FirmId, approval: BudgetApproval): Promise<ApprovedBudget | null>;

  /** Whether the companies see the budget at all. */
  abstract isShown(firmId: FirmId, companyIds: readonly ClientId[], id: string): Promise<boolean>;
}
