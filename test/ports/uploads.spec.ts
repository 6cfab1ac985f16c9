import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type BlobKey, emptyBlob, type FileId, type UnitOfWork, type UploadId } from '@portico/domain/kernel';
import { Upload, type UploadOwner, type Uploads } from '@portico/domain/uploads';
import { InMemoryUnitOfWork, InMemoryUploads } from '@portico/testing';
import { SqlBlobRegister } from '../../src/files/sql-blob-register.js';
import { MikroOrmUnitOfWork } from '../../src/platform/database/mikro-orm-unit-of-work.js';
import { MikroOrmUploads } from '../../src/uploads/mikro-orm-uploads.js';
import { aFileRow, aFirm, aUser } from '../support/rows.js';
import { type TestDatabase, testDatabase } from '../support/test-database.js';

const NOW = new Date('2026-03-01T12:00:00.000Z');
const LATER = new Date('2026-03-02T12:00:00.000Z');

let db: TestDatabase;
let owner: UploadOwner;
let others: UploadOwner[];
let fileId: FileId;
beforeAll(async () => {
  db = await testDatabase();
  const { database } = db;
  const [firmId, otherFirm] = [await aFirm(database), await aFirm(database)];
  owner = { firmId, userId: await aUser(database, firmId) };
  others = [
    { firmId, userId: await aUser(database, firmId) },
    { firmId: otherFirm, userId: await aUser(database, otherFirm) },
    { firmId: otherFirm, userId: owner.userId },
  ];
  fileId = await aFileRow(database, { firmId, createdBy: owner.userId });
});
afterAll(() => db.dispose());

const newKey = () => randomUUID() as BlobKey;

function anUpload(changes: Partial<ConstructorParameters<typeof Upload>[0]> = {}): Upload {
  return new Upload({
    ...{ id: randomUUID() as UploadId, ...owner, bytes: 10, createdAt: NOW, expiresAt: LATER, fileId: null },
    asked: { originalName: 'Sample.txt', contentType: 'text/plain', parentId: null, filePath: 'a/"?"/\u0001' },
    labels: { filename: 'Sample.txt', odd: 'a\u0000b ? $1 \u{1f4c4}', bare: null },
    partial: emptyBlob(newKey()),
    ...changes,
  });
}

