import { Migration } from '@mikro-orm/migrations';

/** What people are told in the portal and by mail, and how they want it. */
export class M0012Notifications extends Migration {
  override up(): void {
    for (const sql of [IDS, DELIVERIES, NOTIFICATIONS, BURSTS, PREFERENCES]) this.addSql(sql);
  }
}

/** A UUID v7 (RFC 9562) of that instant; of one instant they are in the order of `place`, which counts to 4095. */
const IDS = `
create function uuid_v7(at timestamptz, place integer) returns uuid language sql volatile as $$
  select (lpad(to_hex(floor(extract(epoch from at) * 1000)::bigint), 12, '0')
    || '7' || lpad(to_hex(place & 4095), 3, '0')
    || right(replace(gen_random_uuid()::text, '-', ''), 16))::uuid
$$;
`;

/**
 * A mail is of a call that publishes, or of what else happened; the latter goes to contacts and users. A contact to whom
 * files were published stays because of the publications; other mails go with their contact. Rows that are there are
 * right as they are.
 */
const DELIVERIES = `
alter table deliveries
  alter column call_id drop not null,
  alter column contact_id drop not null,
  add column user_id bigint,
  add constraint deliveries_addressee check (
    num_nonnulls(contact_id, user_id) = 1 and (call_id is null or contact_id is not null)) not valid,
  drop constraint deliveries_contact,
  add constraint deliveries_contact foreign key (firm_id, contact_id) references contacts (firm_id, id)
    on delete cascade not valid,
  add constraint deliveries_user foreign key (firm_id, user_id) references users (firm_id, id) not valid;
create index deliveries_of_user on deliveries (user_id) where user_id is not null;
`;

/** Who is told, as one value for the indexes. */
const RECIPIENT = `recipient text not null generated always as (
    case when contact_id is null then 'user:' || user_id else 'contact:' || contact_id end) stored`;
const ONE_OF_BOTH = 'check (num_nonnulls(contact_id, user_id) = 1)';
const TO_CONTACT = 'foreign key (firm_id, contact_id) references contacts (firm_id, id) on delete cascade';
const TO_USER = 'foreign key (firm_id, user_id) references users (firm_id, id)';

/**
 * One row for each person who is told. What it says is written when it is read, out of the type and \`names\`. The client
 * of a contact's row is that of the contact at the time: who goes over to another client does not take it along.
 */
const NOTIFICATIONS = `
create table notifications (
  id uuid primary key,
  firm_id bigint not null,
  contact_id bigint,
  user_id bigint,
  ${RECIPIENT},
  client_id bigint,
  type text not null,
  resource_type text,
  resource_id text,
  names jsonb not null check (jsonb_typeof(names) = 'object'),
  by_user_id bigint,
  by_contact_id bigint,
  is_in_app boolean not null,
  mail text not null check (mail in ('none', 'waiting', 'mailed', 'dropped')),
  delivery_id uuid,
  read_at timestamptz(3),
  archived_at timestamptz(3),
  created_at timestamptz(3) not null,
  constraint notifications_recipient ${ONE_OF_BOTH},
  constraint notifications_resource check ((resource_type is null) = (resource_id is null)),
  constraint notifications_mailed check ((mail = 'mailed') = (delivery_id is not null)),
  constraint notifications_contact ${TO_CONTACT},
  constraint notifications_user ${TO_USER},
  constraint notifications_delivery foreign key (firm_id, delivery_id) references deliveries (firm_id, id)
    on delete cascade
);
create index notifications_inbox on notifications (recipient, created_at, id) where is_in_app and archived_at is null;
create index notifications_unread on notifications (recipient, created_at, id)
  where is_in_app and archived_at is null and read_at is null;
create index notifications_archived on notifications (recipient, created_at, id)
  where is_in_app and archived_at is not null;
create index notifications_waiting on notifications (recipient, type) where mail = 'waiting';
create index notifications_of_contact on notifications (contact_id) where contact_id is not null;
create index notifications_of_delivery on notifications (delivery_id) where delivery_id is not null;
`;

/** What waits to be told by one mail: of one type to one person. Each further one puts the mail off, up to a limit. */
const BURSTS = `
create table notification_bursts (
  id bigint generated always as identity primary key,
  firm_id bigint not null,
  contact_id bigint,
  user_id bigint,
  ${RECIPIENT},
  type text not null,
  first_at timestamptz(3) not null,
  due_at timestamptz(3) not null,
  constraint notification_bursts_recipient ${ONE_OF_BOTH},
  constraint notification_bursts_one_each unique (recipient, type),
  constraint notification_bursts_contact ${TO_CONTACT},
  constraint notification_bursts_user ${TO_USER}
);
create index notification_bursts_due on notification_bursts (due_at, firm_id);
create index notification_bursts_of_firm on notification_bursts (firm_id, due_at, id);
create index notification_bursts_of_contact on notification_bursts (contact_id) where contact_id is not null;
`;

/** What a contact has chosen; of everything else the defaults of the types hold. */
const PREFERENCES = `
create table notification_preferences (
  firm_id bigint not null,
  contact_id bigint not null,
  type text not null,
  channel_in_app boolean not null,
  channel_email boolean not null,
  changed_at timestamptz(3) not null,
  primary key (contact_id, type),
  constraint notification_preferences_contact ${TO_CONTACT}
);
`;
