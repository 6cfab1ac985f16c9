import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { Response } from 'express';
import type { Logger } from 'pino';
import { NEVER, Observable } from 'rxjs';
import { runningCall } from '../database/running-call.js';
import type { ObservedRequest } from '../http/observed-request.js';
import { catchAnswer, replay } from './caught-answer.js';
import type { IdempotencyKeys, KeptAnswer, TakenKey } from './idempotency-keys.js';
import { idempotencyErrors } from './idempotency.errors.js';

const KEY = /^[\x21-\x7e]{1,255}$/;

/**
 * `Idempotency-Key` on any POST or PATCH of callers with credentials (contract, section 8): the same request again is
 * answered with what was answered. Refusals are not kept: they changed nothing, and may not be true any more.
 */
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly keys: IdempotencyKeys,
    private readonly logger: Logger,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const http = context.switchToHttp();
    const [request, response] = [http.getRequest<ObservedRequest>(), http.getResponse<Response>()];
    const { actor, portalActor, fingerprint } = request;
    const caller = actor ?? portalActor;
    if (!fingerprint || !caller) return next.handle();
    const key = request.headers['idempotency-key'];
    if (typeof key !== 'string' || !KEY.test(key)) throw idempotencyErrors.invalidKey();
    const owner = { firmId: caller.firmId, credential: `${caller.credential.kind} ${caller.credential.id}`, key };
    const hash = async (): Promise<Buffer> => {
      await fingerprint.toEnd(); // not every route reads all that it is sent
      return fingerprint.digest(aboutOf(request));
    };
    const taken = await this.keys.take(owner, hash);
    if ('status' in taken) {
      replay(response, taken);
      return NEVER; // it is answered: nothing more comes, and an empty end would count as a fault
    }
    this.follow(response, taken, hash);
    return new Observable((subscriber) => runningCall.run(taken, () => next.handle().subscribe(subscriber)));
  }

  /** Holds the key while the call is worked on, and keeps its answer. */
  private follow(response: Response, taken: TakenKey, hash: () => Promise<Buffer>): void {
    const failed = (error: unknown) => this.logger.error({ err: error }, 'the answer under a key could not be kept');
    const renewing = setInterval(() => void taken.renew().catch(failed), taken.renewEvery);
    catchAnswer(response, async (answer: KeptAnswer) => {
      clearInterval(renewing);
      const isKept = answer.status >= 200 && answer.status < 300;
      const settle = async () => (isKept ? taken.finish(await hash(), answer) : taken.release());
      await settle().catch(failed);
    });
  }
}

/** What makes it the same request, beside the body. */
function aboutOf({ method, url, headers }: ObservedRequest): string {
  const telling = Object.entries(headers).filter(([name]) => /^(?:x-portal|upload)-/.test(name));
  return JSON.stringify([method, url, telling.sort(([one], [other]) => (one < other ? -1 : 1))]);
}
