import type { FaultWorld } from './fault-world.js';
import type { Attempt, Reply } from './operations.js';

/** How a call may be refused while something is broken. */
const REFUSALS = ['database_unavailable', 'try_again', 'storage_full', 'storage_unavailable', 'blob_missing'];
const MOST_RETRIES = 4;
const OLD_LEASES = `with aged as (update idempotency_keys set leased_until = now() - interval '1 s'
  where state <> 'done' returning 1) select count(*)::int as count from aged`;

/** What a fault may bring about beside success. */
export interface Allowed {
  /** Whether the call may have been carried out although its caller was not told so. */
  readonly unknown: boolean;
  /** Whether there may be no answer at all. */
  readonly silence: boolean;
}

/**
 * What holds whatever breaks (contract, section 8): nothing acknowledged is missing, nothing half-made is to be seen,
 * bytes and rows fit, and the next request works. Answers what does not hold.
 */
export class Promises {
  constructor(private readonly world: FaultWorld) {}

  /** After `reply`, with the fault taken away again. Carries the call out in the end, as its caller would. */
  async broken(attempt: Attempt, reply: Reply, allowed: Allowed): Promise<string[]> {
    const faults = isAllowed(reply, allowed) ? [] : [`the answer was ${tell(reply)}`];
    const state = await attempt.state();
    if (isSuccess(reply) && state !== 'after') faults.push(`it was acknowledged and is ${state}`);
    if (!isSuccess(reply) && state !== 'before' && !(allowed.unknown && state === 'after'))
      faults.push(`it was answered ${tell(reply)} and is ${state}`);
    faults.push(...(await this.brokenBytes(!isSuccess(reply))));
    if (state !== 'after') faults.push(...(await this.brokenRetry(attempt)));
    else if (!isSuccess(reply)) faults.push(...(await this.doubled(attempt)));
    await attempt.tidy?.();
    return faults;
  }

  /** `leftovers`: whether bytes without a row may be there, for the sweep. */
  private async brokenBytes(leftovers: boolean): Promise<string[]> {
    const found = await this.world.checkBlobs(leftovers);
    const rest = { missing: found.missing, wrong_size: found.wrong_size, orphaned: found.orphaned - found.removed };
    const isClean = Object.values(rest).every((count) => count === 0);
    return isClean ? [] : [`fsck finds ${JSON.stringify(rest)}`];
  }

  /** The caller sends it again until it is done. */
  private async brokenRetry(attempt: Attempt): Promise<string[]> {
    const replies: Reply[] = [];
    while (replies.length < MOST_RETRIES) {
      const reply = await attempt.send();
      replies.push(reply);
      if (isSuccess(reply)) break;
      if (reply.code !== 'idempotency_key_in_use') break;
      await this.world.row(OLD_LEASES); // a minute later
    }
    const [state, last] = [await attempt.state(), replies.at(-1)];
    const isDone = state === 'after' && last && isSuccess(last);
    return isDone ? [] : [`sent again it was answered ${replies.map(tell).join(', ')} and is ${state}`];
  }

  /** What was carried out without an answer is not carried out again. */
  private async doubled(attempt: Attempt): Promise<string[]> {
    await this.world.row(OLD_LEASES);
    const reply = await attempt.send();
    const state = await attempt.state();
    const isKnown = isSuccess(reply) || [404, 409].includes(reply.status);
    return isKnown && state === 'after' ? [] : [`done, and sent again, it was answered ${tell(reply)} and is ${state}`];
  }
}

export function isSuccess({ status }: Reply): boolean {
  return status >= 200 && status < 300;
}

export function tell({ status, code }: Reply): string {
  return status === 0 ? 'with silence' : `${status} ${code ?? ''}`.trim();
}

function isAllowed(reply: Reply, { silence }: Allowed): boolean {
  if (isSuccess(reply)) return true;
  if (reply.status === 0) return silence;
  return reply.status === 503 && REFUSALS.includes(reply.code ?? '') && reply.retryAfter !== null;
}
