import type { ClientId, UserId } from '../../kernel/index.js';

/** A budget as its client sees it: never a draft. Amounts are decimals with two digits after the point: `1250.50`. */
export interface PortalBudget {
  readonly id: string;
  readonly name: string;
  /** What it is of; null of a budget that is of the company as a whole. */
  readonly resourceType: 'project' | 'deal' | null;
  readonly resourceId: string | null;
  readonly resourceName: string | null;
  readonly companyId: ClientId;
  readonly companyName: string;
  readonly ownerId: UserId | null;
  readonly ownerName: string | null;
  readonly poNumber: string | null;
  /** ISO 4217. */
  readonly currency: string;
  readonly status: 'pending_approval' | 'approved' | 'active' | 'completed';
  readonly totalAmount: string;
  readonly lineItemCount: number;
  /** The sum of the line items. */
  readonly spentAmount: string;
  readonly loggedHours: number;
  readonly approvedAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** A part of a budget: so much, at such a price. */
export interface PortalBudgetLine {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly serviceTypeName: string | null;
  /** Null also when the task is private. */
  readonly taskId: string | null;
  readonly taskTitle: string | null;
  readonly quantity: number;
  readonly unitPrice: string;
  readonly amount: string;
  readonly loggedHours: number;
  /** What was invoiced of it, on invoices that are neither drafts nor voided. */
  readonly invoicedAmount: string;
  readonly position: number;
  readonly createdAt: Date;
}

/** A budget with its parts, by position. */
export interface PortalBudgetDetails {
  readonly budget: PortalBudget;
  readonly lines: readonly PortalBudgetLine[];
}
