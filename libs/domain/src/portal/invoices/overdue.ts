import type { PortalInvoice } from './portal-invoice.js';

/**
 * Whether an invoice should have been paid by now: it was due before `today`, the day that it is where the company is
 * (`YYYY-MM-DD`), is neither paid nor voided, and something of it is not paid yet. Without a day it is never due.
 */
export function isOverdue(
  { status, dueDate, amountDue }: Pick<PortalInvoice, 'dueDate' | 'amountDue'> & { readonly status: string },
  today: string,
): boolean {
  if (dueDate === null || dueDate >= today) return false;
  return (status === 'submitted' || status === 'authorised') && Number(amountDue) > 0;
}
