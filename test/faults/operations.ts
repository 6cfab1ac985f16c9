import { createHash, randomUUID } from 'node:crypto';
import { multipart } from '../support/multipart.js';
import type { FaultWorld } from './fault-world.js';

/** What came of a call; the status 0 stands for no answer at all. */
export interface Reply {
  readonly status: number;
  readonly code: string | null;
  readonly retryAfter: string | null;
}

/** One call that changes something, which may be sent again, and how to see what became of it. */
export interface Attempt {
  send(): Promise<Reply>;
  /** What the tables and the API show of it: nothing (`before`), all of it once (`after`), or something else. */
  state(): Promise<string>;
  /** Makes room for the next attempt of the kind. */
  tidy?(): Promise<void>;
}

export interface Operation {
  readonly name: string;
  /** A table to which it has written before it writes to the history. */
  readonly table: string;
  readonly begin: (world: FaultWorld) => Promise<Attempt>;
}

type Facts = Readonly<Record<string, unknown>>;
const HANG_MS = 20_000;
const JSON_API = 'application/vnd.api+json';

/** Those that the suite of faults is about. */
export const OPERATIONS: readonly Operation[] = [
  { name: 'an upload', table: 'files', begin: (world) => upload(world, Buffer.from('what is uploaded')) },
  { name: 'a move', table: 'files', begin: move },
  { name: 'an archiving', table: 'files', begin: archive },
  { name: 'a publishing', table: 'publications', begin: publish },
  { name: 'a bulk upsert', table: 'invoices', begin: upsert },
];

/** The upload of a file of so many bytes. */
export async function upload(world: FaultWorld, content: Buffer): Promise<Attempt> {
  const name = `${randomUUID()}.bin`;
  const { entity, inbox } = world.subjects;
  const data = {
    ...{ type: 'files', attributes: { name, parent_folder_id: Number(inbox) } },
    relationships: { associated_entities: { data: [{ type: 'entities', id: entity }] } },
  };
  const { type, body } = multipart([
    { name: 'metadata', content: JSON.stringify({ data }) },
    { name: 'file', filename: name, content },
  ]);
  const count = (rows: number, linked = rows, told = rows) => ({ rows, linked, told });
  const sha256 = createHash('sha256').update(content).digest('hex');
  return {
    send: sender(world, 'POST', '/api/v1/files', type, body),
    async state() {
      const facts = await world.row(
        `select (select count(*)::int from files where firm_id = 1 and name = $1) as rows,
          (select count(*)::int from file_entities l join files f on f.id = l.file_id where f.name = $1) as linked,
          (select count(*)::int from history where firm_id = 1 and details ->> 'name' = $1) as told`,
        name,
      );
      const listed = (await world.files.walk(`/files?filter[files][parentFolderId]=${inbox}`)).flatMap(
        (page) => page.data,
      );
      const [file] = listed.filter(({ attributes }) => attributes.name === name);
      const bytes = file && (await world.files.download(`/files/${file.id}/download`)).body;
      const found = { ...facts, bytes: bytes ? createHash('sha256').update(bytes).digest('hex') : null };
      return stateOf(found, { ...count(0), bytes: null }, { ...count(1), bytes: sha256 });
    },
  };
}

async function move(world: FaultWorld): Promise<Attempt> {
  const { moved, places } = world.subjects;
  const facts = async (): Promise<Facts> => ({
    ...(await world.row(
      `select parent_id::text as row, (select count(*)::int from history where firm_id = 1 and subject_id = $1) as told
       from files where firm_id = 1 and id = $1::bigint`,
      moved,
    )),
    shown: String((await world.files.read(moved)).attributes.parent_folder_id),
    listed: await Promise.all(places.map((place) => foldersIn(world, place))),
  });
  const before = await facts();
  const target = places.find((place) => place !== before['row']) ?? '';
  const body = { data: { id: moved, type: 'files', attributes: { parent_folder_id: Number(target) } } };
  const listed = places.map((place) => (place === target ? [moved] : []));
  const after = { row: target, told: Number(before['told']) + 1, shown: target, listed };
  return {
    send: sender(world, 'PATCH', `/api/v1/files/${moved}`, JSON_API, JSON.stringify(body)),
    state: async () => stateOf(await facts(), before, after),
  };
}

async function archive(world: FaultWorld): Promise<Attempt> {
  const { top, all, folders } = world.subjects.tree;
  const facts = async (): Promise<Facts> => ({
    ...(await world.row(
      `select count(deleted_at)::int as archived, count(distinct deleted_at)::int as instants,
        (select count(*)::int from history where firm_id = 1 and subject_id = $2 and action = 'folder.archived') as told
       from files where firm_id = 1 and id = any ($1::bigint[])`,
      all,
      top,
    )),
    ...{ active: await statuses(world, '/files', all), shelved: await statuses(world, '/archive/files', all) },
  });
  const [yes, no] = [all.map(() => 200), all.map(() => 404)];
  const before = await facts();
  const told = Number(before['told']) + 1;
  const after = { archived: folders.length, instants: 1, told, active: no, shelved: yes };
  return {
    send: sender(world, 'DELETE', `/api/v1/files/${top}`),
    state: async () => stateOf(await facts(), { ...before, archived: 0, instants: 0, active: yes, shelved: no }, after),
    tidy: async () => {
      await world.files.restore(top);
    },
  };
}

