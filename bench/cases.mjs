import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { TREE } from './seed.mjs';

const KIB = 1024;
const MIB = 1024 * KIB;
const BOUNDARY = 'portico-bench-boundary';

/** What is measured, with the least ratio that is aimed at. */
export const CASES = {
  get: { title: 'Get one file', aim: 0.35, prepare: getCase },
  list: { title: 'List 100 files, page 1', aim: 0.9, prepare: (context) => listCase(context, '') },
  'list-deep': {
    title: 'List 100 files, deep',
    aim: 0.9,
    prepare: (context) => listCase(context, `&page[after]=${Math.floor(context.files * 0.9)}`),
  },
  'list-restricted': {
    title: 'List 100 files, 50 permitted entities',
    aim: 0.6,
    against: 'list of 100, all data',
    prepare: restrictedCase,
  },
  'list-entity': {
    title: 'List 100 files of an entity',
    aim: 0.8,
    against: 'list of 100, all data',
    prepare: entityCase,
  },
  'list-folder-restricted': {
    title: 'List 100 files at the top level, 50 permitted entities',
    aim: 0.6,
    against: 'list of 100, all data',
    prepare: (context) => filteredCase(context, '&filter[files][parentFolderId]=0', { restricted: true }),
  },
  'list-folder-entity': {
    title: 'List 100 files of an entity at the top level',
    aim: 0.8,
    against: 'list of 100, all data',
    prepare: (context) => filteredCase(context, '&filter[files][parentFolderId]=0&filter[files][entityId]=7'),
  },
  'list-since': {
    title: 'List 100 files since a day',
    aim: 0.5,
    against: 'list of 100, all data',
    prepare: (context) => filteredCase(context, since(context)),
  },
  'list-since-entity': {
    title: 'List 100 files of an entity since a day',
    aim: 0.5,
    against: 'list of 100, all data',
    prepare: (context) => filteredCase(context, `${since(context)}&filter[files][entityId]=7`),
  },
  'list-archive': {
    title: 'List 100 files of the archive',
    aim: 0.8,
    against: 'list of 100, all data',
    prepare: (context) => archiveCase(context),
  },
  'list-archive-restricted': {
    title: 'List 100 files of the archive, 50 permitted entities',
    aim: 0.6,
    against: 'list of 100, all data',
    prepare: (context) => archiveCase(context, { restricted: true }),
  },
  'upload-64k': { title: 'Upload 64 KiB', aim: 0.5, prepare: (context) => uploadCase(context, 64 * KIB) },
  'upload-16m': { title: 'Upload 16 MiB', aim: 0.85, large: true, prepare: (context) => uploadCase(context, 16 * MIB) },
  'download-16m': {
    title: 'Download 16 MiB',
    aim: 0.9,
    large: true,
    prepare: (context) => downloadCase(context, 16 * MIB),
  },
};

/**
 * The case `name`, ready to be measured: what to ask of `portico` and of `minimal`, or of Portico twice when the case is
 * compared with (`against`) something else that Portico does. Both have been asked once, and their
 * answers are right. @throws Error when they are not
 */
export async function prepareCase(name, stage, files) {
  const { title, aim, large = false, against, prepare } = CASES[name];
  return { title, aim, large, against, ...(await prepare({ stage, files })) };
}

/** 500 files from all over the list, each in its turn. */
async function getCase({ stage, files }) {
  const paths = Array.from({ length: 500 }, (_, i) => `/v1/files/${1 + ((i * 7919 * 104_729) % files)}`);
  await expectSame(stage, paths[7]);
  return { requests: (server) => paths.map((path) => request(stage, server, path)) };
}

async function listCase({ stage }, after) {
  const path = `/v1/files?page[limit]=100${after}`;
  const { data } = await expectSame(stage, path);
  assert.equal(data.length, 100);
  return { requests: (server) => [request(stage, server, path)] };
}

/** A tenth of the files, and 50 folders of clients. */
const PERMITTED = Array.from({ length: 50 }, (_, i) => 1 + i * 17);

/** The same list for a user with 50 permitted entities of 1000. */
async function restrictedCase(context) {
  const compared = await filteredCase(context, '', { restricted: true });
  const permitted = new Set(PERMITTED.map(String));
  for (const { relationships } of compared.data)
    assert.ok(relationships.associated_entities.data.some(({ id }) => permitted.has(id)));
  return compared;
}

async function entityCase(context) {
  const compared = await filteredCase(context, '&filter[files][entityId]=7');
  for (const { relationships } of compared.data)
    assert.ok(relationships.associated_entities.data.some(({ id }) => id === '7'));
  return compared;
}

/** After nearly all files were created, and so what is asked for every day. */
const since = ({ files }) =>
  `&filter[files][createdAfter]=${new Date(Date.UTC(2020, 0, 1, 0, Math.floor(files * 0.95))).toISOString()}`;

