import { Migration } from '@mikro-orm/migrations';

/** What lists of associations, of folders, of the archive and of a period are read from. */
export class M0006Lists extends Migration {
  override up(): void {
    for (const sql of [ASSOCIATIONS, ASSOCIATION_INDEXES, FILE_INDEXES]) this.addSql(sql);
  }
}

/**
 * An association tells where its file or folder stands, and of a file whether it was archived alone. The row of the file
 * is locked while they are read, so that they can not change before the association is seen.
 */
const ASSOCIATIONS = `
drop trigger tell_folder on file_entities;
drop trigger tell_folder on file_groups;
drop function tell_folder_associations;
alter table file_entities add column parent_id bigint, add column is_archived boolean not null default false;
alter table file_groups add column parent_id bigint, add column is_archived boolean not null default false;
update file_entities a set parent_id = f.parent_id, is_archived = not f.is_folder and f.deleted_at is not null
  from files f where f.id = a.file_id and (f.parent_id is not null or f.deleted_at is not null);
update file_groups a set parent_id = f.parent_id, is_archived = not f.is_folder and f.deleted_at is not null
  from files f where f.id = a.file_id and (f.parent_id is not null or f.deleted_at is not null);

create function tell_association() returns trigger language plpgsql as $$
begin
  select f.is_folder, f.parent_id, not f.is_folder and f.deleted_at is not null into new.is_folder, new.parent_id, new.is_archived
    from files f where f.id = new.file_id for no key update;
  if not found then -- the foreign key refuses it
    new.is_folder := false;
    new.is_archived := false;
  end if;
  return new;
end $$;
create trigger tell_file before insert or update of file_id on file_entities
  for each row execute function tell_association();
create trigger tell_file before insert or update of file_id on file_groups
  for each row execute function tell_association();

create function tell_associations() returns trigger language plpgsql as $$
declare
  archived boolean := not new.is_folder and new.deleted_at is not null;
begin
  update file_entities set parent_id = new.parent_id, is_archived = archived where file_id = new.id;
  update file_groups set parent_id = new.parent_id, is_archived = archived where file_id = new.id;
  return null;
end $$;
create trigger tell_associations after update of parent_id, deleted_at on files for each row
  when (new.parent_id is distinct from old.parent_id
    or (not new.is_folder and (new.deleted_at is null) <> (old.deleted_at is null)))
  execute function tell_associations();
`;

/** For each kind: in the order of the files, those of the archive, and those of one place. */
const ASSOCIATION_INDEXES = (['entity', 'group'] as const)
  .map((kind) => [`file_${kind === 'entity' ? 'entities' : 'groups'}`, `${kind}_id`])
  .map(
    ([table, column]) => `
drop index ${table}_${column}_file_id_idx;
create index ${table}_listed on ${table} (${column}, file_id) include (parent_id, is_folder, is_archived);
create index ${table}_archived on ${table} (${column}, file_id) include (parent_id, is_folder) where is_archived;
create index ${table}_placed on ${table} (parent_id, ${column}, file_id) include (is_folder, is_archived);`,
  )
  .join('\n');

/** \`files_by_age\` answers whether any of 4096 neighbouring ids was created in a period. */
const FILE_INDEXES = `
drop index files_created;
create index files_by_age on files (firm_id, (id >> 12), created_at);
drop index files_children;
create index files_children on files (firm_id, parent_id, id) include (is_folder, created_by) where deleted_at is null;
create index files_archived_children on files (firm_id, parent_id, id) include (is_folder, created_by) where deleted_at is not null;
drop index files_folders;
create index files_folders on files (firm_id, id) where is_folder and deleted_at is null;
`;
