import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Response } from 'express';
import type { ObservedRequest } from '../http/observed-request.js';
import { languageFor } from '../language/language.js';
import { faceOf } from './face.js';
import { type Problem, problemOf } from './problem.js';

const LINGER_MS = 2000;

/** Answers every refusal and every fault in the format of the face that was called. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<ObservedRequest>();
    const response = host.switchToHttp().getResponse<Response>();
    const problem = problemOf(error);
    this.tell(request.requestId, problem, error);
    if (response.headersSent) {
      response.destroy();
      return;
    }
    if (problem.retryAfter !== undefined) response.setHeader('Retry-After', String(problem.retryAfter));
    if (problem.status === 401 && !response.hasHeader('WWW-Authenticate'))
      response.setHeader('WWW-Authenticate', 'Bearer realm="Portico"');
    const face = faceOf(request.path);
    const language = face.isMultilingual ? languageFor(request.headers['accept-language']) : 'en';
    if (face.isMultilingual) response.setHeader('Content-Language', language).vary('Accept-Language');
    const body = JSON.stringify(face.renderProblem(problem, { requestId: request.requestId, language }));
    response.statusCode = problem.status;
    response.setHeader('Content-Type', face.errorMediaType);
    response.setHeader('Content-Length', Buffer.byteLength(body));
    endAfterBody(request, response, body);
  }

  /** An outage makes many of its kind, so it gets no stack; a fault of ours does. */
  private tell(requestId: string, { status, faults: [{ code }] }: Problem, error: unknown): void {
    if (status === 503) this.logger.warn({ requestId, code, reason: String(error) }, 'request refused for now');
    else if (status >= 500) this.logger.error({ requestId, err: error }, 'request failed');
  }
}

/**
 * A caller that is still sending reads the answer only if the connection outlives it: what is left of the body is
 * thrown away, for a while.
 */
function endAfterBody(request: ObservedRequest, response: Response, body: string): void {
  const { headers } = request;
  const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
  if (!hasBody || request.complete || request.destroyed) {
    response.end(body);
    return;
  }
  response.setHeader('Connection', 'close');
  response.write(body);
  const end = () => {
    clearTimeout(timer);
    response.end();
  };
  const timer = setTimeout(end, LINGER_MS);
  request.once('end', end).once('close', end).resume();
}
