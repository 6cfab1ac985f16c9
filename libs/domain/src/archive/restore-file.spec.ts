import { describe, expect, it } from '@jest/globals';
import { anActor, FileBench } from '@portico/testing';
import { ArchiveFile, RestoreFile } from './index.js';

const useCase = (bench: FileBench) => new RestoreFile(bench.files, bench.history, bench.unitOfWork);

describe('RestoreFile', () => {
  it('is the exact inverse of archiving', async () => {
    const bench = new FileBench();
    const before = { ...(await bench.with()) };
    await new ArchiveFile(bench.files, bench.history, bench.unitOfWork, bench.clock).execute(anActor(), before);
    bench.clock.advance(60);
    await useCase(bench).execute(anActor(), { id: before.id });
    expect({ ...bench.files.files.get(before.id) }).toEqual(before);
    expect(bench.history.actions).toEqual([`file.archived ${before.id}`, `file.restored ${before.id}`]);
  });

  it('does not find what is active', async () => {
    const bench = new FileBench();
    const { id } = await bench.with();
    await expect(useCase(bench).execute(anActor(), { id })).rejects.toMatchObject({
      kind: 'not_found',
      code: 'archived_file_not_found',
    });
  });
});
