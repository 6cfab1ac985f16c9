import type { Server } from 'node:http';
import type { Logger } from 'pino';

const DRAIN_MS = 30_000;
const CLOSE_MS = 35_000;
const IDLE_CHECK_MS = 50;

/** Thrown out of the boot when it is to end before it is over. */
export class StopRequested extends Error {}

/**
 * SIGTERM and SIGINT: what was opened is closed in reverse order, and the process ends with 0; a second signal ends it
 * at once.
 */
export class GracefulStop {
  private readonly closers: (() => Promise<void>)[] = [];
  private requested = false;
  private booting = true;

  constructor(private readonly logger: Logger) {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => this.onSignal(signal));
  }

  /** Has `close` called when the process ends. */
  closing(close: () => Promise<void>): void {
    this.closers.push(close);
  }

  /** To be called between the steps of the boot. @throws StopRequested after a signal */
  checkpoint(): void {
    if (this.requested) throw new StopRequested();
  }

  /** The boot is over: from now on a signal acts by itself. */
  booted(): void {
    this.checkpoint();
    this.booting = false;
  }

  /** Ends the process with 1 after closing everything, because it can't go on. */
  readonly fatal = (error: Error): void => {
    this.logger.fatal({ err: error }, 'can not go on');
    process.stderr.write(`Portico stops: ${error.message}\n`);
    void this.end(1);
  };

  /** Closes everything and ends the process. */
  async end(code: number): Promise<void> {
    for (const close of this.closers.splice(0).reverse()) {
      try {
        await withinPatience(close());
      } catch (error) {
        this.logger.error({ err: error }, 'could not close everything');
        code ||= 1;
      }
    }
    this.logger.info({ code }, 'stopped');
    this.logger.flush(() => process.exit(code));
  }

  private onSignal(signal: string): void {
    if (this.requested) process.exit(1);
    this.requested = true;
    this.logger.info({ signal }, 'stopping');
    if (!this.booting) void this.end(0);
  }
}

/** What does not close in time must not keep the process. @throws Error when it doesn't */
async function withinPatience(closing: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('it took too long')), CLOSE_MS);
  });
  await Promise.race([closing, late]).finally(() => clearTimeout(timer));
}

/** No limit on how long a big upload takes, but on how long nothing comes, or headers; kept alive longer than proxies do. */
export function setTimeouts(server: Server): void {
  server.requestTimeout = 0;
  server.headersTimeout = 60_000;
  server.timeout = 120_000;
  server.keepAliveTimeout = 65_000;
}

/**
 * Stops accepting and lets the requests under way end, for 30 seconds at most; `close` is what stops the listening.
 */
export async function drain(server: Server, close: () => Promise<void>): Promise<void> {
  const idle = setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MS);
  const patience = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
  try {
    await close();
  } finally {
    clearInterval(idle);
    clearTimeout(patience);
  }
}
