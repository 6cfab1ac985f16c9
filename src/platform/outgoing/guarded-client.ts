import { type LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';
import type { IncomingHttpHeaders } from 'node:http';
import type { LookupFunction } from 'node:net';
import { Agent, type Dispatcher, request } from 'undici';
import { isPublicAddress, literalAddress } from './public-address.js';

/** A call to a server that is not ours. */
export interface OutgoingCall {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface OutgoingAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** The body, read as UTF-8. */
  readonly text: string;
}

/** Why a call was not made, or not answered. */
export type OutgoingFaultKind = 'not_allowed' | 'unreachable' | 'too_slow' | 'too_large' | 'redirected';

/** The message names the host, and nothing else of the call. */
export class OutgoingFault extends Error {
  constructor(
    readonly kind: OutgoingFaultKind,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'OutgoingFault';
  }
}

/** The addresses of a host. */
export type Resolve = (hostname: string) => Promise<readonly LookupAddress[]>;

export interface GuardedClientOptions {
  /** Origins that the operator has named: they may be plain http, and at any address. */
  readonly trustedOrigins?: ReadonlySet<string>;
  /** Of a whole call, the body included. */
  readonly milliseconds?: number;
  /** Of a body. */
  readonly bytes?: number;
  readonly resolve?: Resolve;
}

/** Some servers answer nobody who does not say what they are. */
const USER_AGENT = 'Portico';
const MILLISECONDS = 30_000;
const BYTES = 16 * 1024 ** 2;
const CONNECT_MS = 10_000;
const CONNECTIONS = 8;

/**
 * Calls servers that others may have named: by https on its own port, at public addresses only, without following
 * redirects, for a limited time and up to a limited size. The address that is checked is the one that is connected to.
 * No proxy of the environment is used.
 */
export class GuardedClient {
  private readonly guarded: Agent;
  private readonly open: Agent;
  private readonly trustedOrigins: ReadonlySet<string>;
  private readonly milliseconds: number;
  private readonly bytes: number;

  constructor(options: GuardedClientOptions = {}) {
    const { resolve = (hostname) => lookup(hostname, { all: true }) } = options;
    this.trustedOrigins = options.trustedOrigins ?? new Set();
    this.milliseconds = options.milliseconds ?? MILLISECONDS;
    this.bytes = options.bytes ?? BYTES;
    const limits = { connections: CONNECTIONS, headersTimeout: this.milliseconds, bodyTimeout: this.milliseconds };
    this.open = new Agent({ ...limits, connect: { timeout: CONNECT_MS } });
    this.guarded = new Agent({ ...limits, connect: { timeout: CONNECT_MS, lookup: publicLookup(resolve) } });
  }

  /** @throws OutgoingFault */
  async send({ method, url, headers, body }: OutgoingCall): Promise<OutgoingAnswer> {
    const isTrusted = this.trustedOrigins.has(url.origin);
    if (!isTrusted) requirePublic(url);
    try {
      const answer = await request(url, {
        ...{ method, body, dispatcher: isTrusted ? this.open : this.guarded },
        headers: { 'User-Agent': USER_AGENT, ...headers },
        signal: AbortSignal.timeout(this.milliseconds),
      });
      const { statusCode: status } = answer;
      if (status >= 300 && status < 400) {
        answer.body.on('error', () => undefined).destroy(); // nobody reads it
        throw new OutgoingFault('redirected', `${url.host} sends to another address`);
      }
      return { status, headers: answer.headers, text: await this.textOf(url, answer) };
    } catch (error) {
      throw faultOf(url, error);
    }
  }

  /** Ends all connections; calls under way fail. */
  async close(): Promise<void> {
    await Promise.all([this.open.destroy(), this.guarded.destroy()]);
  }

  private async textOf(url: URL, { body }: Dispatcher.ResponseData): Promise<string> {
    const pieces: Buffer[] = [];
    let size = 0;
    for await (const piece of body as AsyncIterable<Buffer>) {
      size += piece.length;
      if (size > this.bytes) throw new OutgoingFault('too_large', `${url.host} answers more than ${this.bytes} bytes`);
      pieces.push(piece);
    }
    return Buffer.concat(pieces).toString('utf8');
  }
}

/** What can be told from the address alone. @throws OutgoingFault */
function requirePublic(url: URL): void {
  const address = literalAddress(url);
  if (url.protocol !== 'https:' || url.port !== '' || url.username !== '' || url.password !== '')
    throw new OutgoingFault('not_allowed', `${url.host} is not called by plain https`);
  if (address !== null && !isPublicAddress(address)) throw notPublic(address);
}

/** Answers only for hosts all of whose addresses are public. */
function publicLookup(resolve: Resolve): LookupFunction {
  return (hostname, { all }, callback) => {
    resolve(hostname).then(
      (addresses) => {
        const [first] = addresses;
        const hidden = addresses.find(({ address }) => !isPublicAddress(address));
        if (hidden) callback(notPublic(hostname), '');
        else if (!first) callback(new OutgoingFault('unreachable', `${hostname} has no address`), '');
        else if (all) callback(null, [...addresses]);
        else callback(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => callback(error, ''),
    );
  };
}

const notPublic = (host: string) => new OutgoingFault('not_allowed', `${host} is not at a public address`);

function faultOf(url: URL, error: unknown): OutgoingFault {
  if (error instanceof OutgoingFault) return error;
  const { name, cause } = error as Error;
  if (cause instanceof OutgoingFault) return cause;
  const slow = name === 'TimeoutError' || name === 'AbortError' || /Timeout/.test(name);
  if (slow) return new OutgoingFault('too_slow', `${url.host} did not answer in time`, { cause: error });
  return new OutgoingFault('unreachable', `${url.host} could not be reached`, { cause: error });
}
