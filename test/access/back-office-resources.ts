import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { TABLE } from '../contract/back-office-v2/resource-table.js';
import { ResourceWorld } from '../contract/back-office-v2/resource-world.js';
import { BackOfficeApi } from '../support/back-office-api.js';
import { ClientFilesApi } from '../support/client-files-api.js';
import type { Operation } from '../support/openapi-document.js';
import type { Portico } from '../support/portico.js';
import { sqlOn } from '../support/server-database.js';

/** The file in the import folder that the example of an upload names. */
const IMPORTED = 'file.pdf';

/** What an operation is about. */
export interface BackOfficeSubject {
  /** What stands in the path, by the names of its parameters. */
  readonly path: Readonly<Record<string, string>>;
  /** A body in JSON that can be, where the example of the document can't. */
  readonly body?: unknown;
  /** The addresses that tell its state, and whatever a call could make beside it. */
  readonly state: readonly string[];
}

/** The first firm as its administrator sees it. */
export class BackOfficeWorld {
  private constructor(
    readonly server: Portico,
    readonly api: BackOfficeApi,
    readonly resources: ResourceWorld,
    readonly files: ClientFilesApi,
  ) {}

  static async of(server: Portico, headers: Readonly<Record<string, string>>): Promise<BackOfficeWorld> {
    const folder = path.join(server.dataDir, 'import', server.credentials.firmId);
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, IMPORTED), 'imported');
    const api = new BackOfficeApi(server.url, headers);
    return new BackOfficeWorld(server, api, await ResourceWorld.of(api), await ClientFilesApi.of(api));
  }
}

type Make = (world: BackOfficeWorld, operation: Operation) => Promise<BackOfficeSubject>;

let made = 0;
/** A name that nothing else has. */
const unique = (): string => `matrix-${process.pid}-${++made}`;

const subject = (kind: string, { id }: { id: unknown }, body?: unknown): BackOfficeSubject => ({
  ...{ path: { id: String(id) }, body, state: [`/${kind}/${String(id)}`] },
});

/** Invited before access can be revoked, revoked before it can be restored. */
const contact: Make = async ({ api }, { path: address }) => {
  const names = { firstName: 'M', lastName: 'M', loginEmail: `${unique()}@example.test` };
  const { id } = await api.create('/contacts', names);
  const step = address.split('/').at(-1) ?? '';
  if (step === 'revoke' || step === 'restore') await api.call('post', `/contacts/${id}/invite`).expect(200);
  if (step === 'restore') await api.call('post', `/contacts/${id}/revoke`).expect(200);
  return subject('contacts', { id }, { lastName: unique() });
};

/** A file in a folder of a client. */
const clientFile: Make = async ({ files }, { path: address }) => {
  const folder = await files.folder(unique());
  const { id } = await files.upload(`${unique()}.txt`, { directoryId: folder.id });
  return {
    path: { clientId: String(files.id), fileId: String(id), folderId: String(folder.id) },
    body: { caption: unique(), ...(address.endsWith('/files') && { file: IMPORTED }) },
    state: [`${files.path}/files?limit=1000`, `${files.path}/folders?limit=1000`],
  };
};

/** A connection that no platform was asked for. */
const connection: Make = async ({ server, resources }) => {
  const key = `insert into sealing_keys (version, sealed, created_at) values (1, '', now()) on conflict do nothing`;
  await sqlOn(server, key);
  const [row] = await sqlOn(
    server,
    `insert into platform_connections (id, firm_id, client_id, platform, source, display_name, account_id, status, sealed,
       key_version, connected_at, sync_state, sync_starts, sync_days_done, created_at, updated_at)
     select uuid_v7(now(), 0), firm_id, id, 'shopify', 'agency', 'Matrix', $2, 'connected', '', 1, now(), 'idle', 0, 0,
       now(), now() from clients where id = $1 returning id`,
    [resources.mine['id'], unique()],
  );
  return subject('platform-connections', { id: row?.['id'] });
};

/** One that the administrator was told. */
const notification: Make = async ({ server, api }) => {
  await sqlOn(
    server,
    `insert into notifications (id, firm_id, user_id, type, names, is_in_app, mail, created_at)
     select uuid_v7(now(), 0), firm_id, id, 'request_received', '{"title": "Matrix"}', true, 'none', now() from users`,
  );
  const [newest] = await api.read<readonly { id: string }[]>('/notifications?limit=1');
  return { path: { id: String(newest?.id) }, state: ['/notifications?limit=1'] };
};

const KINDS: Readonly<Record<string, Make>> = {
  clients: async ({ api }, { path: address }) => {
    const client = await api.create('/clients', { name: 'Matrix' });
    if (address.endsWith('/restore')) await api.call('delete', `/clients/${client.id}`).expect(204);
    return subject('clients', client, { name: unique() });
  },
  users: async ({ api }) => {
    const user = await api.create('/users', { email: `${unique()}@example.test`, name: 'Matrix' });
    return subject('users', user, { name: unique() });
  },
  contacts: contact,
  'platform-connections': connection,
  notifications: notification,
  folders: async ({ api }) => {
    const { id } = await api.create('/folders', { name: unique() });
    return { path: { id: String(id) }, state: ['/folders?limit=1000'] };
  },
};

/** What an address is about: `invoices` in `/api/v2/invoices/{id}`. */
export const kindOf = ({ path: address }: Operation): string => address.split('/')[3] ?? '';

/** Whether the routes of the kind are those that every resource of the catalogue has. */
export const isOfCatalogue = (operation: Operation): boolean => kindOf(operation) in TABLE;

/**
 * Makes what an operation is about.
 * @throws Error that says what to add for a kind that the matrix does not know
 */
export async function makeSubject(world: BackOfficeWorld, operation: Operation): Promise<BackOfficeSubject> {
  const kind = kindOf(operation);
  if (isOfCatalogue(operation))
    return subject(kind, (await world.resources.create(kind)) as { id: unknown }, { externalId: unique() });
  const make = operation.path.includes('{clientId}') ? clientFile : KINDS[kind];
  if (!make) throw new Error(`${operation.name}: add to KINDS in ${import.meta.filename} how one is made`);
  return make(world, operation);
}
