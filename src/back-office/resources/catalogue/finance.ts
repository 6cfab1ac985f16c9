import {
  currency,
  day,
  decimal,
  instant,
  longText,
  money,
  ofSameClient,
  oneOf,
  position,
  reference,
  target,
  text,
} from '../declaration/field.js';
import type { Reaching } from '../declaration/reaching.js';
import { defineResource } from '../declaration/resource.js';
import { becomes, type Telling } from '../declaration/telling.js';
import { clientName, kept, nameOf, userName } from './derived.js';

const DEALS = defineResource({
  name: 'deals',
  singular: 'deal',
  description: 'Business that may come about with a client.',
  client: 'own',
  fields: {
    name: text(200, { required: true, example: 'Support for 2027' }),
    description: longText({ example: 'Two days in a month' }),
    status: oneOf(['open', 'won', 'lost'], { default: 'open' }),
    amount: money({}, 0),
    currency: currency({ filled: true }),
    ownerId: reference('users', { description: 'The user who answers for it' }),
    expectedCloseDate: day({ example: '2026-11-30' }),
  },
  derived: { clientName: clientName(), ownerName: userName('owner_id', 'the owner') },
  sorts: ['name', 'amount', 'expectedCloseDate'],
  filters: ['status'],
});

const BUDGETS = defineResource({
  name: 'budgets',
  singular: 'budget',
  description: 'The money of a project or deal.',
  client: 'own',
  fields: {
    name: text(200, { required: true, example: 'Second phase of the relaunch' }),
    resourceType: oneOf(['project', 'deal'], { description: 'Whether it is of a project or of a deal' }),
    resourceId: target('resourceType', { project: 'projects', deal: 'deals' }),
    ownerId: reference('users', { description: 'The user who answers for it' }),
    poNumber: text(60, { example: 'PO-2026-17', description: "The client's purchase order" }),
    currency: currency({ filled: true }),
    status: oneOf(['draft', 'pending_approval', 'approved', 'active', 'completed'], { default: 'draft' }),
    totalAmount: money(
      {
        column: 'agreed_amount',
        shown: 't.total_amount',
        description: 'What was agreed; without it, or with null, the sum of the line items',
      },
      0,
    ),
    notes: longText({ example: 'To be spent by June' }),
    approvedAt: instant({ example: '2026-03-05T09:30:00Z' }),
  },
  derived: {
    clientName: clientName(),
    ownerName: userName('owner_id', 'the owner'),
    resourceName: {
      kind: 'text',
      sql: `coalesce((select p.name from projects p where p.id = t.project_id),
        (select d.name from deals d where d.id = t.deal_id))`,
      description: 'The name of the project or deal',
      nullable: true,
      example: 'Relaunch of the web shop',
    },
    spentAmount: kept('spent_amount', 'The sum of the line items'),
    lineItemCount: kept('line_item_count', 'How many line items it has', 'integer'),
    loggedHours: { kind: 'number', sql: 't.logged_hours', description: 'Hours worked on it', example: 12.5 },
  },
  children: { lineItems: 'budget-line-items' },
  sorts: ['name', 'totalAmount', 'spentAmount'],
  filters: ['status', 'resourceType'],
  tells: {
    type: 'budget_to_approve',
    when: becomes('status', 'pending_approval'),
    to: 'client',
    names: (row) => ({ name: row['name'] }),
  },
});

const QUANTITY = decimal(4, { default: 1, example: 2 });

const BUDGET_LINE_ITEMS = defineResource({
  name: 'budget-line-items',
  singular: 'budget line item',
  description: 'A part of a budget: so much, at such a price.',
  client: 'ofOwner',
  owner: 'budgetId',
  fields: {
    budgetId: ofSameClient('budgets', { required: true }),
    name: text(200, { required: true, example: 'Design' }),
    description: longText({ example: 'Basket and payment' }),
    serviceTypeName: text(120, { example: 'Design' }),
    taskId: ofSameClient('tasks'),
    quantity: QUANTITY,
    unitPrice: money({ default: 0 }),
    loggedHours: decimal(2, { default: 0, example: 12.5 }),
    position: position(),
  },
  derived: {
    amount: kept('amount', 'Quantity times unit price, rounded half up'),
    taskTitle: nameOf('tasks', 'task_id', 'title', 'Draw the new basket'),
    invoicedAmount: {
      kind: 'money',
      sql: `(select coalesce(sum(l.amount), 0.00) from invoice_line_items l join invoices i on i.id = l.invoice_id
        where l.budget_line_item_id = t.id and i.status <> 'voided')`,
      description: 'What was invoiced of it, on invoices that are not voided',
      example: 0,
    },
  },
  order: 't.position, t.id',
});

const ISSUED: readonly unknown[] = ['submitted', 'authorised'];

/** It was a draft, or is new; one that is paid already when it comes in is history. */
const isIssued: Telling['when'] = (before, after) =>
  ISSUED.includes(after['status']) && (before === null || before['status'] === 'draft');

