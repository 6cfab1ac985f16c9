import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { Express } from 'express';
import helmet from 'helmet';
import Provider from 'oidc-provider';
import { AppModule } from './app.module.js';
import { serveDocuments } from './documents.js';
import { serveOAuth } from './identity/authentication.module.js';
import { AddressLimiter } from './platform/access/address-limiter.js';
import { limitTokenAttempts } from './platform/access/token-attempts.js';
import { allowOrigins } from './platform/http/cross-origin.js';
import { observeRequests, shortenV1 } from './platform/http/observe-requests.js';
import { PorticoExpressAdapter } from './platform/http/portico-express-adapter.js';
import { secureAnswers } from './platform/http/security-headers.js';
import { tellOfUnknownProxy, trustProxies } from './platform/http/trusted-proxies.js';
import { HttpMetrics } from './platform/observability/http-metrics.js';
import { NestLog } from './platform/observability/logger.js';
import type { Runtime } from './platform/runtime.js';
import { speakTus } from './uploads/uploads.module.js';

/** For pages; whether they come by https alone is for the proxy in front to say. */
const SECURITY_HEADERS = helmet({
  contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } },
  strictTransportSecurity: false,
});

/** The application with everything that stands around its routes; it does not listen yet. */
export async function createHttpApplication(runtime: Runtime): Promise<INestApplication> {
  const app = await NestFactory.create(AppModule.with(runtime), new PorticoExpressAdapter(), {
    bodyParser: false, // bodies are read after the guards
    logger: new NestLog(runtime.logger),
    abortOnError: false,
    forceCloseConnections: false,
  });
  const express = app.getHttpAdapter().getInstance() as Express;
  express.disable('x-powered-by');
  express.disable('etag');
  express.set('query parser', 'simple'); // a parameter keeps its whole name, brackets included
  const { edge } = runtime.config;
  trustProxies(express, edge.trustedProxies);
  app.use(observeRequests(runtime.logger, app.get(HttpMetrics)));
  app.use(secureAnswers, tellOfUnknownProxy(runtime.logger, edge.trustedProxies));
  allowOrigins(app, edge.corsOrigins);
  app.use(shortenV1);
  app.use(speakTus);
  app.use(['/docs', '/oauth2'], SECURITY_HEADERS);
  app.use('/oauth2/token', limitTokenAttempts(app.get(AddressLimiter)));
  app.use(serveOAuth(app.get<Provider | null>(Provider), runtime.config));
  serveDocuments(app);
  await app.init();
  return app;
}
