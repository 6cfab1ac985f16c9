import { createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { syncDirectory } from '../storage/durable.js';
import type { Config } from './config.js';
import { ConfigError } from './settings.js';

const BYTES = 32;

/** The installation's own key. Every use has a key of its own, derived from it (HKDF, RFC 5869). */
export class SecretKey {
  private readonly hashKey: Buffer;

  constructor(private readonly key: Buffer) {
    this.hashKey = this.derive('secret-hash');
  }

  /** 32 bytes for the purpose that `label` names. */
  derive(label: string): Buffer {
    return Buffer.from(hkdfSync('sha256', this.key, '', `portico:${label}`, BYTES));
  }

  /** The keyed hash (HMAC-SHA256) under which random secrets are kept. */
  hash(secret: string): Buffer {
    return createHmac('sha256', this.hashKey).update(secret).digest();
  }
}

/**
 * The key that was given, or the one in `DATA_DIR/secret.key`, which is made at the first start.
 * @throws ConfigError when that file holds something else
 */
export async function loadSecretKey(config: Config): Promise<SecretKey> {
  if (config.secretKey) return new SecretKey(config.secretKey);
  const file = path.join(config.dataDir, 'secret.key');
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
  const kept = (await read(file)) ?? (await make(file));
  const key = Buffer.from(kept.trim(), 'base64');
  if (key.length !== BYTES) throw new ConfigError([`${file} must hold ${BYTES} bytes in base64`]);
  return new SecretKey(key);
}

async function read(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Written aside and linked into place: two starters agree on one key, and a crash leaves none half-written. */
async function make(file: string): Promise<string> {
  const aside = `${file}.${randomBytes(6).toString('hex')}`;
  const handle = await open(aside, 'wx', 0o600);
  try {
    await handle.writeFile(`${randomBytes(BYTES).toString('base64')}\n`);
    await handle.sync();
    await link(aside, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
    await syncDirectory(path.dirname(file));
  } finally {
    await handle.close();
    await rm(aside, { force: true });
  }
  return readFile(file, 'utf8');
}
