import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import type { Logger } from 'pino';
import { BlobStore } from '@portico/domain/kernel';
import { Public } from '../platform/access/access.js';
import { Database } from '../platform/database/database.js';
import { HttpMetrics } from '../platform/observability/http-metrics.js';
import { LOGGER } from '../platform/observability/logger.js';

interface Readiness {
  status: 'ready' | 'not ready';
  database: 'ok' | 'unavailable';
  storage: 'ok' | 'unavailable';
}

/** For those who run Portico: load balancers, container engines, Prometheus. */
@ApiExcludeController()
@Controller()
export class HealthController {
  constructor(
    private readonly database: Database,
    private readonly blobs: BlobStore,
    private readonly metrics: HttpMetrics,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  @Get('health/live')
  @Public()
  live(): { status: 'alive' } {
    return { status: 'alive' };
  }

  @Get('health/ready')
  @Public()
  async ready(@Res({ passthrough: true }) response: Response): Promise<Readiness> {
    const [database, storage] = await Promise.all([
      this.answers('database', () => this.database.check()),
      this.answers('storage', () => this.blobs.check()),
    ]);
    const ready = database === 'ok' && storage === 'ok';
    response.status(ready ? 200 : 503);
    return { status: ready ? 'ready' : 'not ready', database, storage };
  }

  @Get('metrics')
  @Public()
  async tell(@Res() response: Response): Promise<void> {
    const { registry } = this.metrics;
    response.setHeader('Content-Type', registry.contentType);
    response.end(await registry.metrics());
  }

  private async answers(what: string, check: () => Promise<void>): Promise<'ok' | 'unavailable'> {
    try {
      await check();
      return 'ok';
    } catch (error) {
      this.logger.warn({ err: error }, `the ${what} does not answer`);
      return 'unavailable';
    }
  }
}