async function publish(world: FaultWorld): Promise<Attempt> {
  const { published, contacts } = world.subjects;
  const facts = async (): Promise<Facts> => {
    const answer = await world.files.get(`/files/${published}/publications`);
    return {
      ...(await world.row(
        `select (select count(*)::int from publications where file_id = $1 and withdrawn_at is null) as rows,
          (select count(*)::int from proof_events where firm_id = 1 and file_id = $1) as proof,
          (select count(*)::int from publish_results where file_id = $1) as results,
          (select count(*)::int from history where firm_id = 1 and action = 'files.published') as told,
          coalesce((select seq::int from proof_heads where firm_id = 1), 0)
            - (select count(*)::int from proof_events where firm_id = 1) as unchained`,
        published,
      )),
      shown: (answer.body as { data: unknown[] }).data.length,
    };
  };
  const attributes = {
    ...{ files_id: [Number(published)], portal_publishing: 'PUBLISH', contact_notification: 'DO_NOT_NOTIFY' },
  };
  const before = await facts();
  const plusOne = (name: string) => ({ [name]: Number(before[name]) + 1 });
  const all = contacts.length;
  const after = {
    ...before,
    ...{ rows: all, shown: all },
    ...plusOne('proof'),
    ...plusOne('results'),
    ...plusOne('told'),
  };
  const body = JSON.stringify({ data: { type: 'publish_portal_files_request', attributes } });
  return {
    send: sender(world, 'POST', '/api/v1/portal/publish_files', JSON_API, body),
    state: async () => stateOf(await facts(), { ...before, rows: 0, shown: 0 }, after),
    tidy: async () => {
      const files_id = [Number(published)];
      await world.files.sendData('post', '/portal/unpublish_files', {
        ...{ type: 'unpublish_portal_files_request', attributes: { files_id } },
      });
    },
  };
}

async function upsert(world: FaultWorld): Promise<Attempt> {
  const externalIds = [1, 2, 3].map(() => randomUUID());
  const lineItems = ['Design', 'Print'].map((description) => ({ description, unitPrice: 10 }));
  const rows = externalIds.map((externalId) => ({ externalId, clientId: world.subjects.client, lineItems }));
  const count = (invoices: number) => ({ invoices, lines: 2 * invoices, told: invoices, shown: String(invoices) });
  return Promise.resolve({
    send: sender(world, 'PUT', '/api/v2/invoices', 'application/json', JSON.stringify(rows)),
    async state() {
      const facts = await world.row(
        `with mine as (select id from invoices where firm_id = 1 and external_id = any ($1::text[]))
         select (select count(*)::int from mine) as invoices,
           (select count(*)::int from invoice_line_items l join mine m on m.id = l.invoice_id and l.amount = 10) as lines,
           (select count(*)::int from history h join mine m on h.subject_id = m.id::text where firm_id = 1) as told`,
        externalIds,
      );
      const answer = await world.office.get(`/invoices?filter[externalId]=${externalIds.join(',')}&limit=1`);
      return stateOf({ ...facts, shown: answer.headers['x-total-count'] }, count(0), count(3));
    },
  });
}

/** Sends the same call, under the same key where the method may have one, as often as it is asked to. */
function sender(world: FaultWorld, method: string, path: string, type?: string, body?: string | Buffer) {
  const key: Record<string, string> = /POST|PATCH/.test(method) ? { 'Idempotency-Key': randomUUID() } : {};
  return async (): Promise<Reply> => {
    const { server } = world;
    const credentials = path.startsWith('/api/v2') ? world.office.headers : server.headers;
    const headers = { ...credentials, ...key, ...(type !== undefined && { 'Content-Type': type }) };
    try {
      const answer = await fetch(`${server.url}${path}`, {
        method,
        headers,
        body,
        signal: AbortSignal.timeout(HANG_MS),
      });
      const said = (await answer.json().catch(() => null)) as { code?: string; errors?: { code: string }[] } | null;
      const code = said?.code ?? said?.errors?.[0]?.code ?? null;
      return { status: answer.status, code, retryAfter: answer.headers.get('retry-after') };
    } catch {
      return { status: 0, code: null, retryAfter: null };
    }
  };
}

function stateOf(found: Facts, before: Facts, after: Facts): string {
  const text = inOrder(found);
  if (text === inOrder(before)) return 'before';
  return text === inOrder(after) ? 'after' : `half-made: ${text}, neither ${inOrder(before)} nor ${inOrder(after)}`;
}

function inOrder(facts: Facts): string {
  return JSON.stringify(Object.entries(facts).sort(([one], [other]) => (one < other ? -1 : 1)));
}

async function foldersIn(world: FaultWorld, folder: string): Promise<string[]> {
  return world.files.ids(`/files?filter[files][parentFolderId]=${folder}&filter[files][includedObjects]=FOLDERS_ONLY`);
}

function statuses(world: FaultWorld, collection: string, ids: readonly string[]): Promise<number[]> {
  return Promise.all(ids.map(async (id) => (await world.files.get(`${collection}/${id}`)).status));
}
