import { describe, expect, it } from '@jest/globals';
import { anActor, FileBench } from '@portico/testing';
import type { BlobKey } from '../kernel/index.js';

const input = async (bench: FileBench, changes: { name?: string; originalName?: string } = {}) => ({
  originalName: 'Sample.txt',
  contentType: 'text/plain',
  blob: await bench.blob(),
  ...changes,
});

describe('UploadFile', () => {
  it('makes a file of the actor’s firm, at the top level, created now', async () => {
    const bench = new FileBench();
    const file = await bench.uploadFile.execute(anActor(), await input(bench, { name: 'Other.TXT' }));
    expect(bench.files.files.get(file.id)).toMatchObject({
      firmId: '1',
      name: 'Other.TXT',
      originalName: 'Sample.txt',
      parentId: null,
      createdBy: '11',
      createdAt: bench.clock.now(),
      modifiedAt: bench.clock.now(),
      deletedAt: null,
    });
    expect(bench.history.actions).toEqual([`file.uploaded ${file.id}`]);
  });

  it('takes the name of the part when none is given', async () => {
    const bench = new FileBench();
    expect((await bench.uploadFile.execute(anActor(), await input(bench))).name).toBe('Sample.txt');
  });

  it.each([
    ['another extension', { name: 'Other.pdf' }, 'extension_mismatch'],
    ['an empty name', { name: '' }, 'invalid_name'],
    ['a part with a path', { originalName: '../Sample.txt' }, 'invalid_name'],
  ])('refuses %s and keeps nothing', async (_case, changes, code) => {
    const bench = new FileBench();
    await expect(bench.uploadFile.execute(anActor(), await input(bench, changes))).rejects.toMatchObject({ code });
    expect([bench.files.files.size, bench.files.blobKeys.size, bench.history.entries.length]).toEqual([0, 0, 0]);
  });

  it('refuses bytes that are not there any more', async () => {
    const bench = new FileBench();
    const blob = { key: '00000000-0000-4000-8000-000000000404' as BlobKey, bytes: 1, sha256: '00' };
    const execution = bench.uploadFile.execute(anActor(), { ...(await input(bench)), blob });
    await expect(execution).rejects.toMatchObject({ code: 'blob_missing' });
    expect(bench.files.files.size).toBe(0);
  });
});
