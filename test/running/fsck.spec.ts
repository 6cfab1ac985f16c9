import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rm, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FilesApi } from '../support/files-api.js';
import { PorticoServer } from '../support/portico-server.js';
import { sqlOn } from '../support/server-database.js';

interface Report {
  readonly intact: boolean;
  readonly checked: number;
  readonly findings: readonly { readonly fault: string; readonly key: string; readonly fileIds: readonly string[] }[];
}

describe('portico fsck', () => {
  let server: PorticoServer;
  let api: FilesApi;

  beforeAll(async () => {
    server = await PorticoServer.start();
    api = new FilesApi(server.url, server.headers);
  }, 60_000);
  afterAll(() => server.dispose(), 60_000);

  const fsck = async (...options: string[]): Promise<{ code: number | null; report: Report }> => {
    const { code, stdout } = await server.operate('fsck', ...options, '--json');
    return { code, report: JSON.parse(stdout) as Report };
  };
  const keyOf = async (file: string): Promise<string> => {
    const [row] = await sqlOn(server, 'select blob_key from files where id = $1', [file]);
    return String(row?.['blob_key']);
  };
  const placeOf = (key: string) => path.join(server.dataDir, 'blobs', key.slice(0, 2), key);

  it('finds a storage intact that is', async () => {
    for (const name of ['one.txt', 'two.txt', 'three.txt']) await api.create(name);
    await api.archive((await api.create('archived.txt')).id);
    const { code, report } = await fsck('--deep');
    expect({ code, report }).toEqual({
      code: 0,
      report: {
        ...{ intact: true, checked: 4, removed: 0, missing: 0, orphaned: 0, wrong_size: 0, wrong_hash: 0 },
        findings: [],
      },
    });
  });

  it('names what is missing, altered or left over, and removes what is left over when it is told to', async () => {
    const [lost, cut, altered] = [
      await api.create('lost.txt'),
      await api.create('cut.txt'),
      await api.create('altered.txt'),
    ];
    const keys = await Promise.all([lost, cut, altered].map(({ id }) => keyOf(id)));
    const [lostKey = '', cutKey = '', alteredKey = ''] = keys;
    await rm(placeOf(lostKey));
    await writeFile(placeOf(cutKey), 'cut');
    const bytes = await readFile(placeOf(alteredKey));
    await writeFile(placeOf(alteredKey), bytes.reverse());
    const orphan = randomUUID().replace(/^../, alteredKey.slice(0, 2));
    await writeFile(placeOf(orphan), 'nobody’s');
    await utimes(placeOf(orphan), new Date(0), new Date(0));

    const finding = (fault: string, key: string, file: string | null, isRemoved = false) => ({
      ...{ fault, key, firmId: file === null ? null : '1', fileIds: file === null ? [] : [file], isRemoved },
    });
    const sorted = (findings: readonly { readonly key: string }[]) =>
      [...findings].sort((one, other) => (one.key < other.key ? -1 : 1));
    const shallow = [
      finding('missing', lostKey, lost.id),
      finding('wrong_size', cutKey, cut.id),
      finding('orphaned', orphan, null),
    ];
    const first = await fsck();
    expect(first).toMatchObject({ code: 1, report: { intact: false, missing: 1, orphaned: 1, wrong_size: 1 } });
    expect(sorted(first.report.findings)).toEqual(sorted(shallow));
    const deep = await fsck('--deep');
    expect(sorted(deep.report.findings)).toEqual(sorted([...shallow, finding('wrong_hash', alteredKey, altered.id)]));

    const repaired = await fsck('--repair');
    expect(repaired).toMatchObject({ code: 1, report: { orphaned: 1, removed: 1, missing: 1, wrong_size: 1 } });
    expect([orphan, cutKey, alteredKey].map((key) => existsSync(placeOf(key)))).toEqual([false, true, true]);
    expect((await fsck()).report).toMatchObject({ intact: false, orphaned: 0, missing: 1, wrong_size: 1 });
  });
});
