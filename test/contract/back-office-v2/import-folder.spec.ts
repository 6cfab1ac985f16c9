import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { BackOfficeApi, expectProblem } from '../../support/back-office-api.js';
import { blobsIn } from '../../support/blobs.js';
import { type ChangedFile, ClientFilesApi } from '../../support/client-files-api.js';
import { expectStatus, FilesApi } from '../../support/files-api.js';
import { PorticoServer } from '../../support/portico-server.js';

const MAX_BYTES = 64 * 1024;
let server: PorticoServer;
let api: BackOfficeApi;
let client: ClientFilesApi;
/** The firm's import folder, and a folder outside of it. */
let folder: string;
let outside: string;

beforeAll(async () => {
  server = await PorticoServer.start({ env: { MAX_UPLOAD_BYTES: String(MAX_BYTES) } });
  api = await BackOfficeApi.of(server);
});
afterAll(() => server.dispose());
beforeEach(async () => {
  client = await ClientFilesApi.of(api);
  folder = path.join(server.dataDir, 'import', server.credentials.firmId);
  outside = path.join(server.dataDir, 'outside');
  for (const directory of [path.dirname(folder), outside]) await rm(directory, { recursive: true, force: true });
  for (const directory of [path.join(folder, 'inner'), path.join(folder, '../2'), outside])
    await mkdir(directory, { recursive: true });
  await writeFile(path.join(folder, 'file.pdf'), 'the bytes');
  await writeFile(path.join(folder, 'inner', 'deep.txt'), 'deep');
  await writeFile(path.join(folder, '../2', 'theirs.txt'), 'of the other firm');
  await writeFile(path.join(outside, 'secret.txt'), 'secret');
});

const take = (file: unknown, more: object = {}) =>
  client.send('post', '/files', { file, caption: 'Service agreement', ...more });
const bytesOf = async (id: number) =>
  String((await client.get(`/files/${id}/download`).responseType('blob').expect(200)).body);
async function taken(file: string): Promise<string> {
  const answer = await take(file);
  expectStatus(answer, 201);
  return bytesOf((answer.body as ChangedFile).id);
}
/** Expects a refusal of the field `file`, and that nothing of it is kept. */
async function refused(file: unknown, code: string, status = 400): Promise<void> {
  const before = await blobsIn(server.dataDir);
  expectProblem(await take(file), status, code, [{ field: 'file' }]);
  expect(await client.files()).toEqual([]);
  expect(await blobsIn(server.dataDir)).toEqual(before);
}

describe('Upload a client file from the import folder', () => {
  it('copies the bytes and leaves the file where it is', async () => {
    const directory = await client.folder('General info');
    const answer = await take('file.pdf', { directoryId: directory.id });
    expectStatus(answer, 201);
    const { id, file } = answer.body as ChangedFile;
    const expected = { id, name: 'Service agreement', clientId: client.id, directoryId: directory.id };
    expect(answer.body).toEqual({ ...expected, file });
    expect(file).toMatch(/^[a-z]\/\d{10}_file\.pdf$/);
    expect(await bytesOf(id)).toBe('the bytes');
    expect(String(await readFile(path.join(folder, 'file.pdf')))).toBe('the bytes');
    const { attributes } = await new FilesApi(server.url, server.headers).read(String(id));
    expect(attributes).toMatchObject({ name: 'Service agreement.pdf', content_type: 'application/pdf', bytes: 9 });
  });

  it('takes files in folders, of any name, empty ones, hard links, and links that stay inside', async () => {
    expect(await taken('inner/deep.txt')).toBe('deep');
    await writeFile(path.join(folder, 'Größe 契約 %2e%2e.txt'), 'named');
    expect(await taken('Größe 契約 %2e%2e.txt')).toBe('named');
    await writeFile(path.join(folder, 'empty'), '');
    expect(await taken('empty')).toBe('');
    await link(path.join(outside, 'secret.txt'), path.join(folder, 'hard.txt'));
    expect(await taken('hard.txt')).toBe('secret');
    await symlink('inner', path.join(folder, 'short'));
    expect(await taken('short/deep.txt')).toBe('deep');
    await symlink(path.join(folder, 'file.pdf'), path.join(folder, 'whole.pdf'));
    expect(await taken('whole.pdf')).toBe('the bytes');
  });

  it('keeps nothing when the rest is refused', async () => {
    const before = await blobsIn(server.dataDir);
    expectProblem(await take('file.pdf', { directoryId: 999999 }), 404, 'client_folder_not_found');
    expectProblem(await take('file.pdf', { caption: 'a/b' }), 400, 'invalid_name', [{ field: 'caption' }]);
    expectProblem(await take('file.pdf', { caption: undefined }), 400, 'invalid_value', [{ field: 'caption' }]);
    expectProblem(await take('file.pdf', { directoryId: 'x' }), 400, 'invalid_value', [{ field: 'directoryId' }]);
    expect(await blobsIn(server.dataDir)).toEqual(before);
  });
});

