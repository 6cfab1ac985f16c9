import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SecretKey } from '../../platform/config/secret-key.js';
import { BackupFolder } from './backup-folder.js';
import { FORMAT, type Manifest } from './manifest.js';
import { findSnapshot, missingKey, requireWholeFiles, type Snapshot } from './snapshot.js';

const KNOWN = ['m0001-vault'];
const KEY = Buffer.alloc(32, 'right');
const right = new SecretKey(KEY);
const other = new SecretKey(Buffer.alloc(32, 'other'));
const written = (content: string) => ({
  bytes: content.length,
  sha256: createHash('sha256').update(content).digest('hex'),
});

let root: string;
let backups: BackupFolder;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'portico-snapshot-'));
  backups = new BackupFolder(root);
  await backups.prepare();
});
afterEach(() => rm(root, { recursive: true, force: true }));

/** A snapshot of one table, of that day. */
async function snapshot({ day = 1, isIncluded = true } = {}): Promise<Snapshot> {
  const { name, folder } = await backups.begin(new Date(Date.UTC(2026, 2, day)));
  const manifest: Manifest = {
    ...{
      format: FORMAT,
      portico: '1.0.0',
      takenAt: '2026-03-01T00:00:00Z',
      migration: 'm0001-vault',
      postgres: '18.4',
    },
    key: { fingerprint: right.fingerprint, isIncluded },
    tables: [{ name: 'firms', columns: ['id'], rows: 1, ...written('rows') }],
    ...{ counters: [], leftOut: {}, blobs: { count: 0, bytes: 0, list: written('list'), faults: [] } },
  };
  await mkdir(path.join(folder, 'tables'));
  await writeFile(path.join(folder, 'tables', 'firms.copy.gz'), 'rows');
  await writeFile(path.join(folder, 'blobs.tsv.gz'), 'list');
  if (isIncluded) await writeFile(path.join(folder, 'secret.key'), `${KEY.toString('base64')}\n`);
  await backups.complete(name, manifest);
  return findSnapshot(backups, name, KNOWN);
}

describe('A snapshot', () => {
  it('is the newest unless another is named', async () => {
    const [first, last] = [await snapshot({ day: 1 }), await snapshot({ day: 2 })];
    expect((await findSnapshot(backups, null, KNOWN)).name).toBe(last.name);
    expect((await findSnapshot(backups, first.name, KNOWN)).name).toBe(first.name);
    await expect(findSnapshot(backups, '../elsewhere', KNOWN)).rejects.toThrow('holds no snapshot ../elsewhere');
  });

  it('of a version that is not known here is refused', async () => {
    const { name } = await snapshot();
    await expect(findSnapshot(backups, name, ['m0000'])).rejects.toThrow('it was made by a later version (1.0.0)');
  });

  it('is whole as long as each of its files is as it was written', async () => {
    const one = await snapshot();
    const { signal } = new AbortController();
    await requireWholeFiles(one, signal);
    const table = path.join(one.folder, 'tables', 'firms.copy.gz');
    await writeFile(table, 'Rows');
    await expect(requireWholeFiles(one, signal)).rejects.toThrow(`${table} is not as it was written`);
    await rm(table);
    await expect(requireWholeFiles(one, signal)).rejects.toThrow(`${table} is missing`);
  });

  it('is not looked at further when somebody ends it', async () => {
    await expect(requireWholeFiles(await snapshot(), AbortSignal.abort(new Error('ended')))).rejects.toThrow();
  });
});

describe('The key of a snapshot', () => {
  it('is not needed where the right one is', async () => {
    expect(await missingKey(await snapshot(), right)).toBeNull();
    expect(await missingKey(await snapshot({ day: 2, isIncluded: false }), right)).toBeNull();
  });

  it('takes the place of none', async () => {
    const one = await snapshot();
    expect(await missingKey(one, null)).toBe(path.join(one.folder, 'secret.key'));
  });

  it('is never put in the place of another', async () => {
    await expect(missingKey(await snapshot(), other)).rejects.toThrow('the secret key is not the one');
  });

  it('has to be given when it is not in it, or damaged', async () => {
    await expect(missingKey(await snapshot({ isIncluded: false }), null)).rejects.toThrow('set SECRET_KEY');
    const one = await snapshot({ day: 2 });
    await writeFile(path.join(one.folder, 'secret.key'), Buffer.alloc(32, 'x').toString('base64'));
    await expect(missingKey(one, null)).rejects.toThrow('is missing or damaged');
    await rm(path.join(one.folder, 'secret.key'));
    await expect(missingKey(one, null)).rejects.toThrow('is missing or damaged');
  });
});
