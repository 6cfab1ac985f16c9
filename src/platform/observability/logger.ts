import type { LoggerService } from '@nestjs/common';
import pino, { type Logger } from 'pino';

/** One JSON object for each line, on standard output unless another file descriptor is given. */
export function createLogger(level: string, descriptor = 1): Logger {
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ dest: descriptor, sync: false }),
  );
}

/** Nest's own messages, in the same log. */
export class NestLog implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, context?: unknown): void {
    this.logger.debug({ context }, String(message));
  }

  warn(message: unknown, context?: unknown): void {
    this.logger.warn({ context }, String(message));
  }

  error(message: unknown, stack?: unknown, context?: unknown): void {
    this.logger.error({ stack, context }, String(message));
  }

  fatal(message: unknown, context?: unknown): void {
    this.logger.fatal({ context }, String(message));
  }
}

/** The token under which the log is provided. */
export const LOGGER = Symbol('LOGGER');
