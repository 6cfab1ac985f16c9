import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';

const MOST_TRIES = 400;
const PAUSE_MS = 50;
const HANG_MS = 30_000;

export interface Call {
  readonly method: 'POST' | 'PATCH';
  readonly path: string;
  readonly type: string;
  readonly body: Buffer;
}

/** What a call was answered in the end. */
export interface Outcome {
  readonly status: number;
  /** The code of a refusal. */
  readonly code: string | null;
  readonly body: unknown;
  /** How often it was sent. */
  readonly tries: number;
}

/** Sends each call under a key of its own, again and again until it is known what became of it. */
export class StubbornCaller {
  constructor(
    private readonly url: string,
    private readonly credentials: Readonly<Record<string, string>>,
  ) {}

  /** @throws Error when there is no end to it */
  async call(call: Call): Promise<Outcome> {
    const key = randomUUID();
    for (let tries = 1; tries <= MOST_TRIES; tries++) {
      const answer = await this.send(call, key).catch(() => null);
      const code = answer && codeOf(answer.body);
      if (answer && answer.status !== 503 && code !== 'idempotency_key_in_use') return { ...answer, code, tries };
      await pause(PAUSE_MS);
    }
    throw new Error(`${call.method} ${call.path} was sent ${MOST_TRIES} times`);
  }

  /** On a connection of its own. @throws Error when it breaks before the whole answer is there */
  private async send({ method, path, type, body }: Call, key: string): Promise<{ status: number; body: unknown }> {
    const headers = {
      ...this.credentials,
      ...{ 'Idempotency-Key': key, 'Content-Type': type, 'Content-Length': String(body.length) },
    };
    const call = request(new URL(path, this.url), { method, headers, agent: false, timeout: HANG_MS });
    return new Promise((resolve, reject) => {
      call.on('timeout', () => call.destroy(new Error('no answer')));
      call.on('error', reject);
      call.on('response', (response) => {
        buffer(response).then((bytes) => {
          const isWhole = response.complete;
          if (isWhole)
            resolve({ status: response.statusCode ?? 0, body: JSON.parse(bytes.toString('utf8') || 'null') });
          else reject(new Error('the answer was cut off'));
        }, reject);
      });
      call.end(body);
    });
  }
}

function codeOf(body: unknown): string | null {
  return (body as { errors?: { code: string }[] } | null)?.errors?.[0]?.code ?? null;
}
