import { randomUUID } from 'node:crypto';
import { expect } from '@jest/globals';
import supertest, { type Response, type Test } from 'supertest';
import { expectStatus } from './expected-answers.js';
import { PeopleApi } from './people-api.js';
import type { Portico } from './portico.js';

export const PASSWORD = 'correct horse battery';

export interface Token {
  readonly token: string;
  readonly createdAt: string;
  readonly expiresAt: string;
}

export interface Session {
  readonly '2faRequired': boolean;
  readonly accessToken: Token;
  readonly refreshToken: Token;
}

type Headers = Readonly<Record<string, string>>;
type Method = 'get' | 'head' | 'post' | 'put' | 'patch' | 'delete';

/** The Back Office API over HTTP, as the session with this access token sees it. */
export class BackOfficeApi {
  constructor(
    readonly url: string,
    readonly headers: Headers = {},
  ) {}

  /** A new user of the first firm with these permissions beside `back_office`, signed in. */
  static async of(
    server: Portico,
    { permissions = ['firm_admin'], ...attributes }: { permissions?: readonly string[]; [name: string]: unknown } = {},
    relationships?: object,
  ): Promise<BackOfficeApi> {
    const email = await staff(server, { permissions: ['back_office', ...permissions], ...attributes }, relationships);
    return BackOfficeApi.signedIn(server.url, email);
  }

  /** The administrator of another firm. */
  static async ofAnotherFirm(server: Portico): Promise<BackOfficeApi> {
    const email = `${randomUUID()}@other.test`;
    const named = ['--name', 'Other Firm', '--admin-email', email, '--admin-password', PASSWORD];
    const { code, stderr } = await server.operate('firm', 'create', ...named, '--json');
    if (code !== 0) throw new Error(stderr);
    return BackOfficeApi.signedIn(server.url, email);
  }

  static async signedIn(url: string, email: string, password = PASSWORD): Promise<BackOfficeApi> {
    const { accessToken } = await new BackOfficeApi(url).session({ email, password });
    return new BackOfficeApi(url, { Authorization: `Bearer ${accessToken.token}` });
  }

  /** The same with more headers. */
  with(headers: Headers): BackOfficeApi {
    return new BackOfficeApi(this.url, { ...this.headers, ...headers });
  }

  call(method: Method, path: string): Test {
    return supertest(this.url)[method](`/api/v2${path}`).set(this.headers);
  }

  get(path: string): Test {
    return this.call('get', path);
  }

  /** Sends `body` as JSON. */
  send(method: Exclude<Method, 'get' | 'head'>, path: string, body: unknown): Test {
    return this.call(method, path).set('Content-Type', 'application/json').send(JSON.stringify(body));
  }

  /** Opens a session. */
  async session(body: object): Promise<Session> {
    return (await this.expecting(200, this.send('post', '/signin', body))) as Session;
  }

  /** The body of an answer with that status. */
  async expecting(status: number, test: Test): Promise<unknown> {
    const answer = await test;
    expectStatus(answer, status);
    return answer.body as unknown;
  }

  /** Makes one of `path` and answers what the server says of it. */
  async create<T = Record<string, unknown>>(path: string, body: object): Promise<T & { id: number }> {
    return (await this.expecting(201, this.send('post', path, body))) as T & { id: number };
  }

  async read<T = Record<string, unknown>>(path: string): Promise<T> {
    return (await this.expecting(200, this.get(path))) as T;
  }
}

/** The address of a new user of the first firm, whose password is PASSWORD. */
export async function staff(server: Portico, attributes: object, relationships?: object): Promise<string> {
  const given = { email: `${randomUUID()}@example.test`, password: PASSWORD, all_data_access: true, ...attributes };
  const user = await PeopleApi.of(server).user(given, relationships);
  return String(user.attributes['email']);
}

const MEMBERS = ['type', 'title', 'status', 'detail', 'code', 'requestId'];

/** Expects a refusal in exactly the shape of the contract (section 6, "Errors"). */
export function expectProblem(answer: Response, status: number, code: string, errors?: readonly object[]): void {
  expectStatus(answer, status);
  expect(answer.headers['content-type']).toBe('application/problem+json');
  const { errors: told, ...problem } = answer.body as Record<string, unknown>;
  expect(Object.keys(problem).sort()).toEqual([...MEMBERS].sort());
  expect(problem).toMatchObject({ type: 'about:blank', status, code, requestId: answer.headers['x-request-id'] });
  expect(answer.headers['content-language']).toMatch(/^(?:en|ja|de|fr|es)$/);
  expect(JSON.stringify(answer.body)).not.toMatch(/node_modules|\.[jt]s:\d|\bat \w+ \(|\bselect\b .*\bfrom\b/i);
  if (errors) expect(told).toEqual(errors.map((one) => expect.objectContaining(one)));
}
