import { appendFile, mkdir, mkdtemp, readdir, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { FirmId } from '@portico/domain/kernel';
import { LocalImportFolder } from '../../src/client-files/local-import-folder.js';
import { until } from '../support/until.js';

const FIRM = '1' as FirmId;
const MAX_BYTES = 1024 * 1024;
let root: string;
let imports: LocalImportFolder;

beforeEach(async () => {
  root = await realpath(await mkdtemp(path.join(tmpdir(), 'portico-import-')));
  await mkdir(path.join(root, FIRM));
  imports = new LocalImportFolder(root, MAX_BYTES);
});
afterEach(() => rm(root, { recursive: true, force: true }));

const write = (name: string, content: string) => writeFile(path.join(root, FIRM, name), content);
/** What of the import folder this process has open. */
async function opened(): Promise<string[]> {
  const entries = await readdir('/proc/self/fd');
  const targets = await Promise.all(entries.map((fd) => realpath(`/proc/self/fd/${fd}`).catch(() => '')));
  return targets.filter((target) => target.startsWith(root));
}
const nothingIsOpen = () => until('the files are closed', async () => (await opened()).length === 0);

describe('the ImportFolder LocalImportFolder', () => {
  it('reads a file, also below a root that is reached through a link, and lets go of it', async () => {
    await write('file.txt', 'the bytes');
    const linked = `${root}-linked`;
    await symlink(root, linked);
    try {
      const { name, content } = await new LocalImportFolder(linked, MAX_BYTES).open(FIRM, 'file.txt');
      expect([name, await text(content)]).toEqual(['file.txt', 'the bytes']);
    } finally {
      await rm(linked);
    }
    await nothingIsOpen();
  });

  it('lets go of a file that nobody reads, and of one that it refuses', async () => {
    await write('file.txt', 'the bytes');
    (await imports.open(FIRM, 'file.txt')).content.destroy();
    await write('large.txt', 'x'.repeat(MAX_BYTES + 1));
    await expect(imports.open(FIRM, 'large.txt')).rejects.toMatchObject({ code: 'file_too_large' });
    await symlink(path.join(root, '..'), path.join(root, FIRM, 'out'));
    await expect(imports.open(FIRM, `out/${path.basename(root)}`)).rejects.toMatchObject({
      code: 'invalid_import_path',
    });
    await nothingIsOpen();
  });

  it('stops reading a file that has come to be too large', async () => {
    await write('grows.txt', 'x'.repeat(MAX_BYTES));
    const { content } = await imports.open(FIRM, 'grows.txt');
    await appendFile(path.join(root, FIRM, 'grows.txt'), 'more');
    await expect(text(content)).rejects.toMatchObject({ kind: 'too_large', code: 'file_too_large' });
    await nothingIsOpen();
  });

  it('finds nothing where there is no import folder', async () => {
    const nowhere = new LocalImportFolder(path.join(root, 'nowhere'), MAX_BYTES);
    await expect(nowhere.open(FIRM, 'file.txt')).rejects.toMatchObject({ code: 'import_file_missing' });
    await expect(imports.open('2' as FirmId, 'file.txt')).rejects.toMatchObject({ code: 'import_file_missing' });
  });
});
