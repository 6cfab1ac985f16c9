/** How a value is kept; of a list, only how many of its rows were added, changed and removed is told. */
export type PublicFieldKind = 'text' | 'number' | 'money' | 'day' | 'instant' | 'list';

/** By the name of a field in the history. */
export type PublicFields = Readonly<Record<string, PublicFieldKind>>;

const LINE: PublicFields = { description: 'text', serviceTypeName: 'text', quantity: 'number', unitPrice: 'money' };

/**
 * What clients are told of a change, by the first word of its action: fields that the portal shows of the same thing. The
 * history keeps more than that, such as a budget's notes; of what does not stand here clients are told nothing at all.
 */
export const PUBLIC_FIELDS: Readonly<Record<string, PublicFields>> = {
  project: {
    ...{ name: 'text', description: 'text', status: 'text', typeLabel: 'text', squad: 'text' },
    ...{ startDate: 'day', endDate: 'day', members: 'list', goals: 'list' },
  },
  project_member: { role: 'text' },
  project_goal: { title: 'text', description: 'text', targetDate: 'day', status: 'text' },
  project_decision: {
    ...{ title: 'text', context: 'text', status: 'text', decidedByName: 'text', decidedAt: 'instant' },
  },
  project_summary: {},
  invoice: {
    ...{ invoiceNumber: 'text', status: 'text', currency: 'text', issuedDate: 'day', dueDate: 'day' },
    ...{ poNumber: 'text', sentAt: 'instant', paidAt: 'instant', lineItems: 'list', payments: 'list' },
  },
  invoice_line_item: { ...LINE, taxRate: 'number' },
  invoice_payment: { amount: 'money', paidOn: 'day', paymentMethod: 'text', reference: 'text' },
  budget: {
    ...{ name: 'text', status: 'text', currency: 'text', poNumber: 'text', totalAmount: 'money' },
    ...{ approvedAt: 'instant', lineItems: 'list' },
  },
  budget_line_item: { ...LINE, name: 'text', loggedHours: 'number' },
};
