import { type ClientId, type Clock, type FirmId, isUuid, dayIn } from '@portico/domain/kernel';
import {
  isOverdue,
  type ListWindow,
  type PortalInvoice,
  type PortalInvoiceDetails,
  type PortalInvoiceLine,
  type PortalInvoicePayment,
  PortalInvoiceQueries,
} from '@portico/domain/portal';
import type { Database } from '../../platform/database/database.js';
import { statement } from '../../platform/database/statement.js';

/** The invoice as the database knows it, and the company's time zone, which decides what is overdue. */
type Row = Omit<PortalInvoice, 'isOverdue'> & { readonly timeZone: string };
/** Instants are text in JSON. */
type PaymentRow = Omit<PortalInvoicePayment, 'createdAt'> & { readonly createdAt: string };
type DetailsRow = Row & {
  readonly poNumber: string | null;
  readonly notes: string | null;
  readonly lines: readonly PortalInvoiceLine[];
  readonly payments: readonly PaymentRow[];
};

const day = (column: string): string => `to_char(${column}, 'YYYY-MM-DD')`;

/** A draft is not named. */
const ITS_BUDGET = `b.firm_id = i.firm_id and b.id = i.budget_id and b.status <> 'draft'`;

/** Of an invoice `i`. */
const INVOICE = `i.id, i.invoice_number as "invoiceNumber", i.client_id::text as "companyId",
  (select c.name from clients c where c.firm_id = i.firm_id and c.id = i.client_id) as "companyName",
  (select c.time_zone from clients c where c.firm_id = i.firm_id and c.id = i.client_id) as "timeZone",
  i.contact_id::text as "contactId",
  (select concat_ws(' ', k.first_name, k.last_name) from contacts k
    where k.firm_id = i.firm_id and k.id = i.contact_id) as "contactName",
  (select b.id from budgets b where ${ITS_BUDGET}) as "budgetId",
  (select b.name from budgets b where ${ITS_BUDGET}) as "budgetName",
  i.status, i.currency, i.subtotal::text as subtotal, i.tax_amount::text as "taxAmount",
  i.total_amount::text as "totalAmount", i.amount_paid::text as "amountPaid", i.amount_due::text as "amountDue",
  ${day('i.issued_date')} as "issuedDate", ${day('i.due_date')} as "dueDate", i.sent_at as "sentAt",
  i.paid_at as "paidAt", i.created_at as "createdAt", i.updated_at as "updatedAt"`;

/** The invoices `i` that companies see; the values are the firm and the companies. */
const SHOWN = `invoices i where i.firm_id = $1 and i.client_id = any ($2::bigint[]) and i.status <> 'draft'`;

const LINES = `(select coalesce(json_agg(row_to_json(one)), '[]') from (
    select l.id, l.description, l.service_type_name as "serviceTypeName", l.quantity::float8 as quantity,
      l.unit_price::text as "unitPrice", l.tax_rate::float8 as "taxRate", l.tax_amount::text as "taxAmount",
      l.amount::text as amount, l.position
    from invoice_line_items l where l.firm_id = i.firm_id and l.invoice_id = i.id
    order by l.position, l.created_at, l.id) one)`;

const PAYMENTS = `(select coalesce(json_agg(row_to_json(one)), '[]') from (
    select y.id, y.amount::text as amount, ${day('y.paid_on')} as "paidOn", y.payment_method as "paymentMethod",
      y.reference, y.note, y.created_at as "createdAt"
    from invoice_payments y where y.firm_id = i.firm_id and y.invoice_id = i.id order by y.paid_on, y.id) one)`;

/** The names are looked up for the rows of the part alone, one by one. */
const LIST = statement(`select ${INVOICE} from (
    select i.* from ${SHOWN} order by i.issued_date desc, i.id desc limit $3::bigint offset $4::bigint) i
  order by i.issued_date desc, i.id desc`);
const FIND = statement(`select ${INVOICE}, i.po_number as "poNumber", i.notes, ${LINES} as lines,
  ${PAYMENTS} as payments from ${SHOWN} and i.id = $3::uuid`);

export class SqlPortalInvoiceQueries extends PortalInvoiceQueries {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {
    super();
  }

  async list(firmId: FirmId, companyIds: readonly ClientId[], window: ListWindow): Promise<PortalInvoice[]> {
    const rows = await this.database.list<Row>(LIST, [firmId, companyIds, window.limit, window.offset]);
    const today = this.days();
    return rows.map((row) => invoiceOf(row, today));
  }

  async find(firmId: FirmId, companyIds: readonly ClientId[], id: string): Promise<PortalInvoiceDetails | null> {
    if (!isUuid(id)) return null;
    const [row] = await this.database.query<DetailsRow>(FIND, [firmId, companyIds, id]);
    if (!row) return null;
    const { poNumber, notes, lines, payments, ...invoice } = row;
    return {
      invoice: invoiceOf(invoice, this.days()),
      poNumber,
      notes,
      lines,
      payments: payments.map((payment) => ({ ...payment, createdAt: new Date(payment.createdAt) })),
    };
  }

  /** Answers the day that it is in a time zone, found once for each. */
  private days(): (timeZone: string) => string {
    const now = this.clock.now();
    const known = new Map<string, string>();
    return (timeZone) => {
      const today = known.get(timeZone) ?? dayIn(timeZone, now);
      known.set(timeZone, today);
      return today;
    };
  }
}

function invoiceOf({ timeZone, ...row }: Row, today: (timeZone: string) => string): PortalInvoice {
  return { ...row, isOverdue: isOverdue(row, today(timeZone)) };
}
