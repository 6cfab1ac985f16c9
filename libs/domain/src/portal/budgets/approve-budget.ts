import type { History } from '../../history/index.js';
import { type Clock, isUuid, type PortalActor, type UnitOfWork } from '../../kernel/index.js';
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

  /**
   * In the name of the contact, where the portal says who it is.
   * @throws DomainError `budget_not_found`, `budget_not_pending`
   */
  async execute(actor: PortalActor, { id }: { readonly id: string }): Promise<void> {
    if (!isUuid(id)) throw portalBudgetErrors.notFound();
    const { firmId, companyIds, contactId } = actor;
    await this.unitOfWork.run(async () => {
      const at = this.clock.now();
      const budget = await this.budgets.approve(firmId, { companyIds, id, contactId, at });
      if (!budget) throw await this.refusal(actor, id);
      await this.history.record(actor, {
        action: 'budget.approved',
        subject: { type: 'budget', id: budget.id },
        clientId: budget.clientId,
        details: {
          status: { from: 'pending_approval', to: 'approved' },
          approvedAt: { from: null, to: at.toISOString() },
        },
      });
      await this.tell(actor, budget);
    });
  }

  private async refusal({ firmId, companyIds }: PortalActor, id: string): Promise<Error> {
    const isShown = await this.budgets.isShown(firmId, companyIds, id);
    return isShown ? portalBudgetErrors.notPending() : portalBudgetErrors.notFound();
  }

  private async tell(actor: PortalActor, { id, name, clientId, deliveryManagerId }: ApprovedBudget): Promise<void> {
    if (deliveryManagerId === null) return;
    await this.notifier.raise(actor.firmId, [
      {
        type: 'budget_approved',
        to: { userIds: [deliveryManagerId] },
        clientId,
        resource: { type: 'budget', id },
        names: { budget: name },
        by: actor.contactId === null ? null : { contactId: actor.contactId },
      },
    ]);
  }
}
