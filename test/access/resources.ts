import { randomUUID } from 'node:crypto';
import { FilesApi } from '../support/files-api.js';
import type { Operation } from '../support/openapi-document.js';
import { PeopleApi } from '../support/people-api.js';
import type { Portico } from '../support/portico.js';
import { UploadsApi } from '../support/uploads-api.js';

/** The first firm as its administrator sees it, with one entity and one group to link to. */
export interface World {
  readonly files: FilesApi;
  readonly people: PeopleApi;
  readonly entity: string;
  readonly group: string;
}

/** What the document does not tell of a resource. */
export interface Resource {
  /** Makes one in the state that the operation is about, and answers its id. */
  readonly make: (world: World, operation: Operation) => Promise<string>;
  /** The lists that tell its state, and whatever else a call could make. */
  readonly lists: readonly string[];
  /** Attributes that can't be as in the example in every call: unique ones, ids, and what not every caller may grant. */
  readonly attributes?: (id: string) => Readonly<Record<string, unknown>>;
  /** Addresses that tell the state of the subject alone. */
  readonly own?: (id: string) => readonly string[];
  /** Whether calls name the subject in their body, so that to whom it is hidden they are forbidden. */
  readonly isNamedInBody?: true;
  /** From whom it is hidden: users are staff, so that whoever may manage them sees all of the firm. */
  readonly hiddenFrom: 'other firms and whom it is not permitted to' | 'other firms';
  /** Makes one that belongs to the caller with these headers, where nobody else sees it. */
  readonly makeOwn?: (server: string, headers: Readonly<Record<string, string>>) => Promise<string>;
  /** Makes one that has more rights than a caller with all permissions and no data, who must not change it. */
  readonly makeGreater?: (world: World) => Promise<string>;
}

const FILES = '/files?filter[files][includedObjects]=FILES_AND_FOLDERS';
const DATA = 'other firms and whom it is not permitted to';

let made = 0;
/** A name that nothing else has, short enough for every attribute. */
const unique = (): string => `matrix-${process.pid}-${++made}`;
const address = (): string => `${randomUUID()}@example.test`;

/** Whether the subject is linked before the call: for those that read links or take them away. */
const isLinked = ({ method }: Operation): boolean => method === 'GET' || method === 'DELETE';

async function makeFile({ files, entity, group }: World, operation: Operation): Promise<string> {
  const { id } = await files.createIn(isLinked(operation) ? { entities: [entity], groups: [group] } : {}, 'matrix.txt');
  return id;
}

/** Invited before access can be revoked, revoked before it can be restored. */
async function makeContact({ people, entity, group }: World, operation: Operation): Promise<string> {
  const linked = isLinked(operation);
  const names = { first_name: 'Matrix', login_email: address() };
  const { id } = await people.contact(names, linked ? [entity] : [], linked ? [group] : []);
  const step = operation.path.split('/').at(-1);
  if (step === 'revoke' || step === 'restore') await people.invite(id).expect(204);
  if (step === 'restore') await people.revoke(id).expect(204);
  return id;
}

/** Files that concern a contact, published when the operation is about what is published. */
async function makePublishable({ files, entity }: World, { path }: Operation): Promise<string> {
  const { id } = await files.createIn({ entities: [entity] }, 'matrix.txt');
  if (!path.endsWith('/publish_files')) await publish(files, [id]);
  return id;
}

/** The id of a call that published two files, from the address of its second page. */
async function makeCall({ files, entity }: World): Promise<string> {
  const both = [
    await files.createIn({ entities: [entity] }, '1.txt'),
    await files.createIn({ entities: [entity] }, '2.txt'),
  ];
  const { next } = await publish(files, both.map(({ id }) => id)); // prettier-ignore
  return /publish_files\/([\w-]+)/.exec(next)?.[1] ?? '';
}

/** Begins an upload, and answers its id. */
const makeUpload = async (server: string, headers: Readonly<Record<string, string>>): Promise<string> =>
  (await new UploadsApi(server, headers).begin(100)).split('/').at(-1) ?? '';

async function publish(files: FilesApi, ids: readonly string[]): Promise<{ next: string }> {
  const attributes = { files_id: ids.map(Number), portal_publishing: 'publish', contact_notification: 'do_not_notify' };
  const data = { type: 'publish_portal_files_request', attributes };
  const answer = await files.sendData('post', '/portal/publish_files?page[limit]=1', data);
  if (answer.status !== 200) throw new Error(`publishing was answered ${answer.status}: ${answer.text}`);
  return (answer.body as { links: { next: string } }).links;
}

