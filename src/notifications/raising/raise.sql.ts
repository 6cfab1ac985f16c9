/**
 * Writes what people are told, and what waits to be mailed, in one statement whatever their number. The values: the
 * notifications as JSON, the firm, now, when mails are due, for how long one may be put off. What the firm says of a type
 * comes before what is built in, and what a person chose before both (`settingsOf`, `channelsOf`). Rows are written in
 * the order of the recipients, so that calls that tell the same people wait for one another.
 */
export const RAISE = `
  with asked as materialized (
    select g.* from jsonb_to_recordset(?::jsonb) as g (n integer, type text, audience text, ids bigint[],
      client_id bigint, resource_type text, resource_id text, names jsonb, by_user_id bigint, by_contact_id bigint,
      in_app boolean, is_critical boolean, is_mailed boolean)),
  here as materialized (select ?::bigint as firm_id, ?::timestamptz as now, ?::timestamptz as due, ?::interval as most),
  given as materialized (
    select g.*, g.is_critical or coalesce(t.default_in_app, g.in_app) as default_in_app
    from asked g left join notification_types t on t.firm_id = (select firm_id from here) and t.type = g.type
    where g.audience = 'users' or coalesce(t.supports_portal, true)),
  told as (
    select g.n, c.id as contact_id, null::bigint as user_id, c.client_id
    from here, given g cross join lateral unnest(g.ids) as i (id) join contacts c on c.client_id = i.id
    where g.audience = 'clients' and c.firm_id = here.firm_id and c.portal_access in ('invited', 'active')
    union all
    select g.n, c.id, null, c.client_id
    from here, given g cross join lateral unnest(g.ids) as i (id) join contacts c on c.id = i.id
    where g.audience = 'contacts' and c.firm_id = here.firm_id and c.portal_access in ('invited', 'active')
    union all
    select g.n, c.id, null, c.client_id from here, given g, contacts c
    where g.audience = 'firm' and c.firm_id = here.firm_id and c.portal_access in ('invited', 'active')
    union all
    select g.n, null, u.id, g.client_id
    from here, given g cross join lateral unnest(g.ids) as i (id) join users u on u.id = i.id
    where g.audience = 'users' and u.firm_id = here.firm_id),
  added as (
    insert into notifications (id, firm_id, contact_id, user_id, client_id, type, resource_type, resource_id, names,
      by_user_id, by_contact_id, is_in_app, mail, created_at)
    select uuid_v7(here.now, g.n), here.firm_id, told.contact_id, told.user_id, told.client_id, g.type,
      g.resource_type, g.resource_id, g.names, g.by_user_id, g.by_contact_id,
      g.is_critical or coalesce(p.channel_in_app, g.default_in_app), case when g.is_mailed then 'waiting' else 'none' end,
      here.now
    from here, told join given g on g.n = told.n
      left join notification_preferences p on p.contact_id = told.contact_id and p.type = g.type
    where told.contact_id is distinct from g.by_contact_id or told.user_id is distinct from g.by_user_id
    order by told.contact_id, told.user_id, g.n
    returning firm_id, contact_id, user_id, type, mail),
  put_off as (
    insert into notification_bursts as b (firm_id, contact_id, user_id, type, first_at, due_at)
    select distinct on (added.contact_id, added.user_id, added.type) added.firm_id, added.contact_id, added.user_id,
      added.type, here.now, here.due
    from here, added where added.mail = 'waiting'
    order by added.contact_id, added.user_id, added.type
    on conflict on constraint notification_bursts_one_each
      do update set due_at = greatest(b.due_at, least(excluded.due_at, b.first_at + (select most from here)))
    returning 1)
  select count(*)::integer as waiting from put_off`;
