import type { ClientId, ContactId, FirmId } from '@portico/domain/kernel';
import { type ApprovedBudget, type BudgetApproval, BudgetApprovals } from '@portico/domain/portal';
import type { Reversible } from './in-memory-unit-of-work.js';

interface KeptBudget extends ApprovedBudget {
  readonly firmId: FirmId;
  readonly status: 'draft' | 'pending_approval' | 'approved' | 'active' | 'completed';
  readonly approvedAt: Date | null;
  readonly approvedBy: ContactId | null;
}

export class InMemoryBudgetApprovals extends BudgetApprovals implements Reversible {
  private budgets: readonly KeptBudget[] = [];

  /** A budget of client 500 of firm 1 that waits for approval, changed by `changes`. */
  with(changes: Partial<KeptBudget> = {}): KeptBudget {
    const budget: KeptBudget = {
      ...{ id: '01989a3e-5f00-7000-8000-000000000001', name: 'Relaunch', status: 'pending_approval' },
      ...{ firmId: '1' as FirmId, clientId: '500' as ClientId },
      ...{ deliveryManagerId: null, approvedAt: null, approvedBy: null },
      ...changes,
    };
    this.budgets = [...this.budgets, budget];
    return budget;
  }

  get(id: string): KeptBudget | undefined {
    return this.budgets.find((budget) => budget.id === id);
  }

  approve(firmId: FirmId, { companyIds, id, contactId, at }: BudgetApproval): Promise<ApprovedBudget | null> {
    const found = this.shown(firmId, companyIds, id);
    if (found?.status !== 'pending_approval') return Promise.resolve(null);
    const approved: KeptBudget = { ...found, status: 'approved', approvedAt: at, approvedBy: contactId };
    this.budgets = this.budgets.map((budget) => (budget === found ? approved : budget));
    return Promise.resolve(approved);
  }

  isShown(firmId: FirmId, companyIds: readonly ClientId[], id: string): Promise<boolean> {
    return Promise.resolve(this.shown(firmId, companyIds, id) !== undefined);
  }

  snapshot(): () => void {
    const before = this.budgets;
    return () => (this.budgets = before);
  }

  private shown(firmId: FirmId, companyIds: readonly ClientId[], id: string): KeptBudget | undefined {
    return this.budgets.find(
      (budget) =>
        budget.firmId === firmId &&
        companyIds.includes(budget.clientId) &&
        budget.id === id.toLowerCase() &&
        budget.status !== 'draft',
    );
  }
}
