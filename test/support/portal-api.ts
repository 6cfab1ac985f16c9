import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { expect } from '@jest/globals';
import supertest, { type Response, type Test } from 'supertest';
import { FilesApi } from './files-api.js';
import { expectStatus } from './expected-answers.js';
import { PeopleApi } from './people-api.js';
import type { Portico } from './portico.js';
import { sqlOn } from './server-database.js';

export interface PortalFile {
  readonly id: string;
  readonly name: string;
  readonly is_read: boolean;
  readonly viewed_at: string | null;
  readonly downloaded_at: string | null;
  readonly acknowledged_at: string | null;
}

export interface Client {
  readonly id: string;
  readonly entityId: string;
}

/** The headers with which the portal worker says for whom it calls; undefined leaves one out. */
export interface PortalHeaders {
  readonly company?: string | undefined;
  readonly role?: string | undefined;
  readonly user?: string | undefined;
  readonly group?: string | undefined;
}

/** The Portal API over HTTP, as the portal worker with this token calls it for one client. */
export class PortalApi {
  constructor(
    readonly url: string,
    private readonly token: string | null,
    private readonly whom: PortalHeaders,
  ) {}

  /** The same worker for somebody else, or with headers left out. */
  as(whom: PortalHeaders): PortalApi {
    return new PortalApi(this.url, this.token, { ...this.whom, ...whom });
  }

  /** The same with another token, or none. */
  with(token: string | null): PortalApi {
    return new PortalApi(this.url, token, this.whom);
  }

  get headers(): Record<string, string> {
    const { company, role, user, group } = this.whom;
    const all = {
      Authorization: this.token === null ? undefined : `Bearer ${this.token}`,
      'X-Portal-Company-Id': company,
      'X-Portal-User-Role': role,
      'X-Portal-User-Id': user,
      'X-Portal-Group-Company-Ids': group,
    };
    const given = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined);
    return Object.fromEntries(given);
  }

  call(method: 'get' | 'head' | 'post' | 'put' | 'patch' | 'delete', path: string): Test {
    return supertest(this.url)[method](`/api/portal${path}`).set(this.headers);
  }

  get(path: string): Test {
    return this.call('get', path);
  }

  acknowledge(id: string): Test {
    return this.call('post', `/files/${id}/acknowledge`);
  }

  async list(query = ''): Promise<{ files: PortalFile[]; next: string | null }> {
    const answer = await this.get(`/files${query}`);
    expectStatus(answer, 200);
    return answer.body as { files: PortalFile[]; next: string | null };
  }

  /** The ids on the first page. */
  async ids(query = ''): Promise<string[]> {
    return (await this.list(query)).files.map(({ id }) => id);
  }

  async download(id: string, headers: Record<string, string> = {}): Promise<Response & { body: Buffer }> {
    return await this.get(`/files/${id}/download`).set(headers).responseType('blob');
  }
}

/** Expects a refusal in exactly the format of the Portal API. */
export function expectPortalRefusal(answer: Response, status: number, code: string): void {
  expectStatus(answer, status);
  expect(answer.headers['content-type']).toBe('application/json');
  const body = (Buffer.isBuffer(answer.body) ? JSON.parse(answer.body.toString()) : answer.body) as object;
  expect(body).toEqual({ error: expect.stringMatching(/\S/), code });
}

/** What the firm of a server has for the portal: clients, contacts, and what is published to them. */
export class PortalWorld {
  readonly files: FilesApi;
  readonly people: PeopleApi;

  constructor(
    readonly server: Portico,
    private readonly token: string,
  ) {
    this.files = new FilesApi(server.url, server.headers);
    this.people = PeopleApi.of(server);
  }

  /** A new client, made as an operator does. */
  async client(name = 'Client', parent?: string, firm = this.server.credentials.firmId): Promise<Client> {
    const above = parent === undefined ? [] : ['--parent', parent];
    const { code, stdout, stderr } = await this.server.operate(
      ...['client', 'create', '--firm', firm, '--name', name, '--json'],
      ...above,
    );
    if (code !== 0) throw new Error(`no client: ${stderr}`);
    return JSON.parse(stdout) as Client;
  }

  /** A new contact of the client, invited to the portal. */
  async contact(client: string, attributes: object = {}): Promise<string> {
    const login = { login_email: `${randomUUID()}@example.test`, portal_role: 'admin', client_id: client };
    const { id } = await this.people.contact({ ...login, ...attributes });
    expectStatus(await this.people.invite(id), 204);
    return id;
  }

  /** The portal of a contact. */
  portalOf(company: string, user?: string, role = 'admin'): PortalApi {
    return new PortalApi(this.server.url, this.token, { company, role, user });
  }

  /** A new file, published to the contacts. */
  async published(name: string, contacts: readonly string[], content?: string | Buffer): Promise<string> {
    const { id } = await this.files.create(name, content);
    await this.publish(id, contacts);
    return id;
  }

  /** Publishes a file to these contacts and to nobody else. */
  async publish(file: string, contacts: readonly string[]): Promise<void> {
    await this.portalCall('publish_files', 'publish_portal_files_request', {
      files_id: [Number(file)],
      publish_override_contact_ids: contacts.map(Number),
      portal_publishing: 'do_not_publish',
      contact_notification: 'do_not_notify',
    });
  }

  /** Takes a file back from a contact. */
  async withdraw(file: string, contact: string): Promise<void> {
    const attributes = { files_id: [Number(file)], contact_ids: [Number(contact)] };
    await this.portalCall('unpublish_files', 'unpublish_portal_files_request', attributes);
  }

  /** Takes the bytes of a file away from the store, which nothing else does. */
  async removeBytes(file: string): Promise<void> {
    const [row] = await this.sql('select blob_key as key from files where id = $1', [file]);
    const key = String(row?.['key']);
    await rm(path.join(this.server.dataDir, 'blobs', key.slice(0, 2), key));
  }

  /** The events of the chain about a file, in their order. */
  async events(file: string): Promise<{ kind: string; contact: string; data: Record<string, unknown> }[]> {
    const rows = await this.sql(
      `select kind, contact_id::text as contact, data from proof_events
       where file_id = $1 and kind not in ('published', 'withdrawn') order by seq`,
      [file],
    );
    return rows as { kind: string; contact: string; data: Record<string, unknown> }[];
  }

  /** The receipt of a file, as the firm sees it. */
  async receipt(file: string): Promise<unknown> {
    const answer = await this.files.get(`/files/${file}/receipt`);
    expectStatus(answer, 200);
    return (answer.body as { data: { attributes: unknown } }).data.attributes;
  }

  sql(text: string, values: readonly unknown[] = []): Promise<Record<string, unknown>[]> {
    return sqlOn(this.server, text, values);
  }

  private async portalCall(route: string, type: string, attributes: object): Promise<void> {
    expectStatus(await this.files.sendData('post', `/portal/${route}`, { type, attributes }), 200);
  }
}
