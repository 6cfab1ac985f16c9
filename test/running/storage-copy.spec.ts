import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FilesApi } from '../support/files-api.js';
import { sqlOn } from '../support/server-database.js';
import { SharedPortico } from '../support/shared-portico.js';

interface Report {
  readonly copied: number;
  readonly present: number;
  readonly faults: readonly { readonly fault: string; readonly key: string }[];
  readonly next?: string;
}

describe('portico storage copy', () => {
  let server: SharedPortico;
  let api: FilesApi;
  let home: string;
  let here: string;
  let there: string;
  const keys: string[] = [];

  beforeAll(async () => {
    server = await SharedPortico.start();
    api = new FilesApi(server.url, server.headers);
    home = await mkdtemp(path.join(tmpdir(), 'portico-copy-'));
    here = pathToFileURL(path.join(server.dataDir, 'blobs')).href;
    there = pathToFileURL(path.join(home, 'other place')).href;
    for (const name of ['one.txt', 'two.txt', 'three.txt']) {
      const { id } = await api.create(name);
      const [row] = await sqlOn(server, 'select blob_key::text as key from files where id = $1', [id]);
      keys.push(String(row?.['key']));
    }
  });
  afterAll(async () => {
    await server.dispose();
    await rm(home, { recursive: true, force: true });
  });

  const copy = async (...options: string[]): Promise<{ code: number | null; stderr: string; report: Report }> => {
    const firm = ['--firm', server.credentials.firmId];
    const { code, stderr, stdout } = await server.operate(
      'storage',
      'copy',
      here,
      there,
      ...firm,
      ...options,
      '--json',
    );
    return { code, stderr, report: JSON.parse(stdout) as Report };
  };
  const placeOf = (key = '') => path.join(home, 'other place', key.slice(0, 2), key);

  it('copies the bytes of one firm, goes on where it was, and says what comes next', async () => {
    const first = await copy();
    expect([first.code, first.report]).toMatchObject([0, { copied: 3, present: 0, next: `STORAGE_URL=${there}` }]);
    expect((await readFile(placeOf(keys[0]))).toString()).toBe('content of one.txt');
    await api.create('meanwhile.txt');
    expect((await copy()).report).toMatchObject({ copied: 1, present: 3 });
  });

  it('copies again what was cut off, and with a deep look what was altered', async () => {
    await writeFile(placeOf(keys[0]), 'cut off');
    await writeFile(placeOf(keys[1]), 'CONTENT OF TWO.TXT');
    expect((await copy()).report).toMatchObject({ copied: 1, present: 3 });
    expect((await copy('--deep')).report).toMatchObject({ copied: 1, present: 3 });
    expect((await readFile(placeOf(keys[1]))).toString()).toBe('content of two.txt');
  });

  it('names what it could not copy, and fails', async () => {
    const source = path.join(server.dataDir, 'blobs', (keys[2] ?? '').slice(0, 2), keys[2] ?? '');
    const bytes = await readFile(source);
    await rm(source);
    await rm(placeOf(keys[2]));
    const { code, stderr, report } = await copy();
    await writeFile(source, bytes);
    expect([code, stderr]).toEqual([1, '1 blobs were not copied\n']);
    expect(report).toMatchObject({ copied: 0, faults: [{ fault: 'missing', key: keys[2] }] });
    expect(report.next).toBeUndefined();
  });

  it.each([
    ['the same storage twice', (): string[] => [here, here], 'FROM and TO are the same storage'],
    ['something that is no storage', (): string[] => [here, '/tmp/x'], 'It must be file:///an/absolute/folder'],
    ['one storage only', (): string[] => [here], "missing required argument 'TO'"],
    ['a firm that is none', (): string[] => [here, there, '--firm', 'x'], '"x" is not an id'],
  ])('refuses %s', async (_case, args, reason) => {
    const { code, stderr } = await server.operate('storage', 'copy', ...args());
    expect([code, stderr]).toEqual([2, expect.stringContaining(reason)]);
  });
});
