import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ClientId, ContactId, FileId, FirmId, PortalUser, UserId } from '@portico/domain/kernel';
import type { PublishedFiles } from '@portico/domain/portal';
import { aPortalFile, aPortalUser, InMemoryPublishedFiles, InMemoryUnitOfWork } from '@portico/testing';
import { MikroOrmUnitOfWork } from '../../src/platform/database/mikro-orm-unit-of-work.js';
import { SqlPortalFileQueries } from '../../src/portal/files/sql-portal-file-queries.js';
import { SqlPublishedFiles } from '../../src/portal/files/sql-published-files.js';
import { aClientRow, aContactRow, aPublicationRow } from '../support/portal-rows.js';
import { aFileRow, aFolderRow, firmsWithUsers } from '../support/rows.js';
import { type TestDatabase, testDatabase } from '../support/test-database.js';

const at = new Date('2026-02-03T04:05:06.789Z');
let test: TestDatabase;
let firmId: FirmId;
let otherFirm: FirmId;
let createdBy: UserId;
let companyId: ClientId;

beforeAll(async () => {
  test = await testDatabase();
  ({ firmId, otherFirm, createdBy } = await firmsWithUsers(test.database));
  companyId = await aClientRow(test.database, firmId);
}, 60_000);
afterAll(() => test.dispose());

/** A new contact, as a user of the portal. */
async function newUser(): Promise<PortalUser> {
  const contactId = await aContactRow(test.database, { firmId, createdBy, clientId: companyId });
  return aPortalUser({ firmId, companyId, companyIds: [companyId], contactId });
}

async function published(
  { contactId }: PortalUser,
  row: { parentId?: FileId; deletedAt?: Date } = {},
): Promise<FileId> {
  const fileId = await aFileRow(test.database, { firmId, createdBy, ...row });
  await aPublicationRow(test.database, { firmId, publishedBy: createdBy, fileId, contactId, at });
  return fileId;
}

const execute = (sql: string, values: unknown[]) => test.database.em.fork().execute(sql, values);
/** Who are not the user, each in one way. */
const others = (user: PortalUser): PortalUser[] => [
  { ...user, firmId: otherFirm },
  { ...user, companyId: '999999' as ClientId },
  { ...user, contactId: '999999' as ContactId },
];

describe.each([
  ['InMemoryPublishedFiles', false],
  ['SqlPublishedFiles', true],
])('the PublishedFiles %s', (_name, onPostgreSql) => {
  const inMemory = new InMemoryPublishedFiles();
  const make = (): PublishedFiles => (onPostgreSql ? new SqlPublishedFiles(test.database) : inMemory);
  const run = <T>(work: (files: PublishedFiles) => Promise<T>): Promise<T> => {
    const unit = onPostgreSql ? new MikroOrmUnitOfWork(test.database) : new InMemoryUnitOfWork([inMemory]);
    return unit.run(() => work(make()));
  };
  const aPublished = async (): Promise<[PortalUser, FileId]> => {
    if (onPostgreSql) {
      const user = await newUser();
      return [user, await published(user)];
    }
    const user = aPortalUser({ firmId, companyId });
    inMemory.publish(user, aPortalFile());
    return [user, aPortalFile().id];
  };

  it('hold what is published to the user, and never what is another’s', async () => {
    const [user, id] = await aPublished();
    expect(await run((files) => files.hold(user, id))).toMatchObject({
      ...{ id, viewedAt: null, downloadedAt: null, acknowledgedAt: null },
      ...{ bytes: expect.any(Number), publishedAt: expect.any(Date) },
    });
    for (const other of others(user)) expect(await run((files) => files.hold(other, id))).toBeNull();
    expect(await run((files) => files.hold(user, '999999' as FileId))).toBeNull();
  });

  it('keep the first instant of each thing', async () => {
    const [user, id] = await aPublished();
    for (const what of ['viewed', 'downloaded', 'acknowledged'] as const)
      for (const when of [at, new Date()])
        await run(async (files) => {
          const file = await files.hold(user, id);
          if (file) await files.mark(user, file, what, when);
        });
    const marks = { viewedAt: at, downloadedAt: at, acknowledgedAt: at };
    expect(await run((files) => files.hold(user, id))).toMatchObject(marks);
  });

  it('keep nothing of a unit of work that fails', async () => {
    const [user, id] = await aPublished();
    const failure = run(async (files) => {
      const file = await files.hold(user, id);
      if (file) await files.mark(user, file, 'viewed', at);
      throw new Error('no');
    });
    await expect(failure).rejects.toThrow('no');
    expect(await run((files) => files.hold(user, id))).toMatchObject({ viewedAt: null });
  });
});

