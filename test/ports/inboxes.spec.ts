import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ClientId, FirmId, FolderId, UserId } from '@portico/domain/kernel';
import { MikroOrmUnitOfWork } from '../../src/platform/database/mikro-orm-unit-of-work.js';
import { SqlInboxes } from '../../src/portal/documents/sql-inboxes.js';
import { aClientRow } from '../support/portal-rows.js';
import { aFileRow, aFolderRow, aUser, firmsWithUsers } from '../support/rows.js';
import { type TestDatabase, testDatabase } from '../support/test-database.js';

let test: TestDatabase;
let firmId: FirmId;
let otherFirm: FirmId;
let createdBy: UserId;

beforeAll(async () => {
  test = await testDatabase();
  ({ firmId, otherFirm, createdBy } = await firmsWithUsers(test.database));
}, 60_000);
afterAll(() => test.dispose());

const sql = (text: string, values: unknown[] = []): Promise<{ id: string }[]> =>
  test.database.em.fork().execute(text, values);
const run = <T>(work: (inboxes: SqlInboxes) => Promise<T>): Promise<T> =>
  new MikroOrmUnitOfWork(test.database).run(() => work(new SqlInboxes(test.database)));
const find = (company: ClientId, firm = firmId) => run((inboxes) => inboxes.find(firm, company));

async function aFolderIn(parentId: FolderId | null, name: string, firm = firmId): Promise<FolderId> {
  const id = await aFolderRow(test.database, { firmId: firm, createdBy, parentId });
  await sql('update files set name = ? where id = ?', [name, id]);
  return id;
}

async function aCompany(): Promise<{ company: ClientId; rootId: FolderId }> {
  const [company, rootId] = [await aClientRow(test.database, firmId), await aFolderIn(null, 'Client')];
  await sql('update clients set root_folder_id = ? where id = ?', [rootId, company]);
  return { company, rootId };
}

describe('SqlInboxes', () => {
  it('find the root folder of a company, and who looks after it', async () => {
    const { company, rootId } = await aCompany();
    const [first] = await sql('select min(id)::text as id from users where firm_id = ?', [firmId]);
    expect(await find(company)).toEqual({ rootId, folderId: null, managerId: null, keeperId: first?.id });
    const admin = await aUser(test.database, firmId);
    await sql(`update users set permissions = '{firm_admin}' where id = ?`, [admin]);
    expect(await find(company)).toMatchObject({ managerId: null, keeperId: admin });
    const manager = await aUser(test.database, firmId);
    await sql('update clients set delivery_manager_id = ? where id = ?', [manager, company]);
    expect(await find(company)).toMatchObject({ managerId: manager, keeperId: manager });
  });

  it('find the folder directly in it, the oldest of several', async () => {
    const { company, rootId } = await aCompany();
    const elsewhere = await aFolderIn(rootId, 'Other');
    await aFolderIn(elsewhere, 'From client');
    await aFolderIn(null, 'From client');
    const file = await aFileRow(test.database, { firmId, createdBy, parentId: rootId });
    await sql(`update files set name = 'From client' where id = ?`, [file]);
    expect(await find(company)).toMatchObject({ folderId: null });
    const folderId = await aFolderIn(rootId, 'From client');
    await aFolderIn(rootId, 'From client');
    expect(await find(company)).toMatchObject({ folderId });
  });

  it('find none that is archived', async () => {
    const { company, rootId } = await aCompany();
    const folder = await aFolderIn(rootId, 'From client');
    const archive = (id: FolderId) => sql('update files set deleted_at = now(), archived_with = id where id = ?', [id]);
    await archive(folder);
    expect(await find(company)).toMatchObject({ folderId: null });
    await archive(rootId);
    expect(await find(company)).toBeNull();
  });

  it('never find another firm’s, nor one that has no folder', async () => {
    const { company } = await aCompany();
    expect(await find(company, otherFirm)).toBeNull();
    expect(await find(await aClientRow(test.database, firmId))).toBeNull();
    expect(await find('999999' as ClientId)).toBeNull();
  });

  it('let one at a time make the folder, and the next one find it', async () => {
    const { company, rootId } = await aCompany();
    const { promise: allFoundNone, resolve } = Promise.withResolvers<void>();
    let waiting = 5;
    const makeWhereMissing = () =>
      run(async (inboxes) => {
        expect(await inboxes.find(firmId, company)).toMatchObject({ folderId: null });
        if (--waiting === 0) resolve();
        await allFoundNone;
        const inbox = await inboxes.findAlone(firmId, company);
        if (inbox?.folderId) return inbox.folderId;
        const [row]: { id: string }[] = await test.database.em.execute(
          `insert into files (firm_id, is_folder, name, original_name, content_type, created_by, created_at, modified_at, parent_id)
           values (?, true, 'From client', 'x', 'folder', ?, now(), now(), ?) returning id::text as id`,
          [firmId, createdBy, rootId],
        );
        return row?.id;
      });
    const found = await Promise.all([1, 2, 3, 4, 5].map(() => makeWhereMissing()));
    expect(new Set(found).size).toBe(1);
  });
});