/** Whatever became of it since: the client has an invoice. */
const OUT: readonly unknown[] = [...ISSUED, 'paid'];
const isFirstIssued: Reaching['when'] = (before, after) =>
  OUT.includes(after['status']) && !OUT.includes(before?.['status']);

const INVOICES = defineResource({
  name: 'invoices',
  singular: 'invoice',
  description: 'What a client owes. Sums follow from the line items and the payments.',
  client: 'own',
  fields: {
    invoiceNumber: text(60, { filled: true, example: 'INV-2026-0117', description: 'Made when it is left out' }),
    budgetId: ofSameClient('budgets'),
    contactId: ofSameClient('contacts', { description: 'The contact of the client to whom it goes' }),
    status: oneOf(['draft', 'submitted', 'authorised', 'paid', 'voided'], { default: 'draft' }),
    currency: currency({ filled: true }),
    issuedDate: day({ default: { from: 'today' }, example: '2026-03-01' }),
    dueDate: day({ example: '2026-03-31' }),
    poNumber: text(60, { example: 'PO-2026-17' }),
    notes: longText({ example: 'Thank you' }),
    sentAt: instant({ example: '2026-03-01T12:00:00Z' }),
    paidAt: instant({ example: '2026-03-20T12:00:00Z' }),
  },
  derived: {
    clientName: clientName(),
    contactName: {
      kind: 'text',
      sql: `(select concat_ws(' ', c.first_name, c.last_name) from contacts c where c.id = t.contact_id)`,
      description: 'The name of the contact',
      nullable: true,
      example: 'Adam Smith',
    },
    budgetName: nameOf('budgets', 'budget_id', 'name', 'Second phase of the relaunch'),
    subtotal: kept('subtotal', 'The sum of the amounts of the line items'),
    taxAmount: kept('tax_amount', 'The sum of their taxes'),
    totalAmount: kept('total_amount', 'Both together'),
    amountPaid: kept('amount_paid', 'The sum of the payments'),
    amountDue: kept('amount_due', 'What is not paid yet'),
    isOverdue: {
      kind: 'boolean',
      sql: `(coalesce(t.due_date < $today, false) and t.amount_due > 0 and t.status in ('submitted', 'authorised'))`,
      description: 'Whether it should have been paid by now',
      example: false,
    },
  },
  children: { lineItems: 'invoice-line-items', payments: 'invoice-payments' },
  sorts: ['invoiceNumber', 'issuedDate', 'dueDate', 'totalAmount', 'amountDue'],
  filters: ['status', 'invoiceNumber'],
  tells: {
    type: 'invoice_issued',
    when: isIssued,
    to: 'client',
    names: (row) => ({ number: row['invoice_number'] }),
  },
  reaches: { trigger: 'invoice_issued', when: isFirstIssued },
});

const INVOICE_LINE_ITEMS = defineResource({
  name: 'invoice-line-items',
  singular: 'invoice line item',
  description: 'A line of an invoice.',
  client: 'ofOwner',
  owner: 'invoiceId',
  fields: {
    invoiceId: ofSameClient('invoices', { required: true }),
    description: longText({ required: true, example: 'Design, February' }, 2000),
    serviceTypeName: text(120, { example: 'Design' }),
    budgetLineItemId: ofSameClient('budget_line_items', { description: 'The part of the budget that it invoices' }),
    quantity: QUANTITY,
    unitPrice: money({ default: 0 }),
    taxRate: decimal(4, { default: 0, example: 10, description: 'In percent' }),
    position: position(),
  },
  derived: {
    amount: kept('amount', 'Quantity times unit price, without tax, rounded half up'),
    taxAmount: kept('tax_amount', 'The tax on the amount, rounded half up'),
  },
  order: 't.position, t.id',
});

const INVOICE_PAYMENTS = defineResource({
  name: 'invoice-payments',
  singular: 'invoice payment',
  description: 'What was paid of an invoice, in its currency.',
  client: 'ofOwner',
  owner: 'invoiceId',
  fields: {
    invoiceId: ofSameClient('invoices', { required: true }),
    amount: money({ required: true }),
    paidOn: day({ default: { from: 'today' }, example: '2026-03-20' }),
    paymentMethod: text(60, { example: 'bank transfer' }),
    reference: text(120, { example: 'INV-2026-0117' }),
    note: text(1000, { example: 'First half' }),
  },
  derived: {
    currency: {
      kind: 'text',
      sql: '(select i.currency from invoices i where i.id = t.invoice_id)',
      description: 'The currency of the invoice',
      example: 'EUR',
    },
  },
  order: 't.paid_on, t.id',
});

/** Deals, budgets and invoices. */
export const FINANCE_RESOURCES = [
  ...[DEALS, BUDGETS, BUDGET_LINE_ITEMS],
  ...[INVOICES, INVOICE_LINE_ITEMS, INVOICE_PAYMENTS],
];
