import type { Author } from '@portico/domain/kernel';

/**
 * A table expression of one row, for statements that tell the history of many changes at once: who acts and when.
 * `created_by` is the user who counts as the maker of what is made: the firm's first administrator where none acts.
 */
export const AUTHOR = `author as materialized (
  select a.*, coalesce(a.user_id,
      (select min(u.id) from users u where u.firm_id = a.firm_id and 'firm_admin' = any (u.permissions)),
      (select min(u.id) from users u where u.firm_id = a.firm_id)) as created_by
  from (select ?::bigint as firm_id, ?::timestamptz(3) as at, ?::bigint as user_id, ?::text as credential_kind,
    ?::text as credential_id, ?::inet as address, ?::text as request_id) a)`;

/** The values of its parameters. */
export function authorValues({ firmId, userId, credential, origin }: Author, now: Date): unknown[] {
  return [firmId, now, userId, credential.kind, credential.id, origin.address, origin.requestId];
}

/** Tells the history of each row of the table expression `rows`: of the folder `id`, the change `details`. */
export const toldOf = (rows: string, action: string): string => `
  insert into history (firm_id, at, user_id, credential_kind, credential_id, address, request_id, action, subject_type,
    subject_id, details)
  select a.firm_id, a.at, a.user_id, a.credential_kind, a.credential_id, a.address, a.request_id, '${action}', 'folder',
    r.id::text, r.details
  from ${rows} r cross join author a order by r.id`;

/** The next id of a file or folder, where many are made that refer to one another. */
export const NEXT_ID = `nextval(pg_get_serial_sequence('files', 'id'))`;

/** The columns of a folder that are given when it is made, besides `id`, `name`, `parent_id` and `tree_folder_id`. */
export const FOLDER_COLUMNS = 'firm_id, is_folder, original_name, content_type, created_by, created_at, modified_at';

/** Their values, of the folder called `name`. */
export const folderValues = (name: string): string => `a.firm_id, true, ${name}, 'folder', a.created_by, a.at, a.at`;

/** Held by whoever changes the default tree of a firm, and shared by those who copy it for new clients. */
export const DEFAULT_TREE_LOCK = `hashtextextended('default tree of firm ' || ?, 0)`;
