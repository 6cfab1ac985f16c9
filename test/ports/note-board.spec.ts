import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ClientId, ContactId, FirmId, UserId } from '@portico/domain/kernel';
import type { NoteBoard, NotedResource, NoteSubject } from '@portico/domain/portal';
import { InMemoryNoteBoard, InMemoryUnitOfWork } from '@portico/testing';
import { MikroOrmUnitOfWork } from '../../src/platform/database/mikro-orm-unit-of-work.js';
import { Statements } from '../../src/platform/database/statements.js';
import { SecureRandom } from '../../src/platform/secure-random.js';
import { SqlNoteBoard } from '../../src/portal/notes/sql-note-board.js';
import { aClientRow, aContactRow } from '../support/portal-rows.js';
import { aUser, firmsWithUsers } from '../support/rows.js';
import { type TestDatabase, testDatabase } from '../support/test-database.js';
import { WorkRows } from '../support/work-rows.js';

const at = new Date('2026-02-03T04:05:06.789Z');
const random = new SecureRandom();

let test: TestDatabase;
let rows: WorkRows;
let firmId: FirmId;
let otherFirm: FirmId;
let createdBy: UserId;
let companyId: ClientId;
let contactId: ContactId;

beforeAll(async () => {
  test = await testDatabase();
  rows = new WorkRows(test.database, at);
  ({ firmId, otherFirm, createdBy } = await firmsWithUsers(test.database));
  companyId = await aClientRow(test.database, firmId);
  contactId = await aContactRow(test.database, { firmId, createdBy, clientId: companyId });
}, 60_000);
afterAll(() => test.dispose());

const inMemory = new InMemoryNoteBoard();
const sqlBoard = () => new SqlNoteBoard(new Statements(test.database));

describe.each([
  ['InMemoryNoteBoard', false],
  ['SqlNoteBoard', true],
])('the NoteBoard %s', (_name, isSql) => {
  const run = <T>(work: (board: NoteBoard) => Promise<T>): Promise<T> =>
    isSql
      ? new MikroOrmUnitOfWork(test.database).run(() => work(sqlBoard()))
      : new InMemoryUnitOfWork([inMemory]).run(() => work(inMemory));
  const make = async (resourceType: NotedResource, isDraft = false): Promise<string> => {
    const owner = { firmId, clientId: companyId };
    if (isSql && resourceType === 'project') return rows.project(owner, { name: 'Name' });
    if (isSql) return rows.invoice(owner, { invoice_number: 'Name', status: isDraft ? 'draft' : 'submitted' });
    const resourceId = random.uuid();
    return inMemory.with({ resourceType, resourceId, name: 'Name', firmId, clientId: companyId, isDraft }).resourceId;
  };
  const hold = (resourceType: NotedResource, resourceId: string, firm = firmId, companyIds = [companyId]) =>
    run((board) => board.hold(firm, companyIds, { resourceType, resourceId }));
  const aNote = async (resourceId: string, isClientVisible = true): Promise<string> => {
    const on = { resource_type: 'invoice', resource_id: resourceId, is_client_visible: isClientVisible };
    if (isSql) return rows.note({ firmId, clientId: companyId }, on);
    const id = random.uuid();
    inMemory.withNote({ id, resourceId, isClientVisible });
    return id;
  };
  const subjectOf = (resourceId: string): NoteSubject => ({
    ...{ resourceType: 'invoice', resourceId, clientId: companyId, name: 'Name', deliveryManagerId: null },
  });
  const holdParent = (resourceId: string, parentId: string, firm = firmId) =>
    run((board) => board.holdParent(firm, subjectOf(resourceId), parentId));

  it.each<NotedResource>(['project', 'invoice'])('holds a %s of the companies', async (resourceType) => {
    const id = await make(resourceType);
    const subject = { resourceType, resourceId: id, clientId: companyId, name: 'Name', deliveryManagerId: null };
    expect(await hold(resourceType, id.toUpperCase())).toMatchObject(subject);
    expect(await hold(resourceType, id, firmId, ['999999' as ClientId, companyId])).toMatchObject(subject);
  });

  it.each<NotedResource>(['project', 'invoice'])('holds no %s that is another’s', async (resourceType) => {
    const id = await make(resourceType);
    expect(await hold(resourceType, id, otherFirm)).toBeNull();
    expect(await hold(resourceType, id, firmId, ['999999' as ClientId])).toBeNull();
    expect(await hold(resourceType === 'project' ? 'invoice' : 'project', id)).toBeNull();
    expect(await hold(resourceType, random.uuid())).toBeNull();
  });

  it('holds no draft', async () => {
    expect(await hold('invoice', await make('invoice', true))).toBeNull();
  });

  it('holds a note that clients see on the same subject, and no other', async () => {
    const [one, other] = [await make('invoice'), await make('invoice')];
    const [shown, hidden] = [await aNote(one), await aNote(one, false)];
    expect(await holdParent(one, shown.toUpperCase())).toBe(shown);
    expect(await holdParent(other, shown)).toBeNull();
    expect(await holdParent(one, hidden)).toBeNull();
    expect(await holdParent(one, random.uuid())).toBeNull();
  });
});

