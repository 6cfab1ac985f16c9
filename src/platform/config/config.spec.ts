import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { loadConfig } from './config.js';
import { loadSecretKey } from './secret-key.js';
import { ConfigError } from './settings.js';

const KEY = Buffer.alloc(32, 7).toString('base64');

function faultsOf(environment: Record<string, string>): readonly string[] {
  try {
    loadConfig(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
}

describe('the settings', () => {
  it('have the defaults of the documentation', () => {
    expect(loadConfig({})).toMatchObject({
      host: '127.0.0.1',
      port: 3000,
      dataDir: path.resolve('data'),
      databaseUrl: null,
      storage: { kind: 'folder', root: path.resolve('data/blobs') },
      publicUrl: 'http://localhost:3000',
      mail: {
        smtpUrl: null,
        keptIn: path.resolve('data/mail'),
        from: { name: null, address: 'no-reply@localhost' },
        portalUrl: 'http://localhost:3000/portal/files',
        firstPause: 30,
        notifyAfter: 60,
      },
      secretKey: null,
      bootstrap: { firmId: '1', firmName: 'Example Firm', adminEmail: 'admin@example.test' },
      maxUploadBytes: 5 * 1024 ** 3,
      rateLimitPerMinute: 600,
      accelRedirect: null,
    });
  });

  it.each([
    ['s3://files', { bucket: 'files', prefix: '', endpoint: null, region: 'us-east-1' }],
    ['s3://files/a/b/?region=eu-west-1', { bucket: 'files', prefix: 'a/b/', endpoint: null, region: 'eu-west-1' }],
    [
      's3://my.files/a%20b?endpoint=http%3A%2F%2Fminio%3A9000',
      { bucket: 'my.files', prefix: 'a b/', endpoint: 'http://minio:9000', region: 'us-east-1' },
    ],
  ])('know the bucket in %s', (STORAGE_URL, location) => {
    expect(loadConfig({ STORAGE_URL }).storage).toEqual({ kind: 's3', ...location });
  });

  it.each([
    's3://',
    's3://UPPER_case',
    's3://files?endpoint=minio',
    's3://files?endpont=http://minio',
    's3://a:b@files',
  ])('refuse the store %s', (STORAGE_URL) => {
    expect(faultsOf({ STORAGE_URL })).toEqual([expect.stringMatching(/^STORAGE_URL must be/)]);
  });

  it('refuse to hand over to a proxy what is in a bucket', () => {
    const faults = faultsOf({ STORAGE_URL: 's3://files', X_ACCEL_REDIRECT: '/blobs/' });
    expect(faults).toEqual([expect.stringMatching(/^X_ACCEL_REDIRECT works with/)]);
  });

  it('take an empty value as unset', () => {
    expect(loadConfig({ PORT: '', DATABASE_URL: ' ' })).toMatchObject({ port: 3000, databaseUrl: null });
  });

  it('read what is given', () => {
    const environment = {
      PORT: '0',
      DATABASE_URL: 'postgres://u:p@db/portico',
      SECRET_KEY: KEY,
      STORAGE_URL: 'file:///var/blobs',
      PUBLIC_URL: 'https://files.example/',
      X_ACCEL_REDIRECT: '/blobs/',
      RATE_LIMIT_PER_MINUTE: '0',
    };
    expect(loadConfig(environment)).toMatchObject({
      port: 0,
      databaseUrl: 'postgres://u:p@db/portico',
      secretKey: Buffer.alloc(32, 7),
      storage: { kind: 'folder', root: '/var/blobs' },
      publicUrl: 'https://files.example',
      accelRedirect: '/blobs/',
      rateLimitPerMinute: 0,
    });
  });

  it('say how mails leave', () => {
    const { mail } = loadConfig({
      SMTP_URL: 'smtps://user:hush@mail.example:465',
      MAIL_FROM: 'Example Documents <documents@example.test>',
      PUBLIC_URL: 'https://files.example',
      PORTAL_URL: 'https://portal.example/files/',
      MAIL_RETRY_SECONDS: '1',
      NOTIFY_AFTER_SECONDS: '5',
    });
    expect(mail).toMatchObject({
      smtpUrl: 'smtps://user:hush@mail.example:465',
      from: { name: 'Example Documents', address: 'documents@example.test' },
      portalUrl: 'https://portal.example/files',
      firstPause: 1,
      notifyAfter: 5,
    });
    const from = (environment: Record<string, string>) => loadConfig(environment).mail.from;
    expect(from({ MAIL_FROM: 'a@b.c' })).toEqual({ name: null, address: 'a@b.c' });
    expect(from({ MAIL_FROM: '"Smith, Ann" <a@b.c>' })).toEqual({ name: 'Smith, Ann', address: 'a@b.c' });
    expect(from({ PUBLIC_URL: 'https://files.example:8443/x' }).address).toBe('no-reply@files.example');
    expect(from({ PUBLIC_URL: 'http://127.0.0.1:3000' }).address).toBe('no-reply@localhost');
  });

  it.each([
    ['PORT', '70000'],
    ['PORT', 'http'],
    ['DATABASE_URL', 'mysql://db'],
    ['DATABASE_REPLICA_URLS', 'postgres://one/portico,mysql://other'],
    ['DATABASE_REPLICA_URLS', 'postgres://one/portico'],
    ['STORAGE_URL', 'blobs'],
    ['PUBLIC_URL', 'files.example'],
    ['SECRET_KEY', 'short'],
    ['BOOTSTRAP_FIRM_ID', '0'],
    ['BOOTSTRAP_API_KEY', 'key'],
    ['BOOTSTRAP_API_SECRET', 'a'.repeat(39)],
    ['BOOTSTRAP_ADMIN_EMAIL', 'admin'],
    ['BOOTSTRAP_PORTAL_TOKEN', 'short'],
    ['MAX_UPLOAD_BYTES', '-1'],
    ['RATE_LIMIT_PER_MINUTE', '1.5'],
    ['X_ACCEL_REDIRECT', 'blobs'],
    ['LOG_LEVEL', 'loud'],
    ['DATABASE_POOL_SIZE', '1'],
    ['SMTP_URL', 'http://mail.example'],
    ['MAIL_FROM', 'nobody'],
    ['MAIL_FROM', 'Name <a@b.c> <d@e.f>'],
    ['PORTAL_URL', 'portal.example'],
    ['MAIL_RETRY_SECONDS', '0'],
  ])('refuse %s=%s and name it', (name, value) => {
    const faults = faultsOf({ [name]: value });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(new RegExp(`^${name} must be `));
  });

  it('name all wrong variables at once, and never their secrets', () => {
    const faults = faultsOf({ PORT: 'x', BOOTSTRAP_API_SECRET: 'hush', SECRET_KEY: 'hush' });
    expect(faults.map((fault) => fault.split(' ')[0]).sort()).toEqual(['BOOTSTRAP_API_SECRET', 'PORT', 'SECRET_KEY']);
    expect(faults.join()).not.toContain('hush');
  });

  it('want a SECRET_KEY with DATABASE_URL', () => {
    expect(faultsOf({ DATABASE_URL: 'postgres://db/portico' })).toEqual([
      expect.stringMatching(/^SECRET_KEY must be given/),
    ]);
  });
});

describe('the secret key', () => {
  it('is made once for a DATA_DIR, and only its owner may read it', async () => {
    const dataDir = path.join(await mkdtemp(path.join(tmpdir(), 'portico-key-')), 'data');
    const config = loadConfig({ DATA_DIR: dataDir });
    const [one, other] = await Promise.all([loadSecretKey(config), loadSecretKey(config)]);
    expect(one.hash('x')).toEqual(other.hash('x'));
    expect((await loadSecretKey(config)).hash('x')).toEqual(one.hash('x'));
    expect((await stat(path.join(dataDir, 'secret.key'))).mode & 0o777).toBe(0o600);
    await writeFile(path.join(dataDir, 'secret.key'), 'nonsense');
    await expect(loadSecretKey(config)).rejects.toThrow(/secret\.key must hold 32 bytes/);
    await rm(path.dirname(dataDir), { recursive: true });
  });

  it('gives each purpose a key of its own', async () => {
    const key = await loadSecretKey(loadConfig({ SECRET_KEY: KEY }));
    expect(key.derive('a')).toHaveLength(32);
    expect(key.derive('a')).not.toEqual(key.derive('b'));
    expect(key.derive('a')).toEqual(key.derive('a'));
  });
});