describe('The walls of the import folder', () => {
  it.each([
    ['nothing', ''],
    ['the folder above', '..'],
    ['a way up', '../2/theirs.txt'],
    ['a way up on the way', 'inner/../../2/theirs.txt'],
    ['a way that ends inside', 'inner/../file.pdf'],
    ['the folder itself', '.'],
    ['a dot on the way', './file.pdf'],
    ['an absolute path', '/etc/hostname'],
    ['an empty name', 'inner//deep.txt'],
    ['a slash at the end', 'file.pdf/'],
    ['a backslash', 'inner\\deep.txt'],
    ['a backslash that leads up', '..\\2\\theirs.txt'],
    ['a NUL', 'file.pdf\u0000.txt'],
    ['a line break', 'file\n.pdf'],
    ['half a character', '\ud800'],
    ['a very long path', 'x/'.repeat(3000) + 'x'],
  ])('refuse %s', (_what, file) => refused(file, 'invalid_import_path'));

  it.each([
    ['what is not there', 'nothing.pdf'],
    ['what is not there in a folder that is not', 'nowhere/file.pdf'],
    ['a file as a folder', 'file.pdf/deep.txt'],
    ['a way up in other letters', '%2e%2e/2/theirs.txt'],
    ['a way up in wide letters', '．．/2/theirs.txt'],
    ['an absolute path in other letters', '%2fetc%2fhostname'],
    ['a name that is too long', 'x'.repeat(300)],
    ['a path from the server’s folder', 'import/1/file.pdf'],
  ])('find nothing for %s', (_what, file) => refused(file, 'import_file_missing'));

  it.each([
    ['a number', 7],
    ['a list', ['file.pdf']],
    ['an object', { path: 'file.pdf' }],
    ['null', null],
  ])('refuse %s', (_what, file) => refused(file, 'invalid_value'));

  it('refuse links that lead out, relative and absolute, of files and of folders', async () => {
    const links = {
      'secret.txt': path.join(outside, 'secret.txt'),
      'relative.txt': '../../outside/secret.txt',
      'other-firm.txt': '../2/theirs.txt',
      passwd: '/etc/passwd',
      out: outside,
      up: '..',
      root: '/',
      'inner/chain': '../out',
    };
    for (const [name, target] of Object.entries(links)) await symlink(target, path.join(folder, name));
    const paths = ['secret.txt', 'relative.txt', 'other-firm.txt', 'passwd', 'out/secret.txt', 'up/2/theirs.txt'];
    for (const file of [...paths, 'root/etc/passwd', 'inner/chain/secret.txt'])
      await refused(file, 'invalid_import_path');
    // out and in again: what counts is where it ends
    expect(await taken('up/1/file.pdf')).toBe('the bytes');
  });

  it('refuse a firm’s folder that is itself a link to elsewhere', async () => {
    await rm(folder, { recursive: true });
    await symlink(outside, folder);
    await refused('secret.txt', 'invalid_import_path');
    await rm(folder);
    await symlink('2', folder);
    await refused('theirs.txt', 'invalid_import_path');
    await rm(folder);
    await refused('file.pdf', 'import_file_missing');
  });

  it('refuse what is no regular file, and never wait for one', async () => {
    execFileSync('mkfifo', [path.join(folder, 'pipe')]);
    for (const file of ['pipe', 'inner']) await refused(file, 'import_not_a_file');
    await symlink('/dev/zero', path.join(folder, 'zero'));
    await symlink('/proc/self/environ', path.join(folder, 'environ'));
    await symlink('loop', path.join(folder, 'loop'));
    for (const file of ['zero', 'environ', 'loop']) await refused(file, 'invalid_import_path');
  });

  it('refuse a file that is too large', async () => {
    await writeFile(path.join(folder, 'large.bin'), randomBytes(MAX_BYTES + 1));
    await refused('large.bin', 'file_too_large', 413);
    await writeFile(path.join(folder, 'fits.bin'), randomBytes(MAX_BYTES));
    expectStatus(await take('fits.bin'), 201);
  });

  it('hold while a folder on the way is swapped for a link', async () => {
    await mkdir(path.join(folder, 'way'));
    await writeFile(path.join(folder, 'way', 'secret.txt'), 'harmless');
    await symlink(outside, path.join(folder, 'bait'));
    let isOver = false;
    const swapping = (async () => {
      const [way, bait, aside] = ['way', 'bait', 'aside'].map((name) => path.join(folder, name)) as [
        string,
        string,
        string,
      ];
      while (!isOver) {
        await rename(way, aside);
        await rename(bait, way);
        await rename(way, bait);
        await rename(aside, way);
      }
    })();
    const answers: Record<string, number> = {};
    for (let round = 0; round < 60; round++)
      for (const answer of await Promise.all([1, 2, 3, 4].map(() => take('way/secret.txt')))) {
        const { id, code } = answer.body as { id?: number; code?: string };
        if (id !== undefined) expect(await bytesOf(id)).toBe('harmless');
        const outcome = code ?? 'taken';
        answers[outcome] = (answers[outcome] ?? 0) + 1;
      }
    isOver = true;
    await swapping;
    const possible = ['taken', 'invalid_import_path', 'import_file_missing'];
    expect(Object.keys(answers).filter((outcome) => !possible.includes(outcome))).toEqual([]);
    expect([answers['taken'], answers['invalid_import_path']].map((count) => (count ?? 0) > 0)).toEqual([true, true]);
  });
});
