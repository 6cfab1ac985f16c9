import type { Express, NextFunction, Request, Response } from 'express';
import type { Logger } from 'pino';

/** Believes the `X-Forwarded-For` of these proxies, from right to left, and of nobody else. */
export function trustProxies(express: Express, proxies: readonly string[]): void {
  express.set('trust proxy', proxies.length > 0 ? [...proxies] : false);
}

/** Says once that callers seem to come from a proxy's address because nothing names that proxy. */
export function tellOfUnknownProxy(logger: Logger, proxies: readonly string[]) {
  let isTold = proxies.length > 0;
  return (request: Request, _response: Response, next: NextFunction): void => {
    if (!isTold && request.headers['x-forwarded-for'] !== undefined) {
      isTold = true;
      const address = request.socket.remoteAddress;
      logger.warn({ address }, 'X-Forwarded-For is not believed: TRUST_PROXY does not name this address');
    }
    next();
  };
}
