import { Migration } from '@mikro-orm/migrations';

/** What clients bring: requests, of which is kept when staff answered them, and documents that they send. */
export class M0013FromClients extends Migration {
  override up(): void {
    for (const sql of [REQUESTS, SERVICE_TIMES, PUBLISHED_BY]) this.addSql(sql);
  }
}

/** A request stays when the contact who asked is deleted. Rows that are there are right as they are. */
const REQUESTS = `
create index tasks_requested on tasks (firm_id, client_id, id) where source = 'portal_request';
alter table tasks
  drop constraint tasks_created_by_portal_user_id_ref,
  add constraint tasks_created_by_portal_user_id_ref foreign key (firm_id, created_by_portal_user_id)
    references contacts (firm_id, id) on delete set null (created_by_portal_user_id) not valid;
`;

/**
 * A request is answered when staff first change where it stands, and resolved when that is at an end; when it goes on
 * after that, it is not resolved any more. The words are those of the portal's stages of a task.
 */
const SERVICE_TIMES = `
create function keep_service_times() returns trigger language plpgsql as $$
begin
  update task_slas set
    responded_at = coalesce(responded_at, new.updated_at),
    resolved_at = case
      when lower(new.status_value) in ('completed', 'done', 'closed', 'resolved', 'cancelled', 'canceled')
      then coalesce(resolved_at, new.updated_at) end
  where firm_id = new.firm_id and task_id = new.id;
  return null;
end $$;
create trigger keep_service_times after update of status_value on tasks for each row
  when (new.source = 'portal_request' and new.status_value <> old.status_value)
  execute function keep_service_times();
`;

/** What a contact sends is published to them: by themselves. */
const PUBLISHED_BY = `
alter table publish_calls
  alter column user_id drop not null,
  add column contact_id bigint,
  add constraint publish_calls_by check (num_nonnulls(user_id, contact_id) = 1) not valid,
  add constraint publish_calls_contact foreign key (firm_id, contact_id) references contacts (firm_id, id) not valid;
create index publish_calls_of_contact on publish_calls (contact_id) where contact_id is not null;
`;
