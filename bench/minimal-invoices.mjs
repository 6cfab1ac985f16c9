const CONDITIONS = `i.firm_id = 1 and i.client_id = $1 and i.status = any ($2)`;
const FIRM_WIDE = `i.firm_id = 1 and i.status = any ($1)`;

const list = (name, conditions, first) => ({
  name,
  text: `select i.*, c.name as client_name, concat_ws(' ', k.first_name, k.last_name) as contact_name, b.name as budget_name,
      (i.due_date < current_date and i.amount_due > 0 and i.status in ('submitted', 'authorised')) as is_overdue,
      i.issued_date::text as issued_on, i.due_date::text as due_on,
      (select count(*) from invoices i where ${conditions}) as total
    from invoices i join clients c on c.id = i.client_id
      left join contacts k on k.id = i.contact_id left join budgets b on b.id = i.budget_id
    where ${conditions} order by i.due_date desc, i.id desc limit $${first} offset $${first + 1}`,
});
const OF_CLIENT = list('invoices-of-client', CONDITIONS, 3);
const OF_FIRM = list('invoices-of-firm', FIRM_WIDE, 2);

const instant = (date) => (date === null ? null : `${date.toISOString().slice(0, 19)}Z`);

/** A row as the object that Portico makes of it. */
function invoice(row) {
  return {
    id: row.id,
    externalId: row.external_id,
    clientId: Number(row.client_id),
    invoiceNumber: row.invoice_number,
    budgetId: row.budget_id,
    contactId: row.contact_id === null ? null : Number(row.contact_id),
    status: row.status,
    currency: row.currency,
    issuedDate: row.issued_on,
    dueDate: row.due_on,
    poNumber: row.po_number,
    notes: row.notes,
    sentAt: instant(row.sent_at),
    paidAt: instant(row.paid_at),
    clientName: row.client_name,
    contactName: row.contact_id === null ? null : row.contact_name,
    budgetName: row.budget_name,
    subtotal: Number(row.subtotal),
    taxAmount: Number(row.tax_amount),
    totalAmount: Number(row.total_amount),
    amountPaid: Number(row.amount_paid),
    amountDue: Number(row.amount_due),
    isOverdue: row.is_overdue,
    createdAt: instant(row.created_at),
    updatedAt: instant(row.updated_at),
  };
}

/** What the minimal server does: answers the list of invoices with a query that was written for it alone. */
export async function listInvoices(pool, response, url) {
  const { searchParams: query } = url;
  const client = query.get('filter[clientId]');
  const page = [Number(query.get('limit')), Number(query.get('offset') ?? 0)];
  const statuses = query.get('filter[status]').split(',');
  const asked =
    client === null
      ? { ...OF_FIRM, values: [statuses, ...page] }
      : { ...OF_CLIENT, values: [client, statuses, ...page] };
  const { rows } = await pool.query(asked);
  const json = Buffer.from(JSON.stringify(rows.map(invoice)));
  response.writeHead(200, {
    'Content-Type': 'application/json',
    'Content-Length': json.length,
    'X-Total-Count': rows[0]?.total ?? 0,
  });
  response.end(json);
}
