import { mkdir, writeFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { INestApplication } from '@nestjs/common';
import { CreateClient } from '@portico/domain/directory';
import { bootstrapFirm, firstCredentials } from '../../bootstrap.js';
import { createHttpApplication } from '../../http.js';
import { FoundFirm } from '../../identity/identity.module.js';
import { entities } from '../../mikro-orm.config.js';
import { type Config, loadConfig } from '../../platform/config/config.js';
import { createLogger } from '../../platform/observability/logger.js';
import { openRuntime } from '../../platform/runtime.js';
import { operatorAuthor } from '../operator.js';
import { DemoSession } from './demo-session.js';
import { type DemoDocument, type DemoFirm, demoHeaders, type DemoResult, DemoSteps } from './demo-steps.js';

const STANDARD_ERROR = 2;
const FIRM_NAME = 'Demo Firm';
const CLIENT_NAME = 'Byron Family';

/**
 * Runs the demonstration on this installation, beside a running server or without one, through an address of its own.
 * Mails are kept as files even where a mail server is set: their readers do not exist.
 */
export async function demonstrate(document: DemoDocument, write: (text: string) => void): Promise<DemoResult> {
  const given = loadConfig(process.env);
  const config: Config = { ...given, rateLimitPerMinute: 0, mail: { ...given.mail, smtpUrl: null } };
  const logger = createLogger('error', STANDARD_ERROR);
  const runtime = await openRuntime({ config, logger, role: 'command', entities });
  try {
    const app = await createHttpApplication(runtime);
    try {
      await app.listen(0, '127.0.0.1');
      const { port } = (app.getHttpServer() as Server).address() as AddressInfo;
      await bootstrap(app, config, write);
      const firm = await foundDemoFirm(app, config, write);
      const { named } = demoHeaders(firm);
      const session = new DemoSession(`http://127.0.0.1:${port}`, addressOf(given), named, write);
      const result = await new DemoSteps(session, firm, await kept(document, config)).run();
      session.step('Done');
      session.tell('Everything above is kept: npm start, and the same commands answer the same.');
      return result;
    } finally {
      await app.close();
    }
  } finally {
    await runtime.close();
  }
}

/** What the first start of the server does: the demo firm shall not be the only one. */
async function bootstrap(app: INestApplication, config: Config, write: (text: string) => void): Promise<void> {
  const founded = await bootstrapFirm(app, config.bootstrap);
  if (founded) write(['Portico is set up.', '', ...firstCredentials(founded, config.bootstrap), ''].join('\n'));
}

/** A document that was made is kept as a file, so that the commands work with it. */
async function kept(document: DemoDocument, { dataDir }: Config): Promise<DemoDocument> {
  if (document.from !== null) return document;
  const from = path.join(dataDir, 'demo', document.name);
  await mkdir(path.dirname(from), { recursive: true });
  await writeFile(from, document.bytes);
  return { ...document, from };
}

async function foundDemoFirm(app: INestApplication, config: Config, write: (text: string) => void): Promise<DemoFirm> {
  const author = operatorAuthor();
  const made = { apiKey: null, apiSecret: null, portalToken: null, adminPassword: null };
  const adminEmail = 'admin@example.test';
  const founded = await app.get(FoundFirm).execute(author, { id: null, name: FIRM_NAME, adminEmail, ...made });
  if (!founded) throw new Error('the demo firm was not made');
  const { firmId, apiKey, portalToken } = founded;
  const client = await app.get(CreateClient).execute({ ...author, firmId }, { name: CLIENT_NAME });
  write(`== A firm and a client of it
$ npm run portico -- firm create --name '${FIRM_NAME}'
$ npm run portico -- client create --firm ${firmId} --name '${CLIENT_NAME}'
Firm ${firmId}; client ${client.id}, whose papers are those of entity ${client.entityId}. In the commands below stand:
KEY=${apiKey.key}
SECRET=${apiKey.secret}
PORTAL_TOKEN=${portalToken}`);
  return { firmId, ...apiKey, portalToken, client, mailDir: config.mail.keptIn };
}

/** Where the installation's own server is, or will be. */
function addressOf({ host, port }: Config): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
