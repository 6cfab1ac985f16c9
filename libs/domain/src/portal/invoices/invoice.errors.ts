import { DomainError } from '../../kernel/index.js';

/** What is refused of invoices in the portal. */
export const portalInvoiceErrors = {
  notFound: () => new DomainError('not_found', 'invoice_not_found', 'There is no invoice with this id'),
};
