import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { StoredBlob } from '@portico/domain/kernel';
import { BackupFolder, tooMany } from './backup-folder.js';
import { blobsIn } from './blob-list.js';
import type { Manifest } from './manifest.js';
import { LIST_FILE, prune } from './prune.js';

const at = (day: number) => new Date(Date.UTC(2026, 2, day, 11, 22, 33, 456));
const nameOf = (day: number) => `2026-03-${String(day).padStart(2, '0')}T11-22-33.456Z`;
const keyed = (fingerprint: string) => ({ key: { fingerprint, isIncluded: false } }) as Manifest;

let root: string;
let backups: BackupFolder;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'portico-backups-'));
  backups = new BackupFolder(path.join(root, 'backups'));
  await backups.prepare();
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function snapshot(day: number, blobs: readonly StoredBlob[] = [], fingerprint = 'one'): Promise<void> {
  const { name, folder } = await backups.begin(at(day));
  const rows = [...blobs].sort((one, other) => (one.key < other.key ? -1 : 1));
  const lines = rows.map(({ key, bytes, sha256 }) => `${key}\t1\t${bytes}\t${sha256}\n`);
  await writeFile(path.join(folder, LIST_FILE), gzipSync(lines.join('')));
  await backups.complete(name, keyed(fingerprint));
}
const blob = (text: string) => backups.blobs.put(Readable.from([text]));

describe('A folder of backups', () => {
  it('knows the whole snapshots alone, the oldest first', async () => {
    for (const day of [12, 3, 7]) await snapshot(day);
    await backups.begin(at(20));
    await writeFile(path.join(backups.root, 'snapshots', 'notes.txt'), 'x');
    expect(await backups.names()).toEqual([3, 7, 12].map(nameOf));
  });

  it('is nobody else’s to read', async () => {
    await snapshot(1);
    const modes = async (...names: string[]) =>
      ((await stat(path.join(backups.root, ...names))).mode & 0o777).toString(8);
    expect([await modes(), await modes('snapshots', nameOf(1)), await modes('blobs')]).toEqual(['700', '700', '700']);
    expect(await modes('snapshots', nameOf(1), 'manifest.json')).toBe('600');
  });

  it('loses what was broken off, and nothing else', async () => {
    await snapshot(1);
    await backups.begin(at(2));
    const kept = await blob('kept');
    await backups.clean();
    expect(await readdir(path.join(backups.root, 'snapshots'))).toEqual([nameOf(1)]);
    expect(await backups.blobs.has(kept.key)).toBe(true);
  });

  it('names the snapshot that it can not use', async () => {
    await snapshot(1);
    await expect(backups.manifest(nameOf(1), [])).rejects.toThrow(
      `the snapshot ${nameOf(1)} can not be used: its manifest is damaged`,
    );
  });

  it('tells whose backups it holds', async () => {
    await snapshot(1, [], 'one');
    await snapshot(2, [], 'other');
    expect(await backups.fingerprints()).toEqual(new Set(['one', 'other']));
  });

  it('is empty before it is there', async () => {
    expect(await new BackupFolder(path.join(root, 'nowhere')).names()).toEqual([]);
  });
});

describe('Of snapshots', () => {
  it.each([
    [1, ['a', 'b', 'c']],
    [3, ['a']],
    [4, []],
    [9, []],
  ])('with %d kept, the oldest others are too many', (count, expected) => {
    expect(tooMany(['c', 'a', 'd', 'b'], count)).toEqual(expected);
  });

  it('those that are too many go, with the blobs that none of the rest needs', async () => {
    const [first, both, last, orphan] = [await blob('1'), await blob('22'), await blob('333'), await blob('4444')];
    await snapshot(1, [first, both]);
    await snapshot(2, [both]);
    await snapshot(3, [both, last]);
    expect(await prune(backups, 2)).toEqual({ snapshots: [nameOf(1)], blobs: 2 });
    expect(await backups.names()).toEqual([nameOf(2), nameOf(3)]);
    const there = await Promise.all([first, both, last, orphan].map(({ key }) => backups.blobs.has(key)));
    expect(there).toEqual([false, true, true, false]);
  });

  it('all stay when nothing else is said', async () => {
    const orphan = await blob('orphan');
    await snapshot(1);
    expect(await prune(backups, null)).toEqual({ snapshots: [], blobs: 0 });
    expect(await backups.blobs.has(orphan.key)).toBe(true);
  });

  it('no blob goes when it can not be told which are needed', async () => {
    const needed = await blob('needed');
    await snapshot(1, [needed]);
    await writeFile(path.join(backups.folderOf(nameOf(1)), LIST_FILE), 'damaged');
    await expect(prune(backups, 1)).rejects.toThrow();
    expect(await backups.blobs.has(needed.key)).toBe(true);
  });
});

describe('A list of blobs', () => {
  const read = async (content: Buffer) => {
    const file = path.join(root, 'list.gz');
    await writeFile(file, content);
    const keys: string[] = [];
    for await (const { key } of blobsIn(file)) keys.push(key);
    return keys;
  };

  it('is read to its end, however long it is', async () => {
    const keys = Array.from({ length: 5000 }, (_, n) => `key-${n}`);
    expect(await read(gzipSync(keys.map((key) => `${key}\t1\t7\tabc\n`).join('')))).toEqual(keys);
    expect(await read(gzipSync(''))).toEqual([]);
  });

  it.each([
    ['that is cut off', gzipSync('key\t1\t7\tabc')],
    ['of something else', gzipSync('key\t1\n')],
    ['that is not compressed', Buffer.from('key\t1\t7\tabc\n')],
  ])('%s is refused', async (_case, content) => {
    await expect(read(content)).rejects.toThrow();
  });

  it('that is not there is refused', async () => {
    await expect(blobsIn(path.join(root, 'nowhere'))[Symbol.asyncIterator]().next()).rejects.toThrow('ENOENT');
  });
});