const PUBLISHABLE: Omit<Resource, 'isNamedInBody'> = {
  make: makePublishable,
  lists: [],
  own: (id) => [`/files/${id}/publications`],
  attributes: (id) => ({ files_id: [Number(id)] }),
  hiddenFrom: DATA,
};

/** By the path after /v1; of several that fit, the longest. */
const RESOURCES: Readonly<Record<string, Resource>> = {
  files: { make: makeFile, lists: [FILES, `/archive${FILES}`], hiddenFrom: DATA },
  'archive/files': {
    make: async (world, operation) => {
      const id = await makeFile(world, operation);
      await world.files.archive(id);
      return id;
    },
    lists: [FILES, `/archive${FILES}`],
    hiddenFrom: DATA,
  },
  entities: {
    make: async ({ people }) => (await people.entity({ original_name: 'Matrix' })).id,
    lists: ['/entities'],
    attributes: () => ({ external_id: unique() }),
    hiddenFrom: DATA,
  },
  groups: {
    make: async ({ people, entity }, operation) =>
      (await people.group('Matrix', isLinked(operation) ? [entity] : [])).id,
    lists: ['/groups'],
    hiddenFrom: DATA,
  },
  contacts: {
    make: makeContact,
    lists: ['/contacts'],
    attributes: () => ({ login_email: address(), external_user_id: unique() }),
    hiddenFrom: DATA,
  },
  users: {
    make: async ({ people }) => (await people.user()).id,
    lists: ['/users'],
    attributes: () => ({
      ...{ email: address(), external_user_id: unique() },
      ...{ permissions: [], all_data_access: false, password: undefined },
    }),
    hiddenFrom: 'other firms',
    makeGreater: async ({ people }) => (await people.user({ all_data_access: true })).id,
  },
  'portal/publish_files': { ...PUBLISHABLE, isNamedInBody: true },
  'portal/unpublish_files': { ...PUBLISHABLE, isNamedInBody: true },
  'portal/publish_files/{call}': { make: makeCall, lists: [], hiddenFrom: DATA },
  publish_files_result: PUBLISHABLE,
  uploads: { make: makeFile, lists: [FILES], hiddenFrom: DATA },
  'uploads/{id}': {
    make: ({ files }) => makeUpload(files.url, files.headers),
    makeOwn: makeUpload,
    lists: [],
    own: (id) => [`/uploads/${id}`],
    hiddenFrom: DATA,
  },
  api_version: { make: async () => '1', lists: [], hiddenFrom: 'other firms' },
};

/** @throws Error that says what to add for a resource that the matrix does not know */
export function resourceOf({ name, path }: Operation): Resource {
  const known = Object.keys(RESOURCES).filter((key) => `${path}/`.startsWith(`/v1/${key}/`));
  const resource = RESOURCES[known.sort((one, other) => other.length - one.length)[0] ?? ''];
  if (resource) return resource;
  throw new Error(
    `${name} is about a resource that the access matrix does not know: add to RESOURCES in test/access/resources.ts ` +
      'how one is made, which lists tell its state, which attributes must be unique, and from whom it is hidden',
  );
}

export async function makeWorld(server: Portico): Promise<World> {
  const people = PeopleApi.of(server);
  const { id: entity } = await people.entity();
  const { id: group } = await people.group();
  const { id: contact } = await people.contact({ login_email: address() }, [entity]);
  await people.invite(contact).expect(204);
  return { files: new FilesApi(server.url, server.headers), people, entity, group };
}

/**
 * The subject and everything that came after it, in each list, and the subject alone unless it is gone, as the caller
 * with these headers sees it.
 */
export async function stateAround(
  resource: Resource,
  id: string,
  { url, headers }: { readonly url: string; readonly headers: Readonly<Record<string, string>> },
): Promise<unknown[]> {
  const { lists, own = () => [] } = resource;
  const since = lists.map((list) => `${list}${list.includes('?') ? '&' : '?'}page[after]=${BigInt(id) - 1n}`);
  return Promise.all(
    [...since, ...own(id)].map(async (address) => {
      const answer = await fetch(`${url}/api/v1${address}`, { headers });
      if (answer.status === 404 && own(id).includes(address)) return null;
      const body = (await answer.json()) as { data?: unknown };
      if (answer.status !== 200) throw new Error(`${address} was answered ${answer.status}: ${JSON.stringify(body)}`);
      return body.data;
    }),
  );
}