describe.each<[string, () => { uploads: Uploads; unitOfWork: UnitOfWork }]>([
  [
    'InMemoryUploads',
    () => {
      const uploads = new InMemoryUploads();
      return { uploads, unitOfWork: new InMemoryUnitOfWork([uploads]) };
    },
  ],
  [
    'MikroOrmUploads',
    () => ({ uploads: new MikroOrmUploads(db.database), unitOfWork: new MikroOrmUnitOfWork(db.database) }),
  ],
])('the Uploads %s', (_name, make) => {
  const added = async (changes: Parameters<typeof anUpload>[0] = {}) => {
    const { uploads, unitOfWork } = make();
    const upload = anUpload(changes);
    await unitOfWork.run(() => uploads.add(upload));
    const whole = <T>(work: (of: Uploads) => Promise<T>) => unitOfWork.run(() => work(uploads));
    return { uploads, upload, id: upload.id, whole };
  };
  const partial = (key: BlobKey) => ({
    ...{ key, bytes: 7, hash: Buffer.from([0, 1, 255]), tail: Buffer.from('tail\u0000') },
    parts: { uploadId: 'of the store', etags: ['"a"', '"b"'] },
  });

  it('keep what was said, whatever it is', async () => {
    const { uploads, upload, id, whole } = await added();
    for (const found of [await uploads.find(owner, id), await whole((of) => of.hold(owner, id))])
      expect(found).toEqual(upload);
  });

  it('keep how far the bytes have come, all of it', async () => {
    const { uploads, upload, id, whole } = await added();
    const to = partial(upload.partial.key);
    const turn = (await whole((of) => of.takeTurn(owner, id)))?.turn ?? 0;
    expect(await whole((of) => of.advance(owner, id, { turn, to, expiresAt: NOW }))).toBe(true);
    const found = await uploads.find(owner, id);
    expect(found).toMatchObject({ received: 7, expiresAt: NOW, partial: { key: to.key, parts: to.parts } });
    expect(Buffer.from(found?.partial.hash ?? [])).toEqual(to.hash);
    expect(Buffer.from(found?.partial.tail ?? [])).toEqual(to.tail);
  });

  it('advance for the request alone that had the last turn, and not once they are files', async () => {
    const { upload, id, whole } = await added();
    const to = { ...partial(upload.partial.key), bytes: 10 };
    const first = (await whole((of) => of.takeTurn(owner, id)))?.turn ?? 0;
    const second = (await whole((of) => of.takeTurn(owner, id)))?.turn ?? 0;
    const advance = (turn: number) => whole((of) => of.advance(owner, id, { turn, to, expiresAt: LATER }));
    expect([await advance(first), await advance(second), await advance(second)]).toEqual([false, true, true]);
    await whole((of) => of.finish(owner, id, { fileId, expiresAt: LATER }));
    expect(await advance(second)).toBe(false);
  });

  it('are nobody else’s, neither another user’s nor another firm’s', async () => {
    const { uploads, upload, id, whole } = await added();
    for (const other of others) {
      expect(await uploads.find(other, id)).toBeNull();
      expect(await whole((of) => of.hold(other, id))).toBeNull();
      expect(await whole((of) => of.takeTurn(other, id))).toBeNull();
      const step = { turn: 0, to: partial(upload.partial.key), expiresAt: NOW };
      expect(await whole((of) => of.advance(other, id, step))).toBe(false);
      await whole((of) => of.finish(other, id, { fileId, expiresAt: NOW }));
      await whole((of) => of.remove(other, id));
    }
    expect(await uploads.find(owner, id)).toEqual(upload);
    await whole((of) => of.remove(owner, id));
    expect(await uploads.find(owner, id)).toBeNull();
  });

  it('that have expired are taken once, and forgotten when they have long been expired', async () => {
    const { uploads, upload, id, whole } = await added({ expiresAt: new Date('2001-01-01T00:00:00Z') });
    const waiting = anUpload();
    await whole((of) => of.add(waiting));
    const now = new Date('2001-01-02T00:00:00Z');
    expect(await whole((of) => of.takeExpired(now, 5))).toEqual([{ key: upload.partial.key, parts: null }]);
    expect(await whole((of) => of.takeExpired(now, 5))).toEqual([]);
    expect((await uploads.find(owner, id))?.isExpired(now)).toBe(true);
    await whole((of) => of.forget(now));
    expect([await uploads.find(owner, id), (await uploads.find(owner, waiting.id))?.id]).toEqual([null, waiting.id]);
  });
});

describe('The register of blobs', () => {
  it('waits for the row of an upload that goes on, and for that of no other', async () => {
    const uploads = new MikroOrmUploads(db.database);
    const unitOfWork = new MikroOrmUnitOfWork(db.database);
    const register = new SqlBlobRegister(db.database);
    const soon = new Date(Date.now() + 3600_000);
    const [going, expired, dropped] = [
      anUpload({ expiresAt: soon }),
      anUpload({ expiresAt: new Date(Date.now() - 1000) }),
      anUpload({ expiresAt: new Date('2002-01-01T00:00:00Z') }),
    ];
    await unitOfWork.run(async () => {
      for (const upload of [going, expired, dropped]) await uploads.add(upload);
      await uploads.takeExpired(new Date('2002-01-02T00:00:00Z'), 5);
    });
    const unknown = newKey();
    const keys = [going, expired, dropped].map(({ partial }) => partial.key);
    const without = [...keys.slice(1), unknown];
    expect([...(await register.withoutRow([...keys, unknown]))].sort()).toEqual(without.sort());
    const removed: BlobKey[] = [];
    for (const key of keys)
      await register.ifStillWithoutRow(key, () => {
        removed.push(key);
        return Promise.resolve();
      });
    expect(removed).toEqual(keys.slice(1));
  });
});
