import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import supertest from 'supertest';
import { FILES_V1 } from '../support/openapi-document.js';
import { PorticoServer } from '../support/portico-server.js';

jest.setTimeout(60_000);

const GENERATOR = path.resolve(import.meta.dirname, '../../dist/src/openapi.js');
let server: PorticoServer;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'portico-openapi-'));
  server = await PorticoServer.start();
});
afterAll(async () => {
  await server.dispose();
  await rm(folder, { recursive: true, force: true });
});

describe('The committed OpenAPI document', () => {
  it('is what the built code generates; after a change, `npm run openapi` writes it anew', async () => {
    await promisify(execFile)(process.execPath, [GENERATOR, folder]);
    const generated = await readFile(path.join(folder, 'files-v1.json'), 'utf8');
    expect(generated).toBe(await readFile(FILES_V1, 'utf8'));
  });

  it('is served byte for byte at /openapi/files-v1.json', async () => {
    const answer = await supertest(server.url).get('/openapi/files-v1.json').responseType('blob');
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
    expect(answer.body).toEqual(await readFile(FILES_V1));
  });

  it('is the one that the Swagger UI loads', async () => {
    const answer = await supertest(server.url).get('/docs/swagger-ui-init.js');
    expect(answer.status).toBe(200);
    expect(answer.text).toContain('/openapi/files-v1.json');
  });
});
