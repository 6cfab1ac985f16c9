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

  /** Tells two keys apart, and nothing about either. */
  get fingerprint(): string {
    return this.derive('fingerprint').toString('hex').slice(0, 32);
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
  const file = keyFileOf(config);
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
  return keyIn((await read(file)) ?? (await make(file)), file);
}

/**
 * The key that there is: the one that was given, or the one in the file; null when there is none.
 * @throws ConfigError as `loadSecretKey` does
 */
export async function findSecretKey(config: Config): Promise<SecretKey | null> {
  return config.secretKey ? new SecretKey(config.secretKey) : findKeyIn(keyFileOf(config));
}

/** The key in a file; null when there is no such file. @throws ConfigError when it holds something else */
export async function findKeyIn(file: string): Promise<SecretKey | null> {
  const kept = await read(file);
  return kept === null ? null : keyIn(kept, file);
}

/** Where the key is kept when it is not given. */
export function keyFileOf({ dataDir }: Pick<Config, 'dataDir'>): string {
  return path.join(dataDir, 'secret.key');
}

function keyIn(kept: string, file: string): SecretKey {
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

async function make(file: string): Promise<string> {
  await placeKey(file, `${randomBytes(BYTES).toString('base64')}\n`);
  return readFile(file, 'utf8');
}

/**
 * Puts a key in its place, unless there is one. Written aside and linked: two starters agree on one key, and a crash
 * leaves none half-written.
 */
export async function placeKey(file: string, text: string): Promise<void> {
  const aside = `${file}.${randomBytes(6).toString('hex')}`;
  const handle = await open(aside, 'wx', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
    await link(aside, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
    await syncDirectory(path.dirname(file));
  } finally {
    await handle.close();
    await rm(aside, { force: true });
  }
}
