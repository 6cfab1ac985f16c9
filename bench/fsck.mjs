import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';

const CLI = path.resolve(import.meta.dirname, '../dist/src/cli/main.js');
/** Blobs in a second, of a check that reads no bytes, and of one that reads them all. */
const AIMS = { shallow: 5000, deep: 1000 };
const CONTENT = Buffer.from('bytes of a blob');
/** How many are written at once. */
const AT_ONCE = 64;
const BATCH = 10_000;
const ROWS = `insert into blobs (key, firm_id, bytes, sha256)
  select key, $2, $3, sha256($4::bytea) from unnest($1::uuid[]) as given (key)`;

/**
 * Has the operator's command line compare so many blobs, in a storage and a database of their own, with their rows,
 * without and with reading their bytes; answers the milliseconds of each, the start of the command included.
 * @throws Error when it finds anything wrong
 */
export async function measureFsck({ databaseUrl, directory }, blobs, progress) {
  const name = `portico_fsck_${randomBytes(6).toString('hex')}`;
  const url = new URL(databaseUrl);
  url.pathname = `/${name}`;
  const home = path.join(directory, 'fsck');
  const environment = { DATABASE_URL: url.href, DATA_DIR: home, SECRET_KEY: randomBytes(32).toString('base64') };
  await run(databaseUrl, `create database ${name}`);
  try {
    const { firmId } = await command(environment, 'firm', 'create', '--name', 'Bench');
    await plant({ url: url.href, root: path.join(home, 'blobs'), firmId }, blobs, progress);
    const measured = [];
    for (const [how, options] of [
      ['shallow', []],
      ['deep', ['--deep']],
    ]) {
      progress(['fsck', ...options].join(' '));
      const begun = performance.now();
      const { intact, checked } = await command(environment, 'fsck', ...options);
      const ms = performance.now() - begun;
      assert.deepEqual([intact, checked], [true, blobs]);
      const rate = Math.round((1000 * blobs) / ms).toLocaleString('en');
      const title = `Check ${blobs.toLocaleString('en')} blobs, ${how}: ${rate} in a second`;
      measured.push({ title, ms: [ms], aim: (1000 * blobs) / AIMS[how] });
    }
    return measured;
  } finally {
    await run(databaseUrl, `drop database ${name} with (force)`);
    await rm(home, { recursive: true, force: true });
  }
}

async function plant({ url, root, firmId }, blobs, progress) {
  for (let at = 0; at < 256; at++)
    await mkdir(path.join(root, at.toString(16).padStart(2, '0')), { recursive: true, mode: 0o700 });
  const client = new pg.Client(url);
  await client.connect();
  try {
    for (let planted = 0; planted < blobs; planted += BATCH) {
      const keys = Array.from({ length: Math.min(BATCH, blobs - planted) }, () => randomUUID());
      for (let at = 0; at < keys.length; at += AT_ONCE)
        await Promise.all(
          keys.slice(at, at + AT_ONCE).map((key) => writeFile(path.join(root, key.slice(0, 2), key), CONTENT)),
        );
      await client.query(ROWS, [keys, firmId, CONTENT.length, CONTENT]);
      progress(`${planted + keys.length} blobs`);
    }
    await client.query('vacuum analyze blobs');
  } finally {
    await client.end();
  }
}

async function run(databaseUrl, statement) {
  const client = new pg.Client(databaseUrl);
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

async function command(environment, ...args) {
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, ...environment };
  const { stdout } = await promisify(execFile)(process.execPath, [CLI, ...args, '--json'], { env });
  return JSON.parse(stdout);
}
