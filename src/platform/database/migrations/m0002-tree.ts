import { Migration } from '@mikro-orm/migrations';

/** Folders: where they stand, what is archived with them, and what is associated with them. */
export class M0002Tree extends Migration {
  override up(): void {
    for (const sql of [PATHS, PLACE, ARCHIVE, ASSOCIATIONS, INDEXES]) this.addSql(sql);
  }
}

/**
 * For each folder its path: itself and every folder above it. Files stand nowhere in it, so moving
 * rewrites folders only. No folder could be made before.
 */
const PATHS = `
create table folder_paths (
  firm_id bigint not null,
  folder_id bigint not null,
  ancestor_id bigint not null,
  distance integer not null constraint folder_paths_depth check (distance between 0 and 127),
  primary key (folder_id, ancestor_id),
  foreign key (firm_id, folder_id) references files (firm_id, id) on delete cascade,
  foreign key (firm_id, ancestor_id) references files (firm_id, id) on delete cascade
);
create index folder_paths_below on folder_paths (ancestor_id, folder_id);

create function add_folder_path() returns trigger language plpgsql as $$
begin
  insert into folder_paths (firm_id, folder_id, ancestor_id, distance)
  select new.firm_id, new.id, new.id, 0
  union all
  select new.firm_id, new.id, ancestor_id, distance + 1 from folder_paths where folder_id = new.parent_id;
  return null;
end $$;
create trigger add_path after insert on files for each row when (new.is_folder) execute function add_folder_path();

create function move_folder_paths() returns trigger language plpgsql as $$
begin
  if exists (select from folder_paths where folder_id = new.parent_id and ancestor_id = new.id) then
    raise exception 'a folder can not stand below itself'
      using errcode = 'check_violation', constraint = 'folder_paths_no_circle', table = 'folder_paths';
  end if;
  delete from folder_paths p
    using folder_paths below, folder_paths above
    where below.ancestor_id = new.id and above.folder_id = new.id and above.ancestor_id <> new.id
      and p.folder_id = below.folder_id and p.ancestor_id = above.ancestor_id;
  insert into folder_paths (firm_id, folder_id, ancestor_id, distance)
    select new.firm_id, below.folder_id, above.ancestor_id, below.distance + above.distance + 1
    from folder_paths below, folder_paths above
    where below.ancestor_id = new.id and above.folder_id = new.parent_id;
  return null;
end $$;
create trigger move_paths after update of parent_id on files for each row
  when (new.is_folder and new.parent_id is distinct from old.parent_id) execute function move_folder_paths();
`;

/** What stands in something stands in a folder. */
const PLACE = `
create function refuse_place_in_file() returns trigger language plpgsql as $$
begin
  if not exists (select from folder_paths where folder_id = new.parent_id and ancestor_id = new.parent_id) then
    raise exception 'only a folder holds files'
      using errcode = 'check_violation', constraint = 'files_parent_is_folder', table = 'files';
  end if;
  return null;
end $$;
create trigger place_in_folder after insert or update of parent_id on files for each row
  when (new.parent_id is not null) execute function refuse_place_in_file();
`;

/**
 * Archiving a folder marks the folders of its tree, each with the folder that was archived; a file in a marked folder
 * is archived with it, and its own mark is kept for when it was archived alone.
 */
const ARCHIVE = `
alter table files add column archived_with bigint;
alter table files add constraint files_archived_with
  check (archived_with is null or (is_folder and deleted_at is not null)) not valid;
alter table files add constraint files_folder_archived_with
  check (not is_folder or deleted_at is null or archived_with is not null) not valid;
create index files_archived_with on files (archived_with) where archived_with is not null;
`;

/** Which associations are those of folders, which everything below them inherits. */
const ASSOCIATIONS = `
alter table file_entities add column is_folder boolean not null default false;
alter table file_groups add column is_folder boolean not null default false;
create index folder_entities on file_entities (entity_id, file_id) where is_folder;
create index folder_groups on file_groups (group_id, file_id) where is_folder;

create function tell_folder_associations() returns trigger language plpgsql as $$
begin
  new.is_folder := exists (select from folder_paths where folder_id = new.file_id and ancestor_id = new.file_id);
  return new;
end $$;
create trigger tell_folder before insert or update on file_entities for each row execute function tell_folder_associations();
create trigger tell_folder before insert or update on file_groups for each row execute function tell_folder_associations();
`;

const INDEXES = `
drop index files_parent;
drop index files_active;
drop index files_archived;
create index files_active on files (firm_id, id) include (parent_id, is_folder, created_at) where deleted_at is null;
create index files_archived on files (firm_id, id) include (parent_id, is_folder, created_at) where deleted_at is not null;
create index files_children on files (firm_id, parent_id, id);
create index files_folders on files (firm_id, id) where is_folder;
create index files_folder_names on files (firm_id, parent_id, name) where is_folder;
create index files_archived_folders on files (firm_id, id) where is_folder and deleted_at is not null;
create index files_created_by on files (created_by, id);
`;
