import type { History } from '../../history/index.js';
import { type Clock, isUuid, type PortalUser, type UnitOfWork } from '../../kernel/index.js';
import type { Notifier } from '../../notifications/index.js';
import type { ApprovedBudget, BudgetApprovals } from './budget-approvals.js';
import { portalBudgetErrors } from './budget.errors.js';

/** A client approves a budget that waits for it; who delivers it is told. */
export class ApproveBudget {
  constructor(
    private readonly budgets: BudgetApprovals,
    private readonly history: History,
    private readonly notifier: Notifier,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `budget_not_found`, `budget_not_pending` */
  async execute(user: PortalUser, { id }: { readonly id: string }): Promise<void> {
    if (!isUuid(id)) throw portalBudgetErrors.notFound();
    const { firmId, companyIds, contactId } = user;
    await this.unitOfWork.run(async () => {
      const at = this.clock.now();
      const budget = await this.budgets.approve(firmId, { companyIds, id, contactId, at });
      if (!budget) throw await this.refusal(user, id);
      await this.history.record(user, {
        action: 'budget.approved',
        subject: { type: 'budget', id: budget.id },
        clientId: budget.clientId,
        details: {
          status: { from: 'pending_approval', to: 'approved' },
          approvedAt: { from: null, to: at.toISOString() },
        },
      });
      await this.tell(user, budget);
    });
  }

  private async refusal({ firmId, companyIds }: PortalUser, id: string): Promise<Error> {
    const isShown = await this.budgets.isShown(firmId, companyIds, id);
    return isShown ? portalBudgetErrors.notPending() : portalBudgetErrors.notFound();
  }

  private async tell(user: PortalUser, { id, name, clientId, deliveryManagerId }: ApprovedBudget): Promise<void> {
    if (deliveryManagerId === null) return;
    await this.notifier.raise(user.firmId, [
      {
        type: 'budget_approved',
        to: { userIds: [deliveryManagerId] },
        clientId,
        resource: { type: 'budget', id },
        names: { budget: name },
        by: { contactId: user.contactId },
      },
    ]);
  }
}
