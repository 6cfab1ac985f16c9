import type { Response } from 'express';
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import { accessErrors } from './access.errors.js';

const WINDOW_SECONDS = 60;
/** Whose address has gone. */
const NOWHERE = 'nowhere';

/**
 * Counts how often callers from one address fail to identify themselves in a minute (`FAILURES_PER_MINUTE`). Past it what
 * is costly to check (passwords, clients' secrets) is not checked any more; other credentials still are, as one may come
 * from the same address as many others, so that only those that fail hear of it.
 */
export class AddressLimiter {
  private readonly limiter: RateLimiterMemory | null;

  constructor(private readonly perMinute: number) {
    this.limiter = perMinute === 0 ? null : new RateLimiterMemory({ points: perMinute, duration: WINDOW_SECONDS });
  }

  /** Before a costly check. @throws DomainError `rate_limited`, with the seconds to wait in the headers of `response` */
  async refuseBlocked(address: string | null, response: Response): Promise<void> {
    const so = await this.limiter?.get(address ?? NOWHERE);
    if (so && so.consumedPoints >= this.perMinute) throw this.refusal(so, response);
  }

  /** After a failure. @throws DomainError `rate_limited` past the limit, with the same headers */
  async failed(address: string | null, response: Response): Promise<void> {
    const so = await this.record(address);
    if (so && so.consumedPoints > this.perMinute) throw this.refusal(so, response);
  }

  /** After a failure that has been answered. */
  async record(address: string | null): Promise<RateLimiterRes | undefined> {
    return this.limiter?.penalty(address ?? NOWHERE);
  }

  private refusal({ msBeforeNext }: RateLimiterRes, response: Response): Error {
    const seconds = String(Math.max(1, Math.ceil(msBeforeNext / 1000)));
    response.setHeader('X-RateLimit-Retry-After', seconds);
    response.setHeader('Retry-After', seconds);
    return accessErrors.tooManyFailures(this.perMinute);
  }
}
