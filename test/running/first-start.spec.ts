import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FileClient } from '../support/file-client.js';
import { Installations } from '../support/installations.js';
import { basic } from '../support/portico.js';
import { type PorticoServer } from '../support/portico-server.js';
import { MainProcess } from './main-process.js';

const SECRETS = /API secret|Password|Portal token/;

describe('the first start', () => {
  const installations = new Installations();
  let first: PorticoServer;
  let banner: string;
  let secretKey: string;

  beforeAll(async () => {
    const made = { BOOTSTRAP_API_KEY: '', BOOTSTRAP_API_SECRET: '', BOOTSTRAP_FIRM_ID: '42' };
    first = await installations.start({ dataDir: await installations.directory(), env: made });
    banner = first.output;
    secretKey = await readSecretKey();
  }, 60_000);

  afterAll(() => installations.remove(), 60_000);

  it('prints the credentials that it made, and they work', async () => {
    const [, firm = ''] = /^Firm +(\d+)/m.exec(banner) ?? [];
    const [, key = ''] = /^API key +([0-9a-f-]{36})$/m.exec(banner) ?? [];
    const [, secret = ''] = /^API secret +([A-Za-z0-9]{40}) +\(shown this once\)$/m.exec(banner) ?? [];
    expect(firm).toBe('42');
    expect(banner).toMatch(/^Administrator +admin@example\.test$/m);
    expect(banner).toMatch(/^Password +\S{16,} +\(shown this once\)$/m);
    expect(banner).toMatch(/^Portal token +\S{16,} +\(shown this once\)$/m);
    const client = new FileClient(first.url, { Authorization: basic(key, secret), 'Addepar-Firm': firm });
    expect((await client.call('/api/v1/files')).status).toBe(200);
    client.close();
  });

  it('prints the address of the Swagger UI, which is there', async () => {
    const [, address = ''] = /^Swagger UI +(http:\S+)$/m.exec(banner) ?? [];
    const page = await fetch(address);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('swagger');
  });

  it('makes a secret key that only its owner may read', async () => {
    expect((await stat(path.join(first.dataDir, 'secret.key'))).mode & 0o777).toBe(0o600);
    expect(Buffer.from(secretKey, 'base64')).toHaveLength(32);
  });

  it('refuses a second server on the same DATA_DIR, and goes on', async () => {
    const second = new MainProcess(first.dataDir, {});
    installations.atEnd(() => second.kill());
    expect(await second.ended).toBe(1);
    expect(second.output).toContain(
      `DATA_DIR ${first.dataDir} is in use by another Portico server (process ${first.pid})`,
    );
    expect((await fetch(`${first.url}/health/ready`)).status).toBe(200);
  });

  it('is the only one that prints credentials, and its key stays', async () => {
    expect(await first.stop()).toBe(0);
    const again = await installations.again(first);
    expect(again.output).toContain('Swagger UI');
    expect(again.output).not.toMatch(SECRETS);
    expect(await readSecretKey()).toBe(secretKey);
  });

  it('does not print what was given', async () => {
    const given = { BOOTSTRAP_ADMIN_PASSWORD: 'a given password', BOOTSTRAP_PORTAL_TOKEN: 'a-given-portal-token' };
    const server = await installations.start({ dataDir: await installations.directory(), env: given });
    for (const secret of [server.credentials.secret, ...Object.values(given)])
      expect(server.output).not.toContain(secret);
    expect(server.output.match(/\(as given\)/g)).toHaveLength(3);
    const client = new FileClient(server.url, server.headers);
    expect((await client.call('/api/v1/files')).status).toBe(200);
    client.close();
  }, 60_000);

  function readSecretKey(): Promise<string> {
    return readFile(path.join(first.dataDir, 'secret.key'), 'utf8');
  }
});
