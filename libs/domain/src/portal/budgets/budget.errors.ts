import { DomainError } from '../../kernel/index.js';

/** What is refused of budgets in the portal. */
export const portalBudgetErrors = {
  notFound: () => new DomainError('not_found', 'budget_not_found', 'There is no budget with this id'),
  notPending: () => new DomainError('conflict', 'budget_not_pending', 'This budget does not wait for approval'),
};
