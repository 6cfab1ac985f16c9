import { createHash } from 'node:crypto';
import type { Portico } from './portico.js';

export const OFFSET_BYTES = 'application/offset+octet-stream';

type Headers = Readonly<Record<string, string>>;

export interface UploadResource {
  readonly id: string;
  readonly attributes: { readonly offset: number; readonly bytes: number; readonly state: string };
  readonly relationships?: { readonly file: { readonly data: { readonly id: string } } };
}

/** The resumable uploads of the caller with these headers, as they go over HTTP (TUS 1.0). */
export class UploadsApi {
  constructor(
    readonly url: string,
    readonly headers: Headers,
    readonly base = '/api/v1/uploads',
  ) {}

  static of({ url, headers }: Portico): UploadsApi {
    return new UploadsApi(url, headers);
  }

  /** One call; the path is that of an upload, or the end of it. */
  send(method: string, path: string, headers: Headers = {}, body?: Uint8Array | ReadableStream): Promise<Response> {
    const address = path.startsWith('/api/') || path.startsWith('/v1/') ? path : `${this.base}${path}`;
    const init = { method, headers: { 'Tus-Resumable': '1.0.0', ...this.headers, ...headers }, body, duplex: 'half' };
    return fetch(`${this.url}${address}`, init as RequestInit);
  }

  create(length: number | string, labels: Headers, headers: Headers = {}, body?: Uint8Array): Promise<Response> {
    const given = { 'Upload-Length': String(length), 'Upload-Metadata': labelsOf(labels), ...headers };
    return this.send('POST', '', { ...given, ...(body && { 'Content-Type': OFFSET_BYTES }) }, body);
  }

  /** Begins an upload and answers its address. @throws Error when it is refused */
  async begin(length: number, labels: Headers = { filename: 'Sample.txt' }): Promise<string> {
    const answer = await this.create(length, labels);
    if (answer.status !== 201) throw new Error(`an upload was answered ${answer.status}: ${await answer.text()}`);
    return answer.headers.get('location') ?? '';
  }

  append(address: string, offset: number | string, bytes: Uint8Array, headers: Headers = {}): Promise<Response> {
    const given = { 'Upload-Offset': String(offset), 'Content-Type': OFFSET_BYTES, ...headers };
    return this.send('PATCH', address, given, bytes);
  }

  /** How many bytes HEAD tells. */
  async offset(address: string): Promise<number> {
    return Number((await this.send('HEAD', address)).headers.get('upload-offset') ?? NaN);
  }

  async read(address: string): Promise<UploadResource> {
    return ((await (await this.send('GET', address)).json()) as { data: UploadResource }).data;
  }

  /** The SHA-256 of the bytes of a file, as it downloads. */
  async downloadedHash(fileId: string): Promise<string> {
    const answer = await fetch(`${this.url}/api/v1/files/${fileId}/download`, { headers: { ...this.headers } });
    return createHash('sha256')
      .update(Buffer.from(await answer.arrayBuffer()))
      .digest('hex');
  }

  check(attributes: object, headers: Headers = {}): Promise<Response> {
    const body = Buffer.from(JSON.stringify({ data: { type: 'uploads', attributes } }));
    return this.send('POST', '/check', { 'Content-Type': 'application/vnd.api+json', ...headers }, body);
  }
}

export function labelsOf(labels: Headers): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name} ${Buffer.from(value).toString('base64')}`)
    .join(',');
}

/** The `Upload-Checksum` of these bytes. */
export function checksumOf(bytes: Uint8Array, algorithm = 'sha256'): Headers {
  return { 'Upload-Checksum': `${algorithm} ${createHash(algorithm).update(bytes).digest('base64')}` };
}

/** The only fault of a refusal. */
export async function faultOf(answer: Response): Promise<{ status: string; code: string; title: string }> {
  const { errors } = (await answer.json()) as { errors: { status: string; code: string; title: string }[] };
  if (errors.length !== 1 || !errors[0]) throw new Error(`not one fault: ${JSON.stringify(errors)}`);
  return errors[0];
}
