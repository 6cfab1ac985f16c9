import { describe, expect, it } from '@jest/globals';
import type { Response } from 'express';
import { AddressLimiter } from './address-limiter.js';

const HOME = '203.0.113.7';

function answer(): { response: Response; headers: Map<string, string> } {
  const headers = new Map<string, string>();
  const response = { setHeader: (name: string, value: string) => headers.set(name, value) } as unknown as Response;
  return { response, headers };
}

async function failing(limiter: AddressLimiter, times: number, address: string | null = HOME): Promise<void> {
  for (let at = 0; at < times; at++) await limiter.failed(address, answer().response);
}

describe('An address', () => {
  it('may fail so often in a minute, and no more', async () => {
    const limiter = new AddressLimiter(3);
    await failing(limiter, 3);
    const { response, headers } = answer();
    await expect(limiter.failed(HOME, response)).rejects.toMatchObject({ kind: 'rate_limited', code: 'rate_limited' });
    expect(Number(headers.get('Retry-After'))).toBeGreaterThan(0);
    expect(headers.get('X-RateLimit-Retry-After')).toBe(headers.get('Retry-After'));
  });

  it('is not checked any more when it has', async () => {
    const limiter = new AddressLimiter(3);
    await failing(limiter, 2);
    await limiter.refuseBlocked(HOME, answer().response);
    await failing(limiter, 1);
    await expect(limiter.refuseBlocked(HOME, answer().response)).rejects.toMatchObject({ kind: 'rate_limited' });
  });

  it('is counted for itself, and so is what has none', async () => {
    const limiter = new AddressLimiter(1);
    await failing(limiter, 1);
    await limiter.refuseBlocked('203.0.113.8', answer().response);
    await failing(limiter, 1, null);
    await expect(limiter.refuseBlocked(null, answer().response)).rejects.toMatchObject({ kind: 'rate_limited' });
  });

  it('may fail as often as it likes where there is no limit', async () => {
    const limiter = new AddressLimiter(0);
    await failing(limiter, 500);
    await limiter.refuseBlocked(HOME, answer().response);
  });
});
