import { describe, expect, it } from '@jest/globals';
import { aPortalUser, PortalBench } from '@portico/testing';
import type { PortalFile } from './portal-file.js';
import type { DownloadInput } from './record-download.js';

const user = aPortalUser();
const part = ({ id, sha256 }: PortalFile, changes: Partial<DownloadInput> = {}): DownloadInput => ({
  ...{ id, sha256, range: { start: 10, end: 19 }, isPrefetch: false, isHandedOver: false },
  ...changes,
});

describe('RecordDownload', () => {
  it('keeps which bytes are about to leave, and when the first did', async () => {
    const bench = new PortalBench();
    const { recordDownload, published, proof, clock } = bench;
    const file = bench.with();
    const first = clock.now();
    await recordDownload.begin(user, part(file));
    clock.advance(60);
    await recordDownload.begin(user, part(file));
    const { sha256 } = file;
    const event = { kind: 'downloaded', contactId: '20', data: { sha256, bytes: 100, from: 10, to: 19 } };
    expect(proof.events).toMatchObject([event, event]);
    expect(proof.events[0]?.data).toEqual(event.data);
    expect((await published.hold(user, file.id))?.downloadedAt).toEqual(first);
  });

  it('keeps what is fetched ahead as such: it is no download of the contact’s', async () => {
    const bench = new PortalBench();
    const { recordDownload, published, proof } = bench;
    const file = bench.with();
    await recordDownload.begin(user, part(file, { isPrefetch: true }));
    expect(proof.events).toMatchObject([{ kind: 'downloaded', data: { prefetch: true, from: 10 } }]);
    expect((await published.hold(user, file.id))?.downloadedAt).toBeNull();
  });

  it('says when a proxy sends the bytes', async () => {
    const bench = new PortalBench();
    const { recordDownload, proof } = bench;
    await recordDownload.begin(user, part(bench.with(), { isHandedOver: true }));
    expect(proof.events).toMatchObject([{ data: { handed_over: true } }]);
  });

  it('keeps how far it came when it broke off, also of what was withdrawn meanwhile', async () => {
    const bench = new PortalBench();
    const { recordDownload, published, proof } = bench;
    const file = bench.with();
    await recordDownload.begin(user, part(file));
    published.withdraw(user, file.id);
    await recordDownload.interrupt(user, part(file), 4);
    const data = { sha256: file.sha256, from: 10, to: 19, sent: 4 };
    expect(proof.events.at(-1)).toMatchObject({ kind: 'download_interrupted', fileId: file.id, contactId: '20', data });
  });

  it('lets nothing leave that is published no more, nor other bytes than were published', async () => {
    const bench = new PortalBench();
    const { recordDownload, published, proof } = bench;
    const file = bench.with();
    const others = recordDownload.begin(user, part(file, { sha256: 'cd'.repeat(32) }));
    await expect(others).rejects.toMatchObject({ code: 'file_not_found' });
    published.withdraw(user, file.id);
    await expect(recordDownload.begin(user, part(file))).rejects.toMatchObject({ code: 'file_not_found' });
    expect(proof.events).toEqual([]);
  });
});
