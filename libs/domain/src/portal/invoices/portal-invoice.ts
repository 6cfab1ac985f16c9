import type { ClientId, ContactId } from '../../kernel/index.js';

/**
 * An invoice as its client sees it: never a draft. Amounts are decimals with two digits after the point, such as
 * `1250.50`; days are `YYYY-MM-DD`.
 */
export interface PortalInvoice {
  readonly id: string;
  readonly invoiceNumber: string;
  readonly companyId: ClientId;
  readonly companyName: string;
  readonly contactId: ContactId | null;
  readonly contactName: string | null;
  /** Null also when the budget is a draft. */
  readonly budgetId: string | null;
  readonly budgetName: string | null;
  readonly status: 'submitted' | 'authorised' | 'paid' | 'voided';
  /** ISO 4217. */
  readonly currency: string;
  readonly subtotal: string;
  readonly taxAmount: string;
  readonly totalAmount: string;
  readonly amountPaid: string;
  readonly amountDue: string;
  readonly issuedDate: string;
  readonly dueDate: string | null;
  readonly isOverdue: boolean;
  readonly sentAt: Date | null;
  readonly paidAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface PortalInvoiceLine {
  readonly id: string;
  readonly description: string;
  readonly serviceTypeName: string | null;
  readonly quantity: number;
  readonly unitPrice: string;
  /** In percent. */
  readonly taxRate: number;
  readonly taxAmount: string;
  readonly amount: string;
  readonly position: number;
}

export interface PortalInvoicePayment {
  readonly id: string;
  readonly amount: string;
  readonly paidOn: string;
  readonly paymentMethod: string | null;
  readonly reference: string | null;
  readonly note: string | null;
  readonly createdAt: Date;
}

/** An invoice with its lines, by position, and what was paid of it, the oldest payment first. */
export interface PortalInvoiceDetails {
  readonly invoice: PortalInvoice;
  readonly poNumber: string | null;
  readonly notes: string | null;
  readonly lines: readonly PortalInvoiceLine[];
  readonly payments: readonly PortalInvoicePayment[];
}
