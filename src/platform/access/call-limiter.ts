import type { Response } from 'express';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { CredentialRef } from '@portico/domain/kernel';
import { accessErrors } from './access.errors.js';

const WINDOW_SECONDS = 60;

/** Counts the calls of each credential in a minute (contract, section 1, `RATE_LIMIT_PER_MINUTE`). */
export class CallLimiter {
  private readonly limiter: RateLimiterMemory | null;

  constructor(private readonly perMinute: number) {
    this.limiter = perMinute === 0 ? null : new RateLimiterMemory({ points: perMinute, duration: WINDOW_SECONDS });
  }

  /** @throws DomainError `rate_limited`, with the seconds to wait in the headers of `response` */
  async count(credential: CredentialRef, response: Response): Promise<void> {
    if (!this.limiter) return;
    try {
      await this.limiter.consume(`${credential.kind}:${credential.id}`);
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      const seconds = String(Math.max(1, Math.ceil(refusal.msBeforeNext / 1000)));
      response.setHeader('X-RateLimit-Retry-After', seconds);
      response.setHeader('Retry-After', seconds);
      throw accessErrors.rateLimited(this.perMinute);
    }
  }
}
