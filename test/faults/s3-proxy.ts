import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';

const SLOW_MS = 300;

/** What happens to a call of the store: another answer, no answer, one that comes too late to be heard, or a late one. */
export type StoreFault = 500 | 503 | 'reset' | 'lost answer' | 'slow';

/** Stands between a server and its S3-compatible store, and lets a fault happen at the n-th call. */
export class S3Proxy {
  private fault: StoreFault | null = null;
  private isLasting = false;
  private left = 0;
  private readonly hit: string[] = [];

  private constructor(
    private readonly server: Server,
    private readonly endpoint: URL,
    /** The store, through this. */
    readonly url: string,
  ) {}

  /** @throws Error without an endpoint: nothing can be put between a server and Amazon's store */
  static async before(endpoint: string | null): Promise<S3Proxy> {
    if (endpoint === null) throw new Error('the store has no endpoint of its own');
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const proxy = new S3Proxy(server, new URL(endpoint), url);
    server.on('request', (incoming, outgoing) => void proxy.answer(incoming, outgoing));
    return proxy;
  }

  /** From now on `fault` happens at the `at`-th call, counted from 1, and at all that follow if it is lasting. */
  arm(at: number, fault: StoreFault, isLasting: boolean): void {
    Object.assign(this, { left: at, fault, isLasting });
    this.hit.length = 0;
  }

  /** Takes the fault away; answers the calls that it struck. */
  disarm(): readonly string[] {
    this.fault = null;
    return [...this.hit];
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const fault = this.strikes(incoming);
    const body = await buffer(incoming);
    if (fault === 'reset') {
      outgoing.destroy();
    } else if (fault === 500 || fault === 503) {
      const code = fault === 500 ? 'InternalError' : 'SlowDown';
      outgoing.writeHead(fault, { 'Content-Type': 'application/xml' });
      outgoing.end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>planted</Message></Error>`);
    } else {
      await this.passOn(incoming, body, outgoing, fault);
    }
  }

  private strikes({ method, url }: IncomingMessage): StoreFault | null {
    if (this.fault === null || --this.left > 0 || (this.left < 0 && !this.isLasting)) return null;
    this.hit.push(`${method} ${url}`);
    return this.fault;
  }

  private async passOn(
    { method, url, headers }: IncomingMessage,
    body: Buffer,
    outgoing: ServerResponse,
    fault: StoreFault | null,
  ): Promise<void> {
    const { hostname, port } = this.endpoint;
    const call = request({ hostname, port, method, path: url, headers, agent: false });
    call.end(body);
    const [answer] = (await once(call, 'response')) as [IncomingMessage];
    const content = await buffer(answer);
    if (fault === 'slow') await pause(SLOW_MS);
    if (fault === 'lost answer') outgoing.destroy();
    else outgoing.writeHead(answer.statusCode ?? 502, answer.headers).end(content);
  }
}
