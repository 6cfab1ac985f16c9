import { userInfo } from 'node:os';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FirmRepository, identityErrors, UserRepository } from '@portico/domain/identity';
import { type Author, type FirmId, UnitOfWork, type UserId } from '@portico/domain/kernel';
import { entities } from '../mikro-orm.config.js';
import { loadConfig } from '../platform/config/config.js';
import { createLogger, NestLog } from '../platform/observability/logger.js';
import { openRuntime } from '../platform/runtime.js';
import { CliModule } from './cli.module.js';

const STANDARD_ERROR = 2;

/** The operator at work: the application's use cases, and the name under which the history keeps what is done. */
export interface Operator {
  get: INestApplicationContext['get'];
  readonly author: Omit<Author, 'firmId'>;
  /** @throws DomainError `firm_not_found` */
  requireFirm(firmId: FirmId): Promise<FirmId>;
  /** @throws DomainError `firm_not_found`, `user_not_found`, `invalid_email` */
  userOf(firmId: FirmId, email: string): Promise<UserId>;
}

/** Opens the installation that the environment names, beside a running server or without one, for one command. */
export async function asOperator<T>(work: (operator: Operator) => Promise<T>): Promise<T> {
  const logger = createLogger('warn', STANDARD_ERROR);
  const runtime = await openRuntime({ config: loadConfig(process.env), logger, role: 'command', entities });
  try {
    const app = await NestFactory.createApplicationContext(CliModule.with(runtime), {
      logger: new NestLog(logger),
      abortOnError: false,
    });
    return await work(operatorIn(app));
  } finally {
    await runtime.close();
  }
}

/** The name under which the history keeps what an operator does. */
export function operatorAuthor(): Operator['author'] {
  return {
    userId: null,
    credential: { kind: 'operator', id: userInfo().username },
    origin: { requestId: `command-${process.pid}`, address: null },
  };
}

function operatorIn(app: INestApplicationContext): Operator {
  const unitOfWork = app.get(UnitOfWork);
  const requireFirm = async (firmId: FirmId) => {
    if (!(await unitOfWork.run(() => app.get(FirmRepository).exists(firmId))))
      throw identityErrors.firmNotFound(firmId);
    return firmId;
  };
  return {
    get: app.get.bind(app),
    author: operatorAuthor(),
    requireFirm,
    async userOf(firmId, email) {
      await requireFirm(firmId);
      const userId = await unitOfWork.run(() => app.get(UserRepository).findIdByEmail(firmId, email));
      if (userId === null) throw identityErrors.userNotFound(email);
      return userId;
    },
  };
}
