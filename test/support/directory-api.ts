import { randomUUID } from 'node:crypto';
import supertest, { type Response, type Test } from 'supertest';
import { expectStatus, JSON_API } from './files-api.js';
import { keyHeaders, Operator } from './operator.js';
import type { Portico } from './portico.js';

type Headers = Readonly<Record<string, string>>;
type Collection = 'entities' | 'groups';

export interface Linkage {
  readonly type: string;
  readonly id: string | number;
}

export interface DirectoryResource {
  readonly id: string;
  readonly type: string;
  readonly attributes: Readonly<Record<string, string | null>>;
  readonly relationships?: { readonly members: { readonly data: readonly Linkage[] } };
}

interface List {
  readonly data: readonly DirectoryResource[];
  readonly links: { readonly next: string | null };
}

/** Entities and groups over HTTP, as the caller with these headers sees them. */
export class DirectoryApi {
  constructor(
    readonly url: string,
    readonly headers: Headers,
    readonly base = '/api/v1',
  ) {}

  get(path: string): Test {
    return supertest(this.url).get(`${this.base}${path}`).set(this.headers);
  }

  delete(path: string): Test {
    return supertest(this.url).delete(`${this.base}${path}`).set(this.headers);
  }

  /** Sends `body` as it is. */
  sendRaw(method: 'post' | 'patch' | 'delete', path: string, body: string, type = JSON_API): Test {
    return supertest(this.url)[method](`${this.base}${path}`).set(this.headers).set('Content-Type', type).send(body);
  }

  /** Sends `{ data }`. */
  send(method: 'post' | 'patch' | 'delete', path: string, data: unknown, type = JSON_API): Test {
    return this.sendRaw(method, path, JSON.stringify({ data }), type);
  }

  /** `PATCH` of the attributes of one resource. */
  change(type: Collection, id: string, attributes: object): Test {
    return this.send('patch', `/${type}/${id}`, { id, type, attributes });
  }

  /** Adds an entity and answers what the server says of it. */
  async entity(attributes: object = {}): Promise<DirectoryResource> {
    const given = { original_name: 'Adam Smith', model_type: 'PERSON_NODE', ...attributes };
    return created(await this.send('post', '/entities', { type: 'entities', attributes: given }));
  }

  /** Adds a group with these members and answers what the server says of it. */
  async group(name = 'Smith Family', members: readonly string[] = []): Promise<DirectoryResource> {
    const relationships = { members: { data: entities(...members) } };
    return created(await this.send('post', '/groups', { type: 'groups', attributes: { name }, relationships }));
  }

  /** The ids of the group's members, as its relationship tells them. */
  async members(group: string): Promise<string[]> {
    const answer = await this.get(`/groups/${group}/relationships/members`);
    expectStatus(answer, 200);
    return (answer.body as { data: { id: string }[] }).data.map(({ id }) => id);
  }

  /** Follows `links.next` from `path` to the end, and answers the pages as ids. */
  async pages(path: string): Promise<string[][]> {
    const pages: string[][] = [];
    for (let next: string | null = path; next !== null;) {
      const answer: Response = await this.get(next);
      expectStatus(answer, 200);
      const { data, links } = answer.body as List;
      pages.push(data.map(({ id }) => id));
      next = links.next === null ? null : links.next.replace(/^\/v1/, '');
    }
    return pages;
  }

  /** All ids that the list at `path` holds. */
  async ids(path: string): Promise<string[]> {
    return (await this.pages(path)).flat();
  }
}

/** The resource of an answer. */
export function resourceOf(answer: Response): DirectoryResource {
  return (answer.body as { data: DirectoryResource }).data;
}

/** The linkage of entities with these ids. */
export function entities(...ids: readonly (string | number)[]): Linkage[] {
  return ids.map((id) => ({ type: 'entities', id }));
}

/** The API as a new user of the first firm sees it, who may see these entities and groups and no other data. */
export async function restrictedApi(
  server: Portico,
  may: { permissions?: readonly string[]; entities?: readonly string[]; groups?: readonly string[] } = {},
): Promise<DirectoryApi> {
  const { firmId } = server.credentials;
  const email = `${randomUUID()}@example.test`;
  const permissions = ['api_access', ...(may.permissions ?? ['entities_manage', 'groups_manage'])].join(',');
  const data = (['entities', 'groups'] as const).flatMap((of) => (may[of] ? [`--${of}`, may[of].join(',')] : []));
  const user = ['--firm', firmId, '--email', email, '--name', email, '--permissions', permissions, ...data];
  const { code, stderr } = await server.operate('user', 'create', ...user, '--json');
  if (code !== 0) throw new Error(`no user: ${stderr}`);
  return new DirectoryApi(server.url, keyHeaders(await new Operator(server).apiKey(email), firmId));
}

function created(answer: Response): DirectoryResource {
  expectStatus(answer, 201);
  return resourceOf(answer);
}
