import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { once } from 'node:events';
import { type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What a platform was asked. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What it answers; a body that is no text is sent as JSON. */
export interface Said {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

type Answering = (asked: Asked) => Said | Promise<Said>;

/** A server on this host that answers as it is told, and remembers what it was asked. */
export class PlatformServer {
  readonly asked: Asked[] = [];
  private readonly next: { readonly of: string; readonly answering: Answering }[] = [];

  private constructor(
    private readonly server: Server,
    private readonly usual: Answering,
  ) {}

  static async start(usual: Answering = () => ({ status: 404, body: {} })): Promise<PlatformServer> {
    const server = createServer();
    const platform = new PlatformServer(server, usual);
    const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
      const url = new URL(request.url ?? '/', 'http://local');
      const { method = '', headers } = request;
      const asked = { method, path: url.pathname, query: url.searchParams, headers, body: await text(request) };
      platform.asked.push(asked);
      const { status = 200, headers: own, body } = await platform.answerTo(asked);
      if (response.destroyed) return;
      response.writeHead(status, { 'Content-Type': 'application/json', ...own });
      response.end(typeof body === 'string' ? body : JSON.stringify(body ?? {}));
    };
    server.on('request', (request, response) => void answer(request, response));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return platform;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The next calls whose path holds `part` are answered like that, one after the other; undefined: as usual. */
  answerNext(part: string, ...answers: readonly (Said | Answering | undefined)[]): void {
    for (const one of answers) {
      const answering = typeof one === 'function' ? one : one === undefined ? this.usual : () => one;
      this.next.push({ of: part, answering });
    }
  }

  /** What it was asked at paths that hold `part`. */
  to(part: string): Asked[] {
    return this.asked.filter(({ path }) => path.includes(part));
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private answerTo(asked: Asked): Said | Promise<Said> {
    const at = this.next.findIndex(({ of }) => asked.path.includes(of));
    const [told] = at < 0 ? [] : this.next.splice(at, 1);
    return told ? told.answering(asked) : this.usual(asked);
  }
}
