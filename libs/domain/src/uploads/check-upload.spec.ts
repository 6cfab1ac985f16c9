import { describe, expect, it } from '@jest/globals';
import { anActor, UploadBench } from '@portico/testing';

const actor = anActor();

describe('CheckUpload', () => {
  it('tells what would become of it, and makes nothing', async () => {
    const bench = new UploadBench();
    const folder = await bench.withFolder();
    const asked = { originalName: 'Sample.txt', contentType: 'text/plain', parentId: folder.id };
    const placed = await bench.check.execute(actor, { asked, bytes: 1000, mostBytes: 1000 });
    expect(placed).toMatchObject({ name: 'Sample.txt', parentId: folder.id });
    expect([bench.files.files.size, bench.history.entries.length]).toEqual([1, 0]);
    const attempt = async () => bench.check.execute(actor, { asked, bytes: 1001, mostBytes: 1000 });
    await expect(attempt()).rejects.toMatchObject({ code: 'file_too_large' });
  });
});
