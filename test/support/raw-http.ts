import { type ClientRequest, type IncomingHttpHeaders, request as httpRequest } from 'node:http';
import { buffer } from 'node:stream/consumers';

export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface RawRequest {
  readonly method?: string;
  /** Sent exactly so, brackets included. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Writes the body and ends the request, or leaves it open. */
  readonly write?: (request: ClientRequest) => void;
}

/** One request with nothing added and nothing encoded; the answer is taken even while the body is being sent. */
export function exchange(url: string, { method = 'GET', path, headers, write }: RawRequest): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    let answered = false;
    const request = httpRequest({ hostname, port, method, path, headers, agent: false }, (response) => {
      answered = true;
      buffer(response).then(
        (body) => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: body.toString('utf8') }),
        reject,
      );
    });
    request.on('error', (error) => {
      if (!answered) reject(error);
    });
    if (write) write(request);
    else request.end();
  });
}
