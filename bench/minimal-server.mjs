/**
 * The server that Portico is compared with: bare `node:http`, the same PostgreSQL through prepared statements, the same
 * JSON documents, the same care for the bytes (SHA-256, fsync of the file and its directory before the row). It does
 * not ask who calls, has no rules, no log and no request id, checks nothing and knows no errors. An upload is the raw
 * body, so it also has no multipart to parse.
 */
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { listInvoices } from './minimal-invoices.mjs';
import { dashboard } from './minimal-portal.mjs';

const { DATABASE_URL, BLOBS, UPLOADS } = process.env;
const pool = new pg.Pool({ connectionString: DATABASE_URL, max: 20 });

const COLUMNS = `f.id, f.name, f.content_type, b.bytes, encode(b.sha256, 'hex') as sha256, f.parent_id, f.created_at,
  f.modified_at,
  (select array_agg(a.entity_id::text order by a.entity_id) from file_entities a where a.file_id = f.id) as entities,
  (select array_agg(a.group_id::text order by a.group_id) from file_groups a where a.file_id = f.id) as groups`;
const FROM = `from files f join blobs b on b.key = f.blob_key where f.firm_id = 1 and f.deleted_at is null`;

const GET = { name: 'get', text: `select ${COLUMNS} ${FROM} and not f.is_folder and f.id = $1` };
const LIST = {
  name: 'list',
  text: `select ${COLUMNS} ${FROM} and not f.is_folder and f.id > $1 order by f.id limit $2`,
};
const CONTENT = { name: 'content', text: `select f.blob_key, b.bytes ${FROM} and f.id = $1` };
const ADD = {
  name: 'add',
  text: `insert into bench_uploads (name, bytes, sha256, key) values ($1, $2, decode($3, 'hex'), $4)
    returning id, created_at`,
};

const instant = (date) => `${date.toISOString().slice(0, 19)}Z`;
const relationship = (self, name, type, ids) => ({
  links: { self: `${self}/relationships/${name}`, related: `${self}/${name}` },
  data: ids.map((id) => ({ type, id })),
});

/** A row as the JSON:API resource that Portico makes of it. */
function resource(row) {
  const self = `/v1/files/${row.id}`;
  return {
    id: row.id,
    type: 'files',
    attributes: {
      content_type: row.content_type,
      bytes: Number(row.bytes),
      name: row.name,
      created_at: instant(row.created_at),
      modified_at: instant(row.modified_at),
      is_folder: false,
      parent_folder_id: Number(row.parent_id ?? 0),
      sha256: row.sha256,
    },
    relationships: {
      associated_groups: relationship(self, 'associated_groups', 'groups', row.groups ?? []),
      associated_entities: relationship(self, 'associated_entities', 'entities', row.entities ?? []),
    },
    links: { self },
  };
}

function reply(response, status, body) {
  const json = Buffer.from(JSON.stringify(body));
  response.writeHead(status, { 'Content-Type': 'application/vnd.api+json', 'Content-Length': json.length });
  response.end(json);
}

async function get(response, id) {
  const { rows } = await pool.query({ ...GET, values: [id] });
  reply(response, 200, { data: resource(rows[0]) });
}

async function list(response, url) {
  const limit = Number(url.searchParams.get('page[limit]'));
  const { rows } = await pool.query({ ...LIST, values: [url.searchParams.get('page[after]') ?? '0', limit + 1] });
  const items = rows.slice(0, limit);
  const next = rows.length > limit ? `/v1/files?page[limit]=${limit}&page[after]=${items.at(-1).id}` : null;
  reply(response, 200, { data: items.map(resource), links: { next } });
}

async function download(response, id) {
  const { rows } = await pool.query({ ...CONTENT, values: [id] });
  const { blob_key: key, bytes } = rows[0];
  response.writeHead(200, { 'Content-Type': 'application/binary', 'Content-Length': bytes });
  await pipeline(createReadStream(path.join(BLOBS, key.slice(0, 2), key)), response);
}

async function upload(request, response) {
  const key = randomUUID();
  const hash = createHash('sha256');
  let bytes = 0;
  const file = await open(path.join(UPLOADS, key), 'wx');
  try {
    for await (const chunk of request) {
      hash.update(chunk);
      bytes += chunk.length;
      await file.write(chunk);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  const directory = await open(UPLOADS, 'r');
  await directory.sync();
  await directory.close();
  const name = 'Statement.pdf';
  const sha256 = hash.digest('hex');
  const { rows } = await pool.query({ ...ADD, values: [name, bytes, sha256, key] });
  const { id, created_at } = rows[0];
  const row = { id, name, content_type: 'application/pdf', bytes, sha256, created_at, modified_at: created_at };
  reply(response, 201, { data: resource(row) });
}

function serve(request, response) {
  if (request.method === 'POST') return upload(request, response);
  const url = new URL(request.url, 'http://localhost');
  if (url.pathname === '/api/v2/invoices') return listInvoices(pool, response, url);
  if (url.pathname === '/api/portal/dashboard') return dashboard(pool, response);
  const [, , , id, action] = url.pathname.split('/');
  if (id === undefined) return list(response, url);
  return action === 'download' ? download(response, id) : get(response, id);
}

const server = createServer((request, response) => {
  serve(request, response).catch((error) => {
    if (!response.destroyed) process.stderr.write(`minimal server: ${error.stack}\n`); // else the caller went away
    response.destroy();
  });
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${JSON.stringify({ address: `http://127.0.0.1:${server.address().port}` })}\n`);
});
process.on('SIGTERM', () => process.exit(0));
