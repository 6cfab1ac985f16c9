import { expect } from '@jest/globals';
import supertest, { type Response, type Test } from 'supertest';
import { filePart, metadataPart, multipart, type Part } from './multipart.js';

export const JSON_API = 'application/vnd.api+json';
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

  /** Sends `body` as it is, in the media type of JSON:API. */
  patchRaw(path: string, body: string, type = JSON_API): Test {
    return supertest(this.url).patch(`${this.base}${path}`).set(this.headers).set('Content-Type', type).send(body);
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

export function dataOf(answer: Response): FileResource {
  return (answer.body as { data: FileResource }).data;
}

/** Expects the status; when it is another one, the body is told too. */
export function expectStatus(answer: Response, status: number): void {
  const body = answer.status === status ? '' : answer.text;
  expect({ status: answer.status, body }).toEqual({ status, body: '' });
}

/** Expects a refusal in exactly the shape of the contract (section 4, "Errors"), with the first error like `fault`. */
export function expectRefusal(answer: Response, status: number, fault: object = {}): void {
  expectStatus(answer, status);
  expect(answer.headers['content-type']).toBe(JSON_API);
  const { errors, ...others } = answer.body as { errors: Record<string, unknown>[] };
  expect(others).toEqual({});
  expect(errors.length).toBeGreaterThan(0);
  for (const error of errors) {
    const { source = {}, ...rest } = error;
    expect(rest).toEqual({
      id: answer.headers['x-request-id'],
      status: String(status),
      code: expect.stringMatching(/^[a-z]+(?:_[a-z]+)*$/),
      title: TITLES[status],
      detail: expect.stringMatching(/\S/),
    });
    expect(Object.keys(source as object).filter((key) => !SOURCES.includes(key))).toEqual([]);
  }
  expect(JSON.stringify(answer.body)).not.toMatch(/node_modules|\.[jt]s:\d|\bat \w+ \(|\bselect\b .*\bfrom\b/i);
  expect(errors[0]).toMatchObject(fault);
}

const SOURCES = ['pointer', 'parameter', 'header'];

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  412: 'Precondition Failed',
  413: 'Payload Too Large',
  415: 'Unsupported Media Type',
  416: 'Range Not Satisfiable',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};
