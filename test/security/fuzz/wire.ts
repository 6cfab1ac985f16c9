import { Agent, type IncomingHttpHeaders, request as httpRequest } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { MatrixRequest } from '../../access/matrix-request.js';
import type { Answered } from '../../access/matrix.js';

export interface WireAnswer extends Answered {
  readonly headers: IncomingHttpHeaders;
}

/** Sends requests byte for byte, over connections that are kept. */
export class Wire {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 4 });

  constructor(
    private readonly url: string,
    private readonly milliseconds: number,
  ) {}

  /** @throws Error when there is no answer in time */
  send(
    { method, path, headers: own, body }: MatrixRequest,
    headers: Readonly<Record<string, string>>,
  ): Promise<WireAnswer> {
    const { hostname, port } = new URL(this.url);
    const { agent, milliseconds } = this;
    return new Promise((resolve, reject) => {
      let isAnswered = false;
      const length = body ? { 'Content-Length': String(body.length) } : {};
      const call = { hostname, port, agent, method, path, headers: { ...own, ...headers, ...length } };
      const request = httpRequest({ ...call, signal: AbortSignal.timeout(milliseconds) }, (response) => {
        isAnswered = true;
        const { statusCode: status = 0, headers: given } = response;
        buffer(response).then(
          (content) => resolve({ status, type: given['content-type'] ?? null, headers: given, content }),
          reject,
        );
      });
      request.on('error', (error) => {
        if (!isAnswered) reject(error);
      });
      request.end(body);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}