describe('SqlPublishedFiles', () => {
  const files = () => new SqlPublishedFiles(test.database);
  const unit = () => new MikroOrmUnitOfWork(test.database);

  it('holds a publication: nobody withdraws it before the unit of work ends', async () => {
    const user = await newUser();
    const id = await published(user);
    const take = () => execute('select from publications where file_id = ? for no key update nowait', [id]);
    await unit().run(async () => {
      await files().hold(user, id);
      await expect(take()).rejects.toThrow(/lock/);
    });
    await take();
  });
});

describe('SqlPortalFileQueries', () => {
  const queries = () => new SqlPortalFileQueries(test.database);
  const ids = async (user: PortalUser, filter: { isRead?: boolean } = {}) =>
    (await queries().list(user, { limit: 100, after: null }, filter)).items.map(({ id }) => id);

  it('tells what is known of a file, and where its bytes are', async () => {
    const user = await newUser();
    const id = await published(user);
    const file = await queries().find(user, id);
    expect(file).toMatchObject({ name: 'Sample.pdf', contentType: 'application/pdf', bytes: 5, publishedAt: at });
    expect(file).toMatchObject({
      publishedBy: 'User',
      viewedAt: null,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(await queries().findContent(user, id)).toEqual({
      ...{ name: 'Sample.pdf', bytes: 5, sha256: file?.sha256 },
      blobKey: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  it('has one page after the other, the newest publications first', async () => {
    const user = await newUser();
    const all = [await published(user), await published(user), await published(user)].reverse();
    const first = await queries().list(user, { limit: 2, after: null }, {});
    expect(first.items.map(({ id }) => id)).toEqual(all.slice(0, 2));
    const second = await queries().list(user, { limit: 2, after: first.next }, {});
    expect([second.items.map(({ id }) => id), second.next]).toEqual([all.slice(2), null]);
  });

  it('tells what is read apart from what is not', async () => {
    const user = await newUser();
    const [viewed, downloaded, acknowledged, none] = [
      await published(user),
      await published(user),
      await published(user),
      await published(user),
    ];
    await execute('update publications set viewed_at = now() where file_id = ?', [viewed]);
    await execute('update publications set downloaded_at = now() where file_id = ?', [downloaded]);
    await execute('update publications set acknowledged_at = now() where file_id = ?', [acknowledged]);
    expect(await ids(user, { isRead: true })).toEqual([acknowledged, downloaded, viewed]);
    expect(await ids(user, { isRead: false })).toEqual([none]);
  });

  it('never shows what is another’s: of the firm, the company or the contact', async () => {
    const user = await newUser();
    const id = await published(user);
    for (const other of others(user)) {
      expect(await ids(other)).toEqual([]);
      expect(await queries().find(other, id)).toBeNull();
      expect(await queries().findContent(other, id)).toBeNull();
    }
  });

  it('shows nothing withdrawn, nothing archived, and nothing to who may not use the portal', async () => {
    const user = await newUser();
    const folder = await aFolderRow(test.database, { firmId, createdBy });
    await execute('update files set deleted_at = now(), archived_with = id where id = ?', [folder]);
    const gone = [await published(user, { deletedAt: new Date() }), await published(user, { parentId: folder })];
    const withdrawn = await published(user);
    await execute('update publications set withdrawn_at = now() where file_id = ?', [withdrawn]);
    const there = await published(user);
    for (const id of [...gone, withdrawn]) {
      expect(await queries().find(user, id)).toBeNull();
      expect(await queries().findContent(user, id)).toBeNull();
    }
    expect(await ids(user)).toEqual([there]);
    await execute(`update contacts set portal_access = 'revoked' where id = ?`, [user.contactId]);
    expect(await ids(user)).toEqual([]);
    expect(await queries().findContent(user, there)).toBeNull();
  });
});
