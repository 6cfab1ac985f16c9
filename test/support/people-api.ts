import { randomUUID } from 'node:crypto';
import type { Response, Test } from 'supertest';
import { DirectoryApi, type Linkage, restrictedApi } from './directory-api.js';
import { expectStatus } from './files-api.js';
import { keyHeaders, Operator } from './operator.js';
import type { Portico } from './portico.js';

type Kind = 'entities' | 'groups';

export interface Person {
  readonly id: string;
  readonly type: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly relationships: Readonly<Record<string, { readonly data: readonly Linkage[] }>>;
  readonly links: { readonly self: string };
}

/** Contacts and users over HTTP, as the caller with these headers sees them. */
export class PeopleApi extends DirectoryApi {
  /** The administrator of the server's first firm. */
  static of(server: Portico): PeopleApi {
    return new PeopleApi(server.url, server.headers);
  }

  /** A new user of the first firm, who may see these entities and groups and no other data. */
  static async restricted(
    server: Portico,
    may: { permissions: readonly string[]; entities?: readonly string[]; groups?: readonly string[] },
  ): Promise<PeopleApi> {
    return new PeopleApi(server.url, (await restrictedApi(server, may)).headers);
  }

  /** A user of the first firm, with a new key. */
  static async as(server: Portico, email: string): Promise<PeopleApi> {
    const { firmId } = server.credentials;
    return new PeopleApi(server.url, keyHeaders(await new Operator(server).apiKey(email), firmId));
  }

  create(type: 'contacts' | 'users', attributes: object, relationships?: object): Test {
    return this.send('post', `/${type}`, { type, attributes, relationships });
  }

  patch(type: 'contacts' | 'users', id: string, attributes?: object, relationships?: object): Test {
    return this.send('patch', `/${type}/${id}`, { id, type, attributes, relationships });
  }

  /** Adds a contact and answers what the server says of it. */
  async contact(attributes: object = {}, entities: readonly string[] = [], groups: readonly string[] = []) {
    const relationships = {
      entity_affiliations: { data: linkage('entities', entities) },
      group_affiliations: { data: linkage('groups', groups) },
    };
    const names = { first_name: 'Adam', last_name: 'Smith' };
    return personOf(await this.create('contacts', { ...names, ...attributes }, relationships), 201);
  }

  /** Adds a user and answers what the server says of it. */
  async user(attributes: object = {}, relationships?: object): Promise<Person> {
    const given = { email: `${randomUUID()}@example.test`, name: 'Ann', ...attributes };
    return personOf(await this.create('users', given, relationships), 201);
  }

  /** What the server says of a contact or user now. */
  async read(path: string): Promise<Person> {
    return personOf(await this.get(path));
  }

  /** The ids of a relationship of a contact, as its own route tells them. */
  async affiliations(contact: string, kind: Kind): Promise<string[]> {
    const answer = await this.get(relationshipPath(contact, kind));
    expectStatus(answer, 200);
    return (answer.body as { data: { id: string }[] }).data.map(({ id }) => id);
  }

  /** Adds (`post`), replaces (`patch`) or removes (`delete`) affiliations of a contact. */
  affiliate(method: 'post' | 'patch' | 'delete', contact: string, kind: Kind, ids: readonly unknown[]): Test {
    return this.send(method, relationshipPath(contact, kind), linkage(kind, ids));
  }

  invite(contact: string): Test {
    return this.send('post', `/contacts/${contact}/invite`, {});
  }

  revoke(contact: string): Test {
    return this.send('patch', `/contacts/${contact}/revoke`, {});
  }

  restore(contact: string): Test {
    return this.send('patch', `/contacts/${contact}/restore`, {});
  }
}

export function linkage(type: Kind, ids: readonly unknown[]): { type: Kind; id: unknown }[] {
  return ids.map((id) => ({ type, id }));
}

export function relationshipPath(contact: string, kind: Kind): string {
  return `/contacts/${contact}/relationships/${kind === 'entities' ? 'entity' : 'group'}_affiliations`;
}

/** The resource of an answer with that status. */
export function personOf(answer: Response, status = 200): Person {
  expectStatus(answer, status);
  return (answer.body as { data: Person }).data;
}
