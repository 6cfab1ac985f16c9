import { expect } from '@jest/globals';
import type { Answer, FileClient } from '../support/file-client.js';
import { until } from '../support/until.js';

const HANG_MS = 15_000;

interface Seen {
  readonly call: string;
  readonly status: number;
  readonly code: string | undefined;
  readonly type: string | undefined;
  readonly retryAfter: string | undefined;
  readonly ms: number;
}

/** Calls of all kinds, again and again, while the database comes and goes. */
export class OutageWatch {
  private readonly seen: Seen[] = [];
  private ending = false;

  private constructor() {}

  /** Calls on before, during and after `outage`, and checks every answer: a success or a clear refusal, none late. */
  static async during(client: FileClient, outage: (watch: OutageWatch) => Promise<void>): Promise<void> {
    const { body } = await client.upload('watched.txt', [Buffer.from('bytes')]);
    const watch = new OutageWatch();
    const running = watch.begin(client, body?.data?.id ?? '');
    try {
      await until('all calls succeed', () => watch.seen.length > 20 && watch.isWell);
      await outage(watch);
    } finally {
      watch.ending = true;
      await running;
    }
    watch.check();
  }

  get unavailable(): readonly Seen[] {
    return this.seen.filter(({ status }) => status === 503);
  }

  get kindsUnavailable(): number {
    return new Set(this.unavailable.map(({ call }) => call)).size;
  }

  /** Whether the newest answer of each call is a success. */
  get isWell(): boolean {
    const newest = new Map(this.seen.map(({ call, status }) => [call, status]));
    return [...newest.values()].every((status) => status < 300);
  }

  private check(): void {
    expect(this.seen.filter(({ status }) => status !== 503 && status >= 300)).toEqual([]);
    for (const answer of this.unavailable) {
      const { code, type, retryAfter } = answer;
      expect({ code, type }).toEqual({ code: 'database_unavailable', type: 'application/vnd.api+json' });
      expect(retryAfter).toMatch(/^[1-9]\d*$/);
    }
    expect(this.seen.filter(({ ms }) => ms > HANG_MS)).toEqual([]);
  }

  private begin(client: FileClient, id: string): Promise<void[]> {
    let number = 0;
    const calls: Readonly<Record<string, () => Promise<Answer>>> = {
      list: () => client.call('/api/v1/files'),
      get: () => client.call(`/api/v1/files/${id}`),
      download: () => client.call(`/api/v1/files/${id}/download`),
      rename: () => client.rename(id, `renamed ${++number}.txt`),
      upload: () => client.upload('another.txt', [Buffer.from('bytes')]),
    };
    return Promise.all(Object.entries(calls).map(([name, call]) => this.repeat(name, call)));
  }

  private async repeat(name: string, call: () => Promise<Answer>): Promise<void> {
    while (!this.ending) {
      const begun = performance.now();
      const { status, headers, body } = await call();
      this.seen.push({
        call: name,
        status,
        code: body?.errors?.[0]?.code,
        type: headers['content-type'],
        retryAfter: headers['retry-after'],
        ms: performance.now() - begun,
      });
    }
  }
}
