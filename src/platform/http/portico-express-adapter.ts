import { ExpressAdapter } from '@nestjs/platform-express';
import type { Response } from 'express';
import { faceOf } from '../errors/face.js';
import { type Layer, refuseMethod } from './method-not-allowed.js';

/** Express with our answers: JSON in the media type of the face, bare of parameters, with nothing computed twice. */
export class PorticoExpressAdapter extends ExpressAdapter {
  override reply(response: Response, body: unknown, statusCode?: number): unknown {
    if (typeof body !== 'object' || body === null || Object.getPrototypeOf(body) === null)
      return super.reply(response, body, statusCode);
    if (statusCode !== undefined) response.statusCode = statusCode;
    const json = JSON.stringify(body);
    if (!response.hasHeader('Content-Type')) response.setHeader('Content-Type', faceOf(response.req.path).mediaType);
    response.setHeader('Content-Length', Buffer.byteLength(json));
    return response.end(json);
  }

  /** Called by Nest after all routes are known. */
  override setNotFoundHandler(handler: (...args: unknown[]) => unknown): unknown {
    const { router } = this.getInstance<{ router: { stack: readonly Layer[] } }>();
    this.use(refuseMethod(() => router.stack));
    return super.setNotFoundHandler(handler);
  }
}
