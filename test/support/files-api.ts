import supertest, { type Response, type Test } from 'supertest';
import { expectStatus, JSON_API } from './expected-answers.js';
import { filePart, metadataPart, multipart, type Part } from './multipart.js';

export { expectRefusal, expectStatus, JSON_API } from './expected-answers.js';

export const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;

export interface FileResource {
  readonly id: string;
  readonly type: string;
  readonly attributes: {
    readonly name: string;
    readonly content_type: string;
    readonly bytes: number;
    readonly created_at: string;
    readonly modified_at: string;
    readonly deleted_at?: string;
    readonly is_folder: boolean;
    readonly parent_folder_id: number;
    readonly sha256: string;
  };
  readonly relationships: Readonly<Record<`associated_${Kind}`, { readonly data: readonly Linked[] }>>;
}

/** What a file or folder can be associated with. */
export type Kind = 'entities' | 'groups';

export interface Linked {
  readonly type: string;
  readonly id: string;
}

/** Where something new shall stand, and with what it shall be associated itself. */
export interface Place {
  readonly parent?: string | number;
  readonly path?: string;
  readonly entities?: readonly string[];
  readonly groups?: readonly string[];
}

export interface FileList {
  readonly data: readonly FileResource[];
  readonly links: { readonly next: string | null };
}

type Headers = Readonly<Record<string, string>>;

/** The Files API over HTTP, as the caller with these headers sees it. */
export class FilesApi {
  constructor(
    readonly url: string,
    readonly headers: Headers,
    readonly base = '/api/v1',
  ) {}

  get(path: string): Test {
    return supertest(this.url).get(`${this.base}${path}`).set(this.headers);
  }

  head(path: string): Test {
    return supertest(this.url).head(`${this.base}${path}`).set(this.headers);
  }

  delete(path: string): Test {
    return supertest(this.url).delete(`${this.base}${path}`).set(this.headers);
  }

  post(path: string): Test {
    return supertest(this.url).post(`${this.base}${path}`).set(this.headers);
  }

  /** Sends `body` as it is. */
  sendRaw(method: 'post' | 'patch' | 'delete', path: string, body: string, type = JSON_API): Test {
    return supertest(this.url)[method](`${this.base}${path}`).set(this.headers).set('Content-Type', type).send(body);
  }

  /** Sends `{ data }`. */
  sendData(method: 'post' | 'patch' | 'delete', path: string, data: unknown): Test {
    return this.sendRaw(method, path, JSON.stringify({ data }));
  }

  patchRaw(path: string, body: string, type?: string): Test {
    return this.sendRaw('patch', path, body, type);
  }

  /** `PATCH /files/:id` with these attributes. */
  change(id: string, attributes: object): Test {
    return this.patchRaw(`/files/${id}`, JSON.stringify({ data: { id, type: 'files', attributes } }));
  }

  rename(id: string, name: string): Test {
    return this.change(id, { name });
  }

  /** Sends the parts in this order. */
  send(parts: readonly Part[], path = '/files'): Test {
    const { type, body } = multipart(parts);
    return this.post(path).set('Content-Type', type).send(body);
  }

  /** Stores a file and answers what the server says of it. */
  async create(name: string, content: string | Buffer = `content of ${name}`): Promise<FileResource> {
    const answer = await this.send([filePart(name, content), metadataPart({ name })]);
    expectStatus(answer, 201);
    return dataOf(answer);
  }

  /** `POST /files` of a file at this place. */
  upload(name: string, place: Place = {}, content: string | Buffer = `content of ${name}`): Test {
    const data = { type: 'files', attributes: { name, ...placed(place) }, relationships: linkage(place) };
    return this.send([filePart(name, content), { name: 'metadata', content: JSON.stringify({ data }) }]);
  }

  /** Stores a file at this place and answers what the server says of it. */
  async createIn(place: Place, name: string, content?: string | Buffer): Promise<FileResource> {
    return created(await this.upload(name, place, content));
  }

  /** `POST /files` of a folder at this place. */
  postFolder(name: string, place: Place = {}): Test {
    const attributes = { name, is_folder: true, ...placed(place) };
    return this.sendData('post', '/files', { type: 'files', attributes, relationships: linkage(place) });
  }

  /** Makes a folder and answers what the server says of it. */
  async createFolder(name: string, place: Place = {}): Promise<FileResource> {
    return created(await this.postFolder(name, place));
  }

