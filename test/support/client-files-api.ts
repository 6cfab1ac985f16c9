import type { Response, Test } from 'supertest';
import type { BackOfficeApi } from './back-office-api.js';
import { expectStatus } from './expected-answers.js';
import { type FilesApi, type FileResource } from './files-api.js';
import { filePart, multipart, type Part } from './multipart.js';

export interface ListedFile {
  readonly id: number;
  readonly name: string;
  readonly file: string;
  readonly directoryId: number | null;
  readonly priority: number;
}

export interface ChangedFile {
  readonly id: number;
  readonly name: string;
  readonly clientId: number;
  readonly directoryId: number | null;
  readonly file: string;
}

export interface Folder {
  readonly id: number;
  readonly name: string;
  readonly clientId: number;
  readonly directoryId: number | null;
  readonly treeFolderId: number | null;
}

/** The files and folders of one client, over HTTP. */
export class ClientFilesApi {
  constructor(
    readonly api: BackOfficeApi,
    readonly id: number,
    readonly entityId: string,
  ) {}

  /** Those of a new client. */
  static async of(api: BackOfficeApi, name = 'Smith Holding'): Promise<ClientFilesApi> {
    const { id, entityId } = await api.create<{ entityId: number }>('/clients', { name });
    return new ClientFilesApi(api, id, String(entityId));
  }

  /** The same as somebody else sees it. */
  as(api: BackOfficeApi): ClientFilesApi {
    return new ClientFilesApi(api, this.id, this.entityId);
  }

  get path(): string {
    return `/clients/${this.id}`;
  }

  get(path: string): Test {
    return this.api.get(`${this.path}${path}`);
  }

  send(method: 'post' | 'put' | 'patch', path: string, body: unknown): Test {
    return this.api.send(method, `${this.path}${path}`, body);
  }

  delete(path: string): Test {
    return this.api.call('delete', `${this.path}${path}`);
  }

  /** Sends the parts of an upload in this order. */
  sendParts(...parts: readonly Part[]): Test {
    const { type, body } = multipart(parts);
    return this.api.call('post', `${this.path}/files`).set('Content-Type', type).send(body);
  }

  /** Uploads a file and answers what the server says of it. */
  async upload(name: string, given: { caption?: string; directoryId?: number | null; content?: string } = {}) {
    const { caption = name, directoryId, content = `content of ${name}` } = given;
    const place = directoryId === undefined ? [] : [{ name: 'directoryId', content: String(directoryId) }];
    const answer = await this.sendParts(filePart(name, content), { name: 'caption', content: caption }, ...place);
    expectStatus(answer, 201);
    return answer.body as ChangedFile;
  }

  async folder(caption: string, directoryId?: number | null): Promise<Folder> {
    return this.answer(201, this.send('post', '/folders', { caption, directoryId }));
  }

  async files(query = ''): Promise<ListedFile[]> {
    return this.answer(200, this.get(`/files${query}`));
  }

  async folders(query = ''): Promise<Folder[]> {
    return this.answer(200, this.get(`/folders${query}`));
  }

  /** The names of the files in a folder, in the order of their priority, which counts from 1. */
  async namesIn(directoryId: number | null): Promise<string[]> {
    const files = await this.files(`?filter[directoryId]=${directoryId}`);
    const places = files.map(({ priority }) => priority);
    if (places.some((place, at) => place !== at + 1)) throw new Error(`the priorities are ${places.join(', ')}`);
    return files.map(({ name }) => name);
  }

  /** The folder in the firm's tree below which everything is the client's, as the Files API shows it. */
  async root(files: FilesApi): Promise<FileResource> {
    const answer = await files.get(
      `/files?filter[files][entityId]=${this.entityId}&filter[files][includedObjects]=FOLDERS_ONLY&filter[files][parentFolderId]=0`,
    );
    expectStatus(answer, 200);
    const [root] = (answer.body as { data: FileResource[] }).data;
    if (!root) throw new Error('the client has no folder');
    return root;
  }

  private async answer<T>(status: number, test: Test): Promise<T> {
    const answer: Response = await test;
    expectStatus(answer, status);
    return answer.body as T;
  }
}
