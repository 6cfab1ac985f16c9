import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import supertest from 'supertest';
import { DOCUMENT_NAMES, documentFile } from '../support/openapi-document.js';
import type { Portico } from '../support/portico.js';
import { SharedPortico } from '../support/shared-portico.js';

jest.setTimeout(60_000);

const GENERATOR = path.resolve(import.meta.dirname, '../../dist/src/openapi.js');
let server: Portico;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'portico-openapi-'));
  server = await SharedPortico.start();
});
afterAll(async () => {
  await server.dispose();
  await rm(folder, { recursive: true, force: true });
});

describe('The committed OpenAPI documents', () => {
  it('are what the built code generates; after a change, `npm run openapi` writes them anew', async () => {
    await promisify(execFile)(process.execPath, [GENERATOR, folder]);
    expect((await readdir(folder)).sort()).toEqual(DOCUMENT_NAMES.map((name) => `${name}.json`));
    for (const name of DOCUMENT_NAMES) {
      const generated = await readFile(path.join(folder, `${name}.json`), 'utf8');
      expect(generated).toBe(await readFile(documentFile(name), 'utf8'));
    }
  });

  it.each(DOCUMENT_NAMES)('are served byte for byte: /openapi/%s.json', async (name) => {
    const answer = await supertest(server.url).get(`/openapi/${name}.json`).responseType('blob');
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
    expect(answer.body).toEqual(await readFile(documentFile(name)));
  });

  it('are those that the Swagger UI offers', async () => {
    const answer = await supertest(server.url).get('/docs/swagger-ui-init.js');
    expect(answer.status).toBe(200);
    for (const name of DOCUMENT_NAMES) expect(answer.text).toContain(`/openapi/${name}.json`);
  });
});
