import type { PortalBudget, PortalBudgetDetails, PortalBudgetLine } from '@portico/domain/portal';
import { instant, instantOrNull } from '../../platform/http/json-api.js';
import { money } from '../../platform/http/money.js';
import type {
  PortalBudgetDocument,
  PortalBudgetDto,
  PortalBudgetLineDto,
  PortalBudgetList,
} from './portal-budget.dto.js';

/** Budgets as the Portal API shows them. */
export class PortalBudgetPresenter {
  list(budgets: readonly PortalBudget[]): PortalBudgetList {
    return { budgets: budgets.map((budget) => this.budget(budget)) };
  }

  document({ budget, lines }: PortalBudgetDetails): PortalBudgetDocument {
    return { budget: this.budget(budget), lineItems: lines.map((line) => this.line(budget.id, line)) };
  }

  private budget(budget: PortalBudget): PortalBudgetDto {
    return {
      id: budget.id,
      name: budget.name,
      resource_type: budget.resourceType,
      resource_id: budget.resourceId,
      resource_name: budget.resourceName,
      company_id: budget.companyId,
      company_name: budget.companyName,
      owner_id: budget.ownerId,
      owner_name: budget.ownerName,
      po_number: budget.poNumber,
      currency: budget.currency,
      status: budget.status,
      total_amount: money(budget.totalAmount),
      line_item_count: budget.lineItemCount,
      spent_amount: money(budget.spentAmount),
      logged_hours: budget.loggedHours,
      approved_at: instantOrNull(budget.approvedAt),
      created_at: instant(budget.createdAt),
      updated_at: instant(budget.updatedAt),
    };
  }

  private line(budgetId: string, line: PortalBudgetLine): PortalBudgetLineDto {
    return {
      id: line.id,
      budget_id: budgetId,
      name: line.name,
      description: line.description,
      service_type_id: null,
      service_type_name: line.serviceTypeName,
      task_id: line.taskId,
      task_title: line.taskTitle,
      quantity: line.quantity,
      unit_price: money(line.unitPrice),
      amount: money(line.amount),
      logged_hours: line.loggedHours,
      invoiced_amount: money(line.invoicedAmount),
      position: line.position,
      created_at: instant(line.createdAt),
    };
  }
}