  /** Folders in one another, each called by its level; the topmost, at `place`, is the first. */
  async createChain(levels: number, place: Place = {}): Promise<FileResource[]> {
    const chain: FileResource[] = [];
    for (let level = 1; level <= levels; level++)
      chain.push(await this.createFolder(`level ${level}`, level === 1 ? place : { parent: chain.at(-1)?.id }));
    return chain;
  }

  /** `PATCH /files/:id` with another folder. */
  move(id: string, parent: string | number): Test {
    return this.change(id, { parent_folder_id: parent });
  }

  /** `PATCH /files/:id` with these relationships. */
  relate(id: string, place: Place): Test {
    return this.sendData('patch', `/files/${id}`, { id, type: 'files', relationships: linkage(place) });
  }

  /** Adds (`post`), replaces (`patch`) or removes (`delete`) associations through their own route. */
  link(method: 'post' | 'patch' | 'delete', id: string, kind: Kind, ids: readonly (string | number)[]): Test {
    return this.sendData(method, `/files/${id}/relationships/associated_${kind}`, linkedTo(kind, ids));
  }

  /** The ids that the relationship of the file tells. */
  async linked(id: string, kind: Kind, collection = '/files'): Promise<string[]> {
    const answer = await this.get(`${collection}/${id}/relationships/associated_${kind}`);
    expectStatus(answer, 200);
    return (answer.body as { data: Linked[] }).data.map((linked) => linked.id);
  }

  /** What the server says of an active file, or of an archived one. */
  async read(id: string, collection = '/files'): Promise<FileResource> {
    const answer = await this.get(`${collection}/${id}`);
    expectStatus(answer, 200);
    return dataOf(answer);
  }

  async archive(...ids: readonly string[]): Promise<void> {
    for (const id of ids) expectStatus(await this.delete(`/files/${id}`), 204);
  }

  /** `POST /archive/files/:id/restore`, to its own folder or to another one. */
  restore(id: string, parent?: string | number): Test {
    const path = `/archive/files/${id}/restore`;
    if (parent === undefined) return this.post(path);
    return this.sendData('post', path, { id, type: 'files', attributes: { parent_folder_id: parent } });
  }

  /** Stores a file and archives it. */
  async createArchived(name: string, content?: string | Buffer): Promise<FileResource> {
    const file = await this.create(name, content);
    const answer = await this.delete(`/files/${file.id}`);
    expectStatus(answer, 204);
    return file;
  }

  /** The bytes behind `path`. */
  async download(path: string, headers: Headers = {}): Promise<Response & { body: Buffer }> {
    return await this.get(path).set(headers).responseType('blob');
  }

  /** Follows `links.next` from `path` to the end, and answers the pages. */
  async walk(path: string): Promise<FileList[]> {
    const pages: FileList[] = [];
    for (let next: string | null = path; next !== null;) {
      const answer: Response = await this.get(next);
      expectStatus(answer, 200);
      const page = answer.body as FileList;
      pages.push(page);
      next = page.links.next === null ? null : page.links.next.replace(/^\/v1/, '');
    }
    return pages;
  }

  /** All ids that the list at `path` holds. */
  async ids(path = '/files'): Promise<string[]> {
    return (await this.walk(path)).flatMap((page) => page.data.map(({ id }) => id));
  }
}

/** The linkage of entities or groups with these ids. */
export function linkedTo(kind: Kind, ids: readonly (string | number)[]): { type: Kind; id: string | number }[] {
  return ids.map((id) => ({ type: kind, id }));
}

/** The `relationships` of a body; a kind that is not given is not in it. */
export function linkage({ entities, groups }: Place): object {
  return {
    ...(entities && { associated_entities: { data: linkedTo('entities', entities) } }),
    ...(groups && { associated_groups: { data: linkedTo('groups', groups) } }),
  };
}

/** The ids of the entities, or groups, that a resource shows. */
export function idsIn({ relationships }: FileResource, kind: Kind): string[] {
  return relationships[`associated_${kind}`].data.map(({ id }) => id);
}

function placed({ parent, path }: Place): object {
  return { ...(parent !== undefined && { parent_folder_id: parent }), ...(path !== undefined && { file_path: path }) };
}

function created(answer: Response): FileResource {
  expectStatus(answer, 201);
  return dataOf(answer);
}

export function dataOf(answer: Response): FileResource {
  return (answer.body as { data: FileResource }).data;
}
