import 'reflect-metadata';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import { bootstrapFirm, firstCredentials } from './bootstrap.js';
import { createHttpApplication } from './http.js';
import { entities } from './mikro-orm.config.js';
import { type Config, loadConfig } from './platform/config/config.js';
import { drain, GracefulStop, setTimeouts, StopRequested } from './platform/http/server-lifetime.js';
import { createLogger } from './platform/observability/logger.js';
import { openRuntime } from './platform/runtime.js';

async function boot(config: Config, logger: Logger, stop: GracefulStop): Promise<void> {
  const runtime = await openRuntime({ config, logger, role: 'server', entities, onLost: stop.fatal });
  stop.closing(() => runtime.close());
  stop.checkpoint();
  const app = await createHttpApplication(runtime);
  const server = app.getHttpServer() as Server;
  setTimeouts(server);
  stop.closing(() => drain(server, () => app.close()));
  const founded = await bootstrapFirm(app, config.bootstrap);
  stop.checkpoint();
  await app.listen(config.port, config.host);
  const { port } = server.address() as AddressInfo;
  const address = `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`;
  const credentials = founded ? ['Portico is set up.', '', ...firstCredentials(founded, config.bootstrap), ''] : [];
  process.stdout.write(['', ...credentials, `Swagger UI         ${address}/docs`, '', ''].join('\n'));
  logger.info({ address, database: config.databaseUrl ? 'server' : 'embedded' }, 'listening');
  stop.booted();
}

async function main(): Promise<void> {
  const config = loadConfig(process.env);
  const logger = createLogger(config.logLevel);
  const stop = new GracefulStop(logger);
  try {
    await boot(config, logger, stop);
  } catch (error) {
    if (error instanceof StopRequested) return stop.end(0);
    process.stderr.write(`Portico did not start: ${messageOf(error)}\n`);
    logger.fatal({ err: error }, 'did not start');
    return stop.end(1);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

main().catch((error: unknown) => {
  process.stderr.write(`Portico did not start:\n${messageOf(error)}\n`);
  process.exitCode = 1;
});