describe('SqlNoteBoard', () => {
  const run = <T>(work: () => Promise<T>): Promise<T> => new MikroOrmUnitOfWork(test.database).run(work);

  it('holds no parent that is another firm’s', async () => {
    const owner = { firmId, clientId: companyId };
    const resourceId = await rows.invoice(owner);
    const parent = await rows.note(owner, { resource_type: 'invoice', resource_id: resourceId });
    const subject = { resourceType: 'invoice' as const, resourceId, name: '', deliveryManagerId: null };
    const find = (firm: FirmId, clientId: ClientId) =>
      run(() => sqlBoard().holdParent(firm, { ...subject, clientId }, parent));
    expect(await find(firmId, companyId)).toBe(parent);
    expect(await find(otherFirm, companyId)).toBeNull();
    expect(await find(firmId, '999999' as ClientId)).toBeNull();
  });

  it('keeps a note that clients see, by the contact and by no user', async () => {
    const owner = { firmId, clientId: companyId };
    const resourceId = await rows.project(owner);
    const parentId = await rows.note(owner, { resource_type: 'project', resource_id: resourceId });
    const id = random.uuid();
    await run(async () => {
      const subject = await sqlBoard().hold(firmId, [companyId], { resourceType: 'project', resourceId });
      if (!subject) throw new Error('no subject');
      await sqlBoard().add(firmId, { id, subject, content: 'Hello', parentId, contactId, at });
    });
    const [row] = await rows.execute(
      `select client_id::text as client, resource_type, project_id = resource_id as is_held, content,
         parent_id = ?::uuid as is_answer, is_client_visible, author_id, author_name, portal_user_id::text as contact,
         created_at = ? as created, updated_at = created_at as is_new, version from notes where id = ?`,
      [parentId, at, id],
    );
    expect(row).toEqual({
      ...{ client: companyId, resource_type: 'project', is_held: true, content: 'Hello', is_answer: true },
      ...{ is_client_visible: true, author_id: null, author_name: null, contact: contactId },
      ...{ created: true, is_new: true, version: 1 },
    });
  });

  it('knows who delivers: to the project, else that of the invoice’s budget, else to the client', async () => {
    const clientId = await aClientRow(test.database, firmId);
    const owner = { firmId, clientId };
    const [ofClient, ofProject] = [await aUser(test.database, firmId), await aUser(test.database, firmId)];
    const project = await rows.project(owner, { delivery_manager_id: ofProject });
    const budget = await rows.budget(owner, { resource_type: 'project', resource_id: project });
    const [billed, unbilled] = [await rows.invoice(owner, { budget_id: budget }), await rows.invoice(owner)];
    const managerOf = async (resourceType: NotedResource, resourceId: string) =>
      (await run(() => sqlBoard().hold(firmId, [clientId], { resourceType, resourceId })))?.deliveryManagerId;
    expect(await managerOf('invoice', unbilled)).toBeNull();
    await rows.execute('update clients set delivery_manager_id = ? where id = ?', [ofClient, clientId]);
    expect(await managerOf('project', project)).toBe(ofProject);
    expect(await managerOf('project', await rows.project(owner))).toBe(ofClient);
    expect(await managerOf('invoice', billed)).toBe(ofProject);
    expect(await managerOf('invoice', unbilled)).toBe(ofClient);
  });
});
