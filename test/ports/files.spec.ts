import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type BlobRow, type FileRepository, type StoredFile } from '@portico/domain/files';
import type { BlobKey, BlobStore, FileId, FirmId, StoredBlob, UnitOfWork, UserId } from '@portico/domain/kernel';
import {
  aFile,
  aFolder,
  FixedClock,
  InMemoryBlobStore,
  InMemoryFileRepository,
  InMemoryUnitOfWork,
} from '@portico/testing';
import { MikroOrmFileRepository } from '../../src/files/mikro-orm-file-repository.js';
import { SqlBlobRegister } from '../../src/files/sql-blob-register.js';
import { MikroOrmUnitOfWork } from '../../src/platform/database/mikro-orm-unit-of-work.js';
import { firmsWithUsers } from '../support/rows.js';
import { type TestDatabase, testDatabase } from '../support/test-database.js';
import { somebodyWaits } from '../support/waiting.js';

interface Files {
  files: FileRepository;
  unitOfWork: UnitOfWork;
}

const blobs: BlobStore = new InMemoryBlobStore(new FixedClock());
const bytes = (text = 'bytes') => blobs.put(Readable.from([Buffer.from(text)]));
let test: TestDatabase;
let firmId: FirmId;
let otherFirm: FirmId;
let createdBy: UserId;

beforeAll(async () => {
  test = await testDatabase();
  ({ firmId, otherFirm, createdBy } = await firmsWithUsers(test.database));
}, 60_000);
afterAll(() => test.dispose());

describe.each([
  ['InMemoryFileRepository', inMemory],
  ['MikroOrmFileRepository', onPostgreSql],
])('the FileRepository %s', (_name, make) => {
  const files = { current: null as Files | null };
  const the = () => (files.current ??= make());
  const inUnit = <T>(work: (it: FileRepository) => Promise<T>) => the().unitOfWork.run(() => work(the().files));
  const added = async (changes: Parameters<typeof aFile>[0] = {}, blob?: StoredBlob) => {
    const kept = blob ?? (await bytes());
    const file = aFile({ firmId, createdBy, blobKey: kept.key, ...changes });
    await inUnit(async (repository) => {
      await repository.addBlob(firmId, kept);
      await repository.add(file);
    });
    return file;
  };
  const stateOf = (file: StoredFile | null) => ({ ...file });

  it('gives a file its id and keeps every field', async () => {
    const file = await added({ name: 'Größe 📄.pdf', deletedAt: new Date('2026-01-02T03:04:05.678Z') });
    expect(file.id).toMatch(/^[1-9]\d*$/);
    expect(stateOf(await inUnit((repository) => repository.find(firmId, file.id)))).toEqual(stateOf(file));
  });

  it('writes what was changed inside the unit of work', async () => {
    const { id } = await added();
    const now = new Date('2026-02-03T04:05:06.000Z');
    await inUnit(async (repository) => {
      const file = await repository.find(firmId, id);
      file?.rename('Other.pdf', now);
      file?.archive(now);
    });
    const file = await inUnit((repository) => repository.find(firmId, id));
    expect(stateOf(file)).toMatchObject({ name: 'Other.pdf', modifiedAt: now, deletedAt: now });
  });

  it('writes nothing of a unit of work that fails, also not later', async () => {
    const { id } = await added();
    const failure = inUnit(async (repository) => {
      (await repository.find(firmId, id))?.rename('Other.pdf', new Date());
      throw new Error('no');
    });
    await expect(failure).rejects.toThrow('no');
    await inUnit((repository) => repository.find(firmId, id));
    expect((await inUnit((repository) => repository.find(firmId, id)))?.name).toBe('Sample.pdf');
  });

  it('never finds another firm’s file', async () => {
    const { id } = await added();
    expect(await inUnit((repository) => repository.find(otherFirm, id))).toBeNull();
    expect(await inUnit((repository) => repository.find(firmId, '999999' as FileId))).toBeNull();
  });

  it('refuses a blob whose bytes are gone', async () => {
    const gone = { key: '00000000-0000-4000-8000-000000000404' as BlobKey, bytes: 1, sha256: 'ab'.repeat(32) };
    const attempt = inUnit((repository) => repository.addBlob(firmId, gone));
    await expect(attempt).rejects.toMatchObject({ kind: 'unavailable', code: 'blob_missing' });
  });

  it('keeps a folder, which has no bytes', async () => {
    const folder = aFolder({ firmId, createdBy, name: 'Reports' });
    await inUnit((repository) => repository.add(folder));
    const found = await inUnit((repository) => repository.find(firmId, folder.id));
    expect(stateOf(found)).toEqual(stateOf(folder));
    expect(found).toMatchObject({ isFolder: true, blobKey: null, archivedWith: null });
  });
});

