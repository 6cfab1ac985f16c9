/** What a step of the demonstration sends. */
export interface DemoRequest {
  readonly method?: 'GET' | 'POST' | 'PATCH';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent as JSON:API. */
  readonly json?: object;
  /** Sent as the part `file` of a form. */
  readonly file?: { readonly name: string; readonly bytes: Buffer; readonly from: string };
}

const JSON_API = 'application/vnd.api+json';

/** Sends requests to a server, and shows each with the curl that does the same. */
export class DemoSession {
  /**
   * `url` is where the server is, `shown` the address that the printed commands name, and `credentials` the variables
   * that they use in place of secrets.
   */
  constructor(
    private readonly url: string,
    private readonly shown: string,
    private readonly credentials: ReadonlyMap<string, string>,
    private readonly print: (text: string) => void,
  ) {}

  /** Begins a step. */
  step(title: string): void {
    this.print(`\n== ${title}`);
  }

  /** Shows what came of it. */
  tell(text: string): void {
    this.print(text);
  }

  /** Shows a command that does the same as what is done without a request. */
  command(text: string): void {
    this.print(`$ ${text}`);
  }

  /** The answer as JSON; null without a body. @throws Error when it is not a success */
  async send<T>(request: DemoRequest): Promise<T> {
    const content = await this.bytes(request);
    return (content.length === 0 ? null : JSON.parse(content.toString())) as T;
  }

  /** The bytes of the answer. @throws Error when it is not a success */
  async bytes(request: DemoRequest): Promise<Buffer> {
    this.print(`$ ${this.curl(request)}`);
    const { method = 'GET', path, headers, json, file } = request;
    const body = json ? JSON.stringify(json) : file && formOf(file);
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: { ...headers, ...(json && { 'Content-Type': JSON_API }) },
      body,
    });
    const content = Buffer.from(await response.arrayBuffer());
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${content.toString()}`);
    return content;
  }

  private curl({ method = 'GET', path, headers, json, file }: DemoRequest): string {
    const parts = ['curl -g'];
    if (method !== 'GET' && !(method === 'POST' && (json ?? file))) parts.push(`-X ${method}`);
    const all = { ...headers, ...(json && { 'Content-Type': JSON_API }) };
    for (const [name, value] of Object.entries(all)) parts.push(this.curlHeader(name, value));
    if (json) parts.push(`-d '${JSON.stringify(json).replaceAll("'", `'\\''`)}'`);
    if (file) parts.push(`-F 'file=@${file.from}'`);
    return [...parts, `"${this.shown}${path}"`].join(' ');
  }

  /** Secrets are named, not shown. */
  private curlHeader(name: string, value: string): string {
    const named = this.credentials.get(value);
    return named ?? `-H '${name}: ${value}'`;
  }
}

function formOf({ name, bytes }: { readonly name: string; readonly bytes: Buffer }): FormData {
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(bytes)]), name);
  return form;
}
