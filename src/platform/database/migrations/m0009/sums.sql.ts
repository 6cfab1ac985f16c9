/**
 * The sums of an owner are told anew from all of its parts. Its row is locked by a statement of its own before: what
 * others have changed meanwhile is seen by the next one, so that no sum is told from less than there is.
 */
const FUNCTIONS = `
create function sum_invoices(ids uuid[]) returns void language plpgsql as $$
begin
  perform from invoices where id = any (ids) order by id for no key update;
  update invoices i set subtotal = s.subtotal, tax_amount = s.tax_amount, amount_paid = s.amount_paid
    from (select o.id, coalesce(l.amount, 0.00) as subtotal, coalesce(l.tax_amount, 0.00) as tax_amount,
        coalesce(p.amount, 0.00) as amount_paid
      from unnest(ids) o (id)
        left join (select invoice_id, sum(amount) as amount, sum(tax_amount) as tax_amount from invoice_line_items
          where invoice_id = any (ids) group by invoice_id) l on l.invoice_id = o.id
        left join (select invoice_id, sum(amount) as amount from invoice_payments
          where invoice_id = any (ids) group by invoice_id) p on p.invoice_id = o.id) s
    where i.id = s.id and (i.subtotal, i.tax_amount, i.amount_paid) <> (s.subtotal, s.tax_amount, s.amount_paid);
end $$;

create function sum_budgets(ids uuid[]) returns void language plpgsql as $$
begin
  perform from budgets where id = any (ids) order by id for no key update;
  update budgets b set spent_amount = s.amount, line_item_count = s.items, logged_hours = s.hours
    from (select o.id, coalesce(l.amount, 0.00) as amount, coalesce(l.items, 0) as items, coalesce(l.hours, 0) as hours
      from unnest(ids) o (id)
        left join (select budget_id, sum(amount) as amount, count(*) as items, sum(logged_hours) as hours
          from budget_line_items where budget_id = any (ids) group by budget_id) l on l.budget_id = o.id) s
    where b.id = s.id and (b.spent_amount, b.line_item_count, b.logged_hours) <> (s.amount, s.items, s.hours);
end $$;
`;

/** One call for each statement, whatever the number of its rows. */
const told = (part: string, owner: string, sum: string) => `
create function tell_${part}() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    perform ${sum}(array(select distinct ${owner} from added order by 1));
  elsif tg_op = 'DELETE' then
    perform ${sum}(array(select distinct ${owner} from removed order by 1));
  else
    perform ${sum}(array(select ${owner} from added union select ${owner} from removed order by 1));
  end if;
  return null;
end $$;
create trigger tell_added after insert on ${part} referencing new table as added
  for each statement execute function tell_${part}();
create trigger tell_changed after update on ${part} referencing new table as added old table as removed
  for each statement execute function tell_${part}();
create trigger tell_removed after delete on ${part} referencing old table as removed
  for each statement execute function tell_${part}();
`;

/** What is without a currency is in that of its client. */
const CURRENCIES = `
create function fill_currency() returns trigger language plpgsql as $$
begin
  select c.currency into new.currency from clients c where c.id = new.client_id;
  return new;
end $$;
${['deals', 'budgets', 'invoices', 'campaign_days']
  .map(
    (table) => `create trigger fill_currency before insert on ${table} for each row when (new.currency is null)
  execute function fill_currency();`,
  )
  .join('\n')}
`;

/** Invoices without a number are numbered in the order in which they come, one firm at a time. */
const NUMBERS = `
create table invoice_numbers (
  firm_id bigint primary key references firms (id),
  last bigint not null check (last > 0)
);

create function fill_invoice_number() returns trigger language plpgsql as $$
begin
  insert into invoice_numbers (firm_id, last) values (new.firm_id, 1)
    on conflict (firm_id) do update set last = invoice_numbers.last + 1
    returning 'INV-' || lpad(last::text, 6, '0') into new.invoice_number;
  return new;
end $$;
create trigger fill_invoice_number before insert on invoices for each row when (new.invoice_number is null)
  execute function fill_invoice_number();
`;

/** What stands under something does not stand above it too. */
const CIRCLES = [
  ['pages', 'parent_id'],
  ['tasks', 'parent_task_id'],
  ['notes', 'parent_id'],
]
  .map(
    ([table, parent]) => `
create function refuse_circle_of_${table}() returns trigger language plpgsql as $$
begin
  if exists (
    with recursive above (id) as (
      select new.${parent}
      union
      select t.${parent} from above join ${table} t on t.id = above.id where t.${parent} is not null)
    select from above where id = new.id)
  then
    raise exception 'nothing stands under itself'
      using errcode = 'check_violation', constraint = '${table}_no_circle', table = '${table}';
  end if;
  return null;
end $$;
create trigger refuse_circle after insert or update of ${parent} on ${table} for each row
  when (new.${parent} is not null) execute function refuse_circle_of_${table}();`,
  )
  .join('\n');

/** What the database keeps by itself. */
export const SUMS = [
  FUNCTIONS,
  told('invoice_line_items', 'invoice_id', 'sum_invoices'),
  told('invoice_payments', 'invoice_id', 'sum_invoices'),
  told('budget_line_items', 'budget_id', 'sum_budgets'),
  CURRENCIES,
  NUMBERS,
  CIRCLES,
];