describe('MikroOrmFileRepository', () => {
  it('lets two changes of one file happen one after the other', async () => {
    const { files, unitOfWork } = onPostgreSql();
    const blob = await bytes();
    const file = aFile({ firmId, createdBy, blobKey: blob.key });
    await unitOfWork.run(async () => {
      await files.addBlob(firmId, blob);
      await files.add(file);
    });
    const names = ['1.pdf', '2.pdf', '3.pdf', '4.pdf'];
    await Promise.all(
      names.map((name) => unitOfWork.run(async () => (await files.find(firmId, file.id))?.rename(name, new Date()))),
    );
    const last = await unitOfWork.run(() => files.find(firmId, file.id));
    expect([names.includes(last?.name ?? ''), last?.version]).toEqual([true, 5]);
  });
});

describe('the BlobRegister SqlBlobRegister', () => {
  it('knows the blobs without a row, of whatever firm', async () => {
    const { files, unitOfWork } = onPostgreSql();
    const register = new SqlBlobRegister(test.database);
    const [kept, orphan] = [await bytes(), await bytes()];
    await unitOfWork.run(() => files.addBlob(firmId, kept));
    expect(await register.withoutRow([kept.key, orphan.key])).toEqual([orphan.key]);
    expect(await register.withoutRow([])).toEqual([]);
  });

  it('tells the blobs of one firm, never another firm’s, or of all, in the order of their keys', async () => {
    const { files, unitOfWork } = onPostgreSql();
    const register = new SqlBlobRegister(test.database);
    const [mine, others] = [[await bytes(), await bytes()], [await bytes()]];
    await unitOfWork.run(async () => {
      for (const blob of mine) await files.addBlob(firmId, blob);
      for (const blob of others) await files.addBlob(otherFirm, blob);
    });
    const rowsOf = async (of?: FirmId) => {
      const rows: BlobRow[] = [];
      for await (const row of register.rows(of)) rows.push(row);
      expect(rows.map(({ key }) => key)).toEqual(rows.map(({ key }) => key).sort());
      expect(await register.count(of)).toBe(rows.length);
      return rows;
    };
    const [firm, other, all] = [await rowsOf(firmId), await rowsOf(otherFirm), await rowsOf()];
    expect(new Set(firm.map((row) => row.firmId))).toEqual(new Set([firmId]));
    expect(other).toEqual(
      others.map(({ key, bytes: size, sha256 }) => ({ key, bytes: size, sha256, firmId: otherFirm })),
    );
    expect(firm).toEqual(expect.arrayContaining(mine.map((blob) => ({ ...blob, firmId }))));
    expect(all).toHaveLength(firm.length + other.length);
  });

  it('waits for a row that is being written, and then leaves the bytes', async () => {
    const { files, unitOfWork } = onPostgreSql();
    const register = new SqlBlobRegister(test.database);
    const blob = await bytes();
    const written = Promise.withResolvers<void>();
    // begun outside of the unit of work, as the sweep is
    const removal = written.promise.then(() => register.ifStillWithoutRow(blob.key, () => blobs.remove(blob.key)));
    await unitOfWork.run(async () => {
      await files.addBlob(firmId, blob);
      written.resolve();
      await somebodyWaits(test.database);
    });
    expect([await removal, await blobs.has(blob.key)]).toEqual([false, true]);
  });

  it('removes the bytes of a blob that stays without a row', async () => {
    const blob = await bytes();
    expect(await new SqlBlobRegister(test.database).ifStillWithoutRow(blob.key, () => blobs.remove(blob.key))).toBe(
      true,
    );
    expect(await blobs.has(blob.key)).toBe(false);
  });
});

function inMemory(): Files {
  const files = new InMemoryFileRepository(blobs);
  return { files, unitOfWork: new InMemoryUnitOfWork([files]) };
}

function onPostgreSql(): Files {
  return {
    files: new MikroOrmFileRepository(test.database, blobs),
    unitOfWork: new MikroOrmUnitOfWork(test.database),
  };
}
