import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { Agent, request, type IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { json } from 'node:stream/consumers';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  /** The JSON of the body; null without one. */
  readonly body: AnswerBody | null;
}

export interface AnswerBody {
  readonly data?: FileResource;
  readonly errors?: readonly { readonly id: string; readonly status: string; readonly code: string }[];
}

export interface FileResource {
  readonly id: string;
  readonly attributes: { readonly name: string; readonly bytes: number; readonly sha256: string };
}

export interface Call {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Readable | Buffer;
}

/** Calls of the files API that stream: no body is ever held in memory. */
export class FileClient {
  private readonly agent = new Agent({ keepAlive: true });

  constructor(
    private readonly url: string,
    private readonly credentials: Readonly<Record<string, string>>,
  ) {}

  /** Uploads what `content` yields under `name`. */
  async upload(name: string, content: Iterable<Buffer> | AsyncIterable<Buffer>): Promise<Answer> {
    const boundary = `portico-${randomBytes(12).toString('hex')}`;
    const body = Readable.from(multipart(boundary, name, content), { objectMode: false });
    return this.call('/api/v1/files', {
      method: 'POST',
      headers: { 'Content-Type': `multipart/form-data; boundary=${boundary}` },
      body,
    });
  }

  rename(id: string, name: string): Promise<Answer> {
    const body = Buffer.from(JSON.stringify({ data: { id, type: 'files', attributes: { name } } }));
    const headers = { 'Content-Type': 'application/vnd.api+json', 'Content-Length': String(body.length) };
    return this.call(`/api/v1/files/${id}`, { method: 'PATCH', headers, body });
  }

  archive(id: string): Promise<Answer> {
    return this.call(`/api/v1/files/${id}`, { method: 'DELETE' });
  }

  restore(id: string): Promise<Answer> {
    return this.call(`/api/v1/archive/files/${id}/restore`, { method: 'POST' });
  }

  /** All files of `collection`, page by page. */
  async list(collection: 'files' | 'archive/files'): Promise<FileResource[]> {
    const found: FileResource[] = [];
    for (let next: string | null = `/v1/${collection}?page[limit]=100`; next;) {
      const { response, ended } = await this.send(next, {});
      const page = (await json(response)) as { data: FileResource[]; links: { next: string | null } };
      await ended;
      if (response.statusCode !== 200) throw new Error(`${next} answered ${response.statusCode}`);
      found.push(...page.data);
      next = page.links.next;
    }
    return found;
  }

  /** Downloads a file and answers what arrived. */
  async download(path: string): Promise<{ status: number; bytes: number; sha256: string }> {
    const { response, ended } = await this.send(path, {});
    const hash = createHash('sha256');
    let bytes = 0;
    for await (const chunk of response as AsyncIterable<Buffer>) {
      hash.update(chunk);
      bytes += chunk.length;
    }
    await ended;
    return { status: response.statusCode ?? 0, bytes, sha256: hash.digest('hex') };
  }

  async call(path: string, call: Call = {}): Promise<Answer> {
    const { response, ended } = await this.send(path, call);
    let text = '';
    for await (const chunk of response.setEncoding('utf8') as AsyncIterable<string>) text += chunk;
    await ended;
    const isJson = /json/.test(response.headers['content-type'] ?? '');
    return {
      status: response.statusCode ?? 0,
      headers: response.headers,
      body: isJson ? (JSON.parse(text) as AnswerBody) : null,
    };
  }

  close(): void {
    this.agent.destroy();
  }

  /** `ended`: the body was sent, or the server has answered without wanting all of it. */
  private async send(path: string, call: Call): Promise<{ response: IncomingMessage; ended: Promise<void> }> {
    const headers = { ...this.credentials, ...call.headers };
    const outgoing = request(new URL(path, this.url), { method: call.method ?? 'GET', headers, agent: this.agent });
    const answered = once(outgoing, 'response') as Promise<[IncomingMessage]>;
    answered.catch(() => undefined); // `sending` fails with the same error
    const source = call.body instanceof Readable ? call.body : Readable.from(call.body ? [call.body] : []);
    const sending = pipeline(source, outgoing);
    sending.catch(() => undefined);
    const [response] = await answered;
    return { response, ended: sending.catch(() => undefined) };
  }
}

async function* multipart(
  boundary: string,
  name: string,
  content: Iterable<Buffer> | AsyncIterable<Buffer>,
): AsyncGenerator<Buffer> {
  yield Buffer.from(
    `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\n` +
      'Content-Type: application/octet-stream\r\n\r\n',
  );
  yield* content;
  yield Buffer.from(`\r\n--${boundary}--\r\n`);
}
