import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { INestApplication } from '@nestjs/common';
import { type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import type { NextFunction, Request, Response } from 'express';

/** The faces that have a document so far, and where their documents are committed. */
export const DOCUMENTS = [
  { name: 'files-v1', title: 'Files API v1' },
  { name: 'publishing-v1', title: 'Publishing API v1' },
  { name: 'back-office-v2', title: 'Back Office API v2' },
  { name: 'portal', title: 'Portal API' },
] as const;
export type DocumentName = (typeof DOCUMENTS)[number]['name'];
export const DOCUMENT_DIR = fileURLToPath(new URL('../../openapi/', import.meta.url));

/** Serves the committed OpenAPI documents at `/openapi/<name>.json`, and the Swagger UI over them at `/docs`. */
export function serveDocuments(app: INestApplication): void {
  const texts = new Map(
    DOCUMENTS.map(({ name }) => [
      `/openapi/${name}.json`,
      readFileSync(path.join(DOCUMENT_DIR, `${name}.json`), 'utf8'),
    ]),
  );
  app.use((request: Request, response: Response, next: NextFunction) => {
    const text = request.method === 'GET' || request.method === 'HEAD' ? texts.get(request.path) : undefined;
    if (text === undefined) next();
    else response.setHeader('Content-Type', 'application/json').end(text);
  });
  const [first] = texts.values();
  SwaggerModule.setup('docs', app, JSON.parse(first ?? '{}') as OpenAPIObject, {
    customSiteTitle: 'Portico API',
    raw: false,
    explorer: true,
    swaggerOptions: {
      urls: DOCUMENTS.map(({ name, title }) => ({ url: `/openapi/${name}.json`, name: title })),
      persistAuthorization: true,
      displayRequestDuration: true,
    },
  });
}
