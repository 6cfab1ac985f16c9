import { among, CURRENCY, slug, table, upTo } from './table.js';

const DEALS = table('deals', {
  client: 'own',
  columns: `
  ${upTo('name', 200)} not null,
  description text,
  ${among('status', ['open', 'won', 'lost'])} not null,
  amount numeric(14, 2) check (amount >= 0),
  ${CURRENCY},
  owner_id bigint,
  expected_close_date date`,
  references: { owner_id: 'users' },
  listed: ['name', 'amount', 'expected_close_date', 'status'],
});

/** The sums are kept by triggers (`sums.sql.ts`). A generated column for each kind of resource is what foreign keys hold. */
const BUDGETS = table('budgets', {
  client: 'own',
  columns: `
  ${upTo('name', 200)} not null,
  ${among('resource_type', ['project', 'deal'])},
  resource_id uuid,
  project_id uuid generated always as (case when resource_type = 'project' then resource_id end) stored,
  deal_id uuid generated always as (case when resource_type = 'deal' then resource_id end) stored,
  owner_id bigint,
  ${upTo('po_number', 60)},
  ${CURRENCY},
  ${among('status', ['draft', 'pending_approval', 'approved', 'active', 'completed'])} not null,
  agreed_amount numeric(14, 2) check (agreed_amount >= 0),
  spent_amount numeric not null default 0.00,
  total_amount numeric generated always as (coalesce(agreed_amount, spent_amount)) stored,
  line_item_count integer not null default 0,
  logged_hours numeric not null default 0,
  notes text,
  approved_at timestamptz(3),
  approved_by_portal_user_id bigint,
  constraint budgets_resource check ((resource_type is null) = (resource_id is null))`,
  references: { owner_id: 'users', approved_by_portal_user_id: 'contacts' },
  ofSameClient: { project_id: 'projects', deal_id: 'deals' },
  listed: ['name', 'total_amount', 'spent_amount', 'status', 'resource_type', 'resource_id'],
});

const BUDGET_LINE_ITEMS = table('budget_line_items', {
  client: 'ofOwner',
  columns: `
  budget_id uuid not null,
  ${upTo('name', 200)} not null,
  description text,
  ${upTo('service_type_name', 120)},
  task_id uuid,
  quantity numeric(15, 4) not null check (quantity >= 0),
  unit_price numeric(14, 2) not null,
  amount numeric generated always as (round(quantity * unit_price, 2)) stored,
  logged_hours numeric(15, 2) not null check (logged_hours >= 0),
  position integer not null`,
  owner: ['budget_id', 'budgets'],
  ofSameClient: { task_id: 'tasks' },
});

const INVOICES = table('invoices', {
  client: 'own',
  columns: `
  ${upTo('invoice_number', 60)} not null,
  budget_id uuid,
  contact_id bigint,
  ${among('status', ['draft', 'submitted', 'authorised', 'paid', 'voided'])} not null,
  ${CURRENCY},
  issued_date date not null,
  due_date date,
  ${upTo('po_number', 60)},
  notes text,
  sent_at timestamptz(3),
  paid_at timestamptz(3),
  subtotal numeric not null default 0.00,
  tax_amount numeric not null default 0.00,
  amount_paid numeric not null default 0.00,
  total_amount numeric generated always as (subtotal + tax_amount) stored,
  amount_due numeric generated always as (subtotal + tax_amount - amount_paid) stored`,
  references: { contact_id: 'contacts' },
  ofSameClient: { budget_id: 'budgets' },
  listed: ['invoice_number', 'issued_date', 'due_date', 'total_amount', 'amount_due', 'status'],
});

const INVOICE_LINE_ITEMS = table('invoice_line_items', {
  client: 'ofOwner',
  columns: `
  invoice_id uuid not null,
  description text not null,
  ${upTo('service_type_name', 120)},
  budget_line_item_id uuid,
  quantity numeric(15, 4) not null check (quantity >= 0),
  unit_price numeric(14, 2) not null,
  tax_rate numeric(15, 4) not null check (tax_rate >= 0),
  amount numeric generated always as (round(quantity * unit_price, 2)) stored,
  tax_amount numeric generated always as (round(round(quantity * unit_price, 2) * tax_rate / 100, 2)) stored,
  position integer not null`,
  owner: ['invoice_id', 'invoices'],
  ofSameClient: { budget_line_item_id: 'budget_line_items' },
});

const INVOICE_PAYMENTS = table('invoice_payments', {
  client: 'ofOwner',
  columns: `
  invoice_id uuid not null,
  amount numeric(14, 2) not null,
  paid_on date not null,
  ${upTo('payment_method', 60)},
  ${upTo('reference', 120)},
  ${upTo('note', 1000)}`,
  owner: ['invoice_id', 'invoices'],
});

const CONTRACTS = table('contracts', {
  client: 'optional',
  columns: `
  ${upTo('title', 200)} not null,
  ${slug('contract_type')} not null,
  ${among('status', ['draft', 'pending', 'completed', 'declined', 'voided'])} not null,
  sent_at timestamptz(3),
  completed_at timestamptz(3),
  expires_at timestamptz(3),
  document_url text`,
  listed: ['title', 'expires_at', 'status'],
});

const CONTRACT_SIGNERS = table('contract_signers', {
  client: 'ofOwner',
  columns: `
  contract_id uuid not null,
  ${upTo('name', 160)} not null,
  ${upTo('email', 254)} not null,
  ${upTo('role_label', 60)},
  ${among('status', ['pending', 'viewed', 'signed', 'declined'])} not null,
  sign_order integer not null,
  viewed_at timestamptz(3),
  signed_at timestamptz(3)`,
  owner: ['contract_id', 'contracts'],
  listed: ['status', 'email'],
});

/** The portal finds the contracts of a client by the addresses of its contacts. */
const SIGNERS_BY_ADDRESS = `
create index contract_signers_by_address on contract_signers (firm_id, lower(email));
`;

/** Deals, budgets, invoices, contracts. */
export const FINANCE_TABLES = [
  ...[DEALS, BUDGETS, BUDGET_LINE_ITEMS, INVOICES, INVOICE_LINE_ITEMS, INVOICE_PAYMENTS],
  ...[CONTRACTS, CONTRACT_SIGNERS, SIGNERS_BY_ADDRESS],
];
