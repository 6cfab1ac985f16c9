import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Installations } from '../support/installations.js';
import { MainProcess } from './main-process.js';

const SECRET_KEY = Buffer.alloc(32, 7).toString('base64');
/** For each variable, values that are wrong in different ways. */
const WRONG: Readonly<Record<string, readonly [string, string]>> = {
  PORT: ['65536', 'http'],
  DATABASE_URL: ['mysql://localhost/portico', 'localhost:5432'],
  STORAGE_URL: ['ftp://example.test/blobs', 'blobs'],
  PUBLIC_URL: ['portico.example.test', 'ftp://example.test'],
  SECRET_KEY: [Buffer.alloc(31).toString('base64'), 'not base64!'],
  BOOTSTRAP_FIRM_ID: ['0', 'one'],
  BOOTSTRAP_API_KEY: ['1234', '00000000-0000-0000-0000-00000000000g'],
  BOOTSTRAP_API_SECRET: ['short', '-'.repeat(40)],
  BOOTSTRAP_ADMIN_EMAIL: ['nobody', 'two words@example.test'],
  BOOTSTRAP_PORTAL_TOKEN: ['short', 'with a space in it, and long'],
  MAX_UPLOAD_BYTES: ['5GB', '0'],
  RATE_LIMIT_PER_MINUTE: ['-1', '1.5'],
  CORS_ORIGINS: ['*', 'https://portal.example.com/path'],
  TRUST_PROXY: ['1', 'true'],
  FAILURES_PER_MINUTE: ['-1', 'many'],
};
const VARIABLES = Object.keys(WRONG).sort();

describe('a wrong setting', () => {
  const installations = new Installations();
  let directory: string;

  beforeAll(async () => {
    directory = await installations.directory();
  });

  afterAll(() => installations.remove());

  it.each(['PORT', 'DATABASE_URL', 'SECRET_KEY'])('in %s alone stops the boot and is named', async (variable) => {
    const { code, output } = await boot({ SECRET_KEY, [variable]: WRONG[variable]?.[0] });
    expect(output).toMatch(new RegExp(`did not start:\\s+${variable} must be`));
    expect(named(output)).toEqual([variable]);
    expect(output).not.toMatch(/\bat .*\.js:\d+/); // no stack
    expect(code).toBe(1);
  });

  it.each([0, 1] as const)('is named together with all others (wrong values no. %i)', async (which) => {
    const { code, output } = await boot(
      Object.fromEntries(VARIABLES.map((variable) => [variable, WRONG[variable]?.[which]])),
    );
    expect(named(output)).toEqual(VARIABLES);
    expect(code).toBe(1);
  });

  it('is DATABASE_URL without SECRET_KEY', async () => {
    const { code, output } = await boot({ DATABASE_URL: 'postgres://127.0.0.1:1/portico' });
    expect(output).toContain('SECRET_KEY must be given when DATABASE_URL is set');
    expect(code).toBe(1);
  });

  it('does not bring its value into the message when that is a secret', async () => {
    const secrets = { SECRET_KEY: 'c2VjcmV0', BOOTSTRAP_API_SECRET: 'my-secret', BOOTSTRAP_PORTAL_TOKEN: 'my-token' };
    const { output } = await boot(secrets);
    for (const secret of Object.values(secrets)) expect(output).not.toContain(secret);
    expect(named(output)).toEqual(Object.keys(secrets).sort());
  });

  it('makes nothing in DATA_DIR', () => {
    for (const name of ['db', 'blobs', 'secret.key']) expect(existsSync(path.join(directory, name))).toBe(false);
  });

  async function boot(environment: NodeJS.ProcessEnv): Promise<{ code: number | null; output: string }> {
    const main = new MainProcess(directory, environment);
    installations.atEnd(() => main.kill());
    return { code: await main.ended, output: main.output };
  }
});

function named(output: string): string[] {
  return (output.match(/^[A-Z_]+(?= must be)/gm) ?? []).sort();
}
