import type { IncomingHttpHeaders } from 'node:http';
import { PlatformFault } from '@portico/domain/connections';
import { type GuardedClient, type OutgoingCall, OutgoingFault } from '../../platform/outgoing/guarded-client.js';
import { Json } from './json.js';

/** What a platform answered. */
export interface VendorAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Json;
}

/** The fault that an answer tells of, in the terms of a platform; null for none. */
export type FaultIn = (answer: VendorAnswer) => PlatformFault | null;

/** Waits so many milliseconds. */
export type Pause = (ms: number) => Promise<unknown>;

/** In seconds: what is longer is put off. */
const LONGEST_WAIT = 15;
const MOST_WAITS = 3;

/** Calls platforms, and waits as they say, for a while. */
export class VendorCalls {
  constructor(
    private readonly client: GuardedClient,
    private readonly pause: Pause,
  ) {}

  /** @throws PlatformFault */
  async json(call: OutgoingCall, faultIn: FaultIn): Promise<VendorAnswer> {
    for (let waits = 0; ; waits++) {
      const answer = await this.answerTo(call);
      const fault = faultIn(answer);
      if (!fault) return answer;
      const { kind, retryAfter } = fault;
      const mayWait = kind === 'rate_limited' && retryAfter !== null && retryAfter <= LONGEST_WAIT;
      if (!mayWait || waits === MOST_WAITS) throw fault;
      await this.pause(retryAfter * 1000);
    }
  }

  private async answerTo(call: OutgoingCall): Promise<VendorAnswer> {
    try {
      const { status, headers, text } = await this.client.send(call);
      return { status, headers, body: new Json(parsed(text, status, headers)) };
    } catch (error) {
      throw error instanceof OutgoingFault ? unanswered(error) : error;
    }
  }
}

/** What a status means when nothing more is said; null for success. */
export function statusFault(
  { status, headers }: Omit<VendorAnswer, 'body'>,
  said: string | null,
): PlatformFault | null {
  if (status < 400) return null;
  const message = said ?? `the platform answered with status ${status}`;
  const wait = retryAfter(headers);
  if (status === 401 || status === 403) return new PlatformFault('credentials', message);
  if (status === 429) return new PlatformFault('rate_limited', message, wait);
  if (status === 408 || status >= 500) return new PlatformFault('unavailable', message, wait);
  return new PlatformFault('refused', message);
}

/** Seconds, from `Retry-After` in either of its forms (RFC 9110, section 10.2.3); null without it. */
export function retryAfter(headers: IncomingHttpHeaders, now = Date.now()): number | null {
  const text = headers['retry-after'];
  if (text === undefined) return null;
  const seconds = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : (Date.parse(text) - now) / 1000;
  return Number.isNaN(seconds) ? null : Math.max(0, Math.ceil(seconds));
}

/** @throws PlatformFault for what is not JSON */
function parsed(text: string, status: number, headers: IncomingHttpHeaders): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    const fault = statusFault({ status, headers }, null);
    throw fault ?? new PlatformFault('malformed', 'the platform did not answer in JSON');
  }
}

function unanswered({ kind, message }: OutgoingFault): PlatformFault {
  const isPassing = kind === 'unreachable' || kind === 'too_slow';
  return new PlatformFault(isPassing ? 'unavailable' : 'refused', message);
}
