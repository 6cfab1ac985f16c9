import pg from 'pg';

const ENTITIES = 1000;
const GROUPS = 100;
const BATCH = 100_000;
/** A tree beside them: a folder for each of these clients, with as many files each. */
export const TREE = { clients: ENTITIES, each: 100 };

/** Files with two entities and one group each, a minute between one and the next; $1 to $2 are their ids. */
const STEPS = [
  `insert into blobs (key, firm_id, bytes, sha256)
   select md5(i::text)::uuid, 1, 1000 + i % 100000, sha256(i::text::bytea) from generate_series($1::bigint, $2) i`,
  `insert into files (id, firm_id, name, original_name, content_type, blob_key, created_by, created_at, modified_at)
   select i, 1, 'Statement ' || i || '.pdf', 'Statement ' || i || '.pdf', 'application/pdf', md5(i::text)::uuid,
     (select min(id) from users), at, at
   from generate_series($1::bigint, $2) i, lateral (select timestamptz '2020-01-01Z' + i * interval '1 minute') t (at)`,
  `insert into file_entities (firm_id, file_id, entity_id)
   select 1, i, 1 + (i + d * ${ENTITIES / 2}) % ${ENTITIES} from generate_series($1::bigint, $2) i, generate_series(0, 1) d`,
  `insert into file_groups (firm_id, file_id, group_id)
   select 1, i, 1 + i % ${GROUPS} from generate_series($1::bigint, $2) i`,
];

/**
 * What triggers keep is written too, for when they are skipped. The tree stands behind all other files: its top, an empty folder beside it, a folder
 * for each client, their files.
 */
const TREE_STEPS = [
  `insert into files (id, firm_id, is_folder, name, original_name, content_type, parent_id, created_by, created_at, modified_at)
   select $1 + i, 1, true, 'Folder ' || i, 'Folder ' || i, 'folder', case when i > 2 then $1 + 1 end,
     (select min(id) from users), now(), now()
   from generate_series(1, 2 + ${TREE.clients}) i`,
  `insert into folder_paths (firm_id, folder_id, ancestor_id, distance)
   select 1, id, id, 0 from files where is_folder and id > $1
   union all select 1, id, parent_id, 1 from files where parent_id = $1 + 1
   on conflict do nothing`,
  `insert into file_entities (firm_id, file_id, entity_id, is_folder, parent_id)
   select 1, $1 + 2 + i, i, true, $1 + 1 from generate_series(1, ${TREE.clients}) i`,
  `insert into blobs (key, firm_id, bytes, sha256)
   select md5(i::text)::uuid, 1, 1000 + i % 100000, sha256(i::text::bytea)
   from generate_series($1 + 3 + ${TREE.clients}, $1 + 2 + ${TREE.clients * (1 + TREE.each)}) i`,
  `insert into files (id, firm_id, name, original_name, content_type, blob_key, parent_id, created_by, created_at, modified_at)
   select i, 1, 'Paper ' || i || '.pdf', 'Paper ' || i || '.pdf', 'application/pdf', md5(i::text)::uuid,
     $1 + 3 + i % ${TREE.clients}, (select min(id) from users), now(), now()
   from generate_series($1 + 3 + ${TREE.clients}, $1 + 2 + ${TREE.clients * (1 + TREE.each)}) i`,
];

/** Fills the database that Portico has just made with `files` files, which have the ids from 1 on, and the tree. */
export async function seed(databaseUrl, files, progress) {
  const client = new pg.Client(databaseUrl);
  client.on('error', () => undefined); // the statement under way fails with the same error
  await client.connect();
  try {
    await skipForeignKeyChecks(client);
    await client.query(`insert into entities (id, firm_id, original_name, model_type, created_at, modified_at)
      select i, 1, 'Entity ' || i, 'PERSON_NODE', now(), now() from generate_series(1, ${ENTITIES}) i`);
    await client.query(`insert into groups (id, firm_id, name, created_at, modified_at)
      select i, 1, 'Group ' || i, now(), now() from generate_series(1, ${GROUPS}) i`);
    for (let from = 1; from <= files; from += BATCH) {
      const to = Math.min(from + BATCH - 1, files);
      for (const step of STEPS) await client.query(step, [from, to]);
      progress(`${to} files`);
    }
    for (const step of TREE_STEPS) await client.query(step.replaceAll('$1', String(files)));
    progress(`a tree of ${TREE.clients * TREE.each} files`);
    await client.query(`select setval(pg_get_serial_sequence('files', 'id'), (select max(id) from files))`);
    await client.query(`create table bench_uploads (id bigint generated always as identity primary key, name text not null,
      bytes bigint not null, sha256 bytea not null, key text not null, created_at timestamptz not null default now())`);
    await client.query('vacuum analyze');
    await client.query('checkpoint').catch(() => undefined); // only a privileged user may
  } finally {
    await client.end();
  }
}

/** The rows are right by construction; checking ten million references takes a minute. Only a superuser may skip it. */
async function skipForeignKeyChecks(client) {
  await client.query(`set session_replication_role = replica`).catch(() => undefined);
}