/** 100 files of an archived folder, which stays in the archive: it is the first client's, who is permitted. */
async function archiveCase(context, options) {
  const { stage, files } = context;
  const folder = `/v1/files/${files + 3}`;
  const found = await fetch(stage.url.portico + folder, { headers: stage.headers });
  if (found.ok) await send(stage, 'portico', { ...request(stage, 'portico', folder), method: 'DELETE' }, 204);
  return filteredCase(context, '', { ...options, list: '/v1/archive/files' });
}

/** A list of 100 files beside the plain one; `restricted`: for a user with permitted entities. */
async function filteredCase({ stage }, filter, { restricted = false, list = '/v1/files' } = {}) {
  const plain = request(stage, 'portico', '/v1/files?page[limit]=100');
  const headers = restricted ? await stage.restrictedHeaders(PERMITTED) : stage.headers;
  const asked = { ...plain, path: `${list}?page[limit]=100${filter}`, headers };
  const { data } = await ask(stage, 'portico', asked, 200);
  assert.equal(data.length, 100);
  return { data, requests: (side) => [side === 'portico' ? asked : plain] };
}

/** What is done to the tree, each in its turn, with the milliseconds that are aimed at. */
export const TREE_AIM_MS = 1000;

/**
 * Moves, archives and restores a tree of many files; answers the milliseconds of each, by round.
 * @throws Error when an answer is not what it should be
 */
export async function measureTree({ stage, files }, rounds) {
  const [top, beside] = [files + 1, files + 2];
  const move = (parent) => ({
    method: 'PATCH',
    path: `/v1/files/${top}`,
    body: JSON.stringify({ data: { id: top, type: 'files', attributes: { parent_folder_id: parent } } }),
  });
  const steps = [
    ['Move into a folder', move(beside), 200],
    ['Move to the top level', move(0), 200],
    ['Archive', { method: 'DELETE', path: `/v1/files/${top}` }, 204],
    ['Restore', { method: 'POST', path: `/v1/archive/files/${top}/restore` }, 200],
  ];
  const taken = steps.map(([title]) => ({ title: `${title}, ${TREE.clients * TREE.each} files`, ms: [] }));
  for (let round = 0; round < rounds; round++)
    for (const [at, [, asked, status]] of steps.entries()) {
      const headers = { ...stage.headers, ...(asked.body && { 'content-type': 'application/vnd.api+json' }) };
      const begun = performance.now();
      await send(stage, 'portico', { ...asked, headers }, status);
      taken[at].ms.push(performance.now() - begun);
    }
  return taken;
}

/** Portico gets the multipart body that its clients send, the minimal server the bytes alone. */
async function uploadCase({ stage }, bytes) {
  const content = randomBytes(bytes);
  const bodies = { portico: multipart(content), minimal: content };
  const types = { portico: `multipart/form-data; boundary=${BOUNDARY}`, minimal: 'application/pdf' };
  const upload = (server) => ({
    ...request(stage, server, '/v1/files'),
    method: 'POST',
    headers: { ...request(stage, server, '').headers, 'content-type': types[server] },
    body: bodies[server],
  });
  for (const server of ['portico', 'minimal']) {
    const { data } = await ask(stage, server, upload(server), 201);
    assert.equal(data.attributes.bytes, bytes);
    assert.equal(data.attributes.sha256, createHash('sha256').update(content).digest('hex'));
  }
  return { requests: (server) => [upload(server)], writes: true };
}

async function downloadCase({ stage }, bytes) {
  const { requests } = await uploadCase({ stage }, bytes);
  const { data } = await ask(stage, 'portico', requests('portico')[0], 201);
  const path = `/v1/files/${data.id}/download`;
  for (const server of ['portico', 'minimal']) {
    const response = await send(stage, server, request(stage, server, path), 200);
    const received = createHash('sha256').update(Buffer.from(await response.arrayBuffer()));
    assert.equal(received.digest('hex'), data.attributes.sha256);
  }
  return { requests: (server) => [request(stage, server, path)] };
}

function multipart(content) {
  return Buffer.concat([
    Buffer.from(
      `--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="Statement.pdf"\r\n` +
        `Content-Type: application/pdf\r\n\r\n`,
    ),
    content,
    Buffer.from(`\r\n--${BOUNDARY}--\r\n`),
  ]);
}

/** Portico is called with credentials; the minimal server does not ask for any. */
function request(stage, server, path) {
  return { method: 'GET', path, headers: server === 'portico' ? stage.headers : {} };
}

/** What both servers answer. */
async function expectSame(stage, path) {
  const portico = await ask(stage, 'portico', request(stage, 'portico', path), 200);
  const minimal = await ask(stage, 'minimal', request(stage, 'minimal', path), 200);
  assert.deepEqual(portico, minimal);
  return portico;
}

async function ask(stage, server, asked, status) {
  return (await send(stage, server, asked, status)).json();
}

async function send(stage, server, { path, ...init }, status) {
  const response = await fetch(stage.url[server] + path, init);
  if (response.status !== status)
    throw new Error(`${server} answered ${response.status} to ${init.method} ${path}: ${await response.text()}`);
  return response;
}
