import type {
  PortalInvoice,
  PortalInvoiceDetails,
  PortalInvoiceLine,
  PortalInvoicePayment,
} from '@portico/domain/portal';
import { instant, instantOrNull } from '../../platform/http/json-api.js';
import { money } from '../../platform/http/money.js';
import type {
  PortalInvoiceDocument,
  PortalInvoiceDto,
  PortalInvoiceLineDto,
  PortalInvoiceList,
  PortalInvoicePaymentDto,
} from './portal-invoice.dto.js';

/** Invoices as the Portal API shows them. */
export class PortalInvoicePresenter {
  list(invoices: readonly PortalInvoice[]): PortalInvoiceList {
    return { invoices: invoices.map((invoice) => this.invoice(invoice)) };
  }

  document({ invoice, notes, poNumber, lines, payments }: PortalInvoiceDetails): PortalInvoiceDocument {
    return {
      invoice: { ...this.invoice(invoice), notes, po_number: poNumber },
      lineItems: lines.map((line) => this.line(invoice, line)),
      payments: payments.map((payment) => this.payment(invoice, payment)),
    };
  }

  private invoice(invoice: PortalInvoice): PortalInvoiceDto {
    return {
      id: invoice.id,
      invoice_number: invoice.invoiceNumber,
      company_id: invoice.companyId,
      company_name: invoice.companyName,
      contact_id: invoice.contactId,
      contact_name: invoice.contactName,
      budget_id: invoice.budgetId,
      budget_name: invoice.budgetName,
      status: invoice.status,
      currency: invoice.currency,
      subtotal: money(invoice.subtotal),
      tax_amount: money(invoice.taxAmount),
      total_amount: money(invoice.totalAmount),
      amount_paid: money(invoice.amountPaid),
      amount_due: money(invoice.amountDue),
      issued_date: invoice.issuedDate,
      due_date: invoice.dueDate,
      is_overdue: invoice.isOverdue,
      sent_at: instantOrNull(invoice.sentAt),
      paid_at: instantOrNull(invoice.paidAt),
      created_at: instant(invoice.createdAt),
      updated_at: instant(invoice.updatedAt),
    };
  }

  private line({ id }: PortalInvoice, line: PortalInvoiceLine): PortalInvoiceLineDto {
    return {
      id: line.id,
      invoice_id: id,
      description: line.description,
      service_type_id: null,
      service_type_name: line.serviceTypeName,
      quantity: line.quantity,
      unit_price: money(line.unitPrice),
      tax_rate: line.taxRate,
      tax_amount: money(line.taxAmount),
      amount: money(line.amount),
      position: line.position,
    };
  }

  private payment({ id, currency }: PortalInvoice, payment: PortalInvoicePayment): PortalInvoicePaymentDto {
    return {
      id: payment.id,
      invoice_id: id,
      amount: money(payment.amount),
      currency,
      paid_on: payment.paidOn,
      payment_method: payment.paymentMethod,
      reference: payment.reference,
      note: payment.note,
      created_at: instant(payment.createdAt),
    };
  }
}
