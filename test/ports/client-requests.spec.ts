import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type {
  ClientId,
  ContactId,
  FirmId,
  PortalActor,
  ProjectId,
  SlaPolicyId,
  TaskId,
  UserId,
} from '@portico/domain/kernel';
import { type ClientRequest, type Priority, TASK_STATUSES } from '@portico/domain/portal';
import { aPortalUser } from '@portico/testing';
import { MikroOrmUnitOfWork } from '../../src/platform/database/mikro-orm-unit-of-work.js';
import { SecureRandom } from '../../src/platform/secure-random.js';
import { SqlClientRequests } from '../../src/portal/requests/sql-client-requests.js';
import { SqlRequestQueries } from '../../src/portal/requests/sql-request-queries.js';
import { aClientRow, aContactRow } from '../support/portal-rows.js';
import { aUser, firmsWithUsers } from '../support/rows.js';
import { type TestDatabase, testDatabase } from '../support/test-database.js';

const NOW = new Date('2026-03-06T12:00:00.123Z');
const random = new SecureRandom();
let test: TestDatabase;
let firmId: FirmId;
let otherFirm: FirmId;
let createdBy: UserId;
let companyId: ClientId;
let contactId: ContactId;

beforeAll(async () => {
  test = await testDatabase();
  ({ firmId, otherFirm, createdBy } = await firmsWithUsers(test.database));
  companyId = await aClientRow(test.database, firmId);
  contactId = await aContactRow(test.database, { firmId, createdBy, clientId: companyId });
}, 60_000);
afterAll(() => test.dispose());

type Row = Record<string, unknown>;
const sql = (text: string, values: unknown[] = []): Promise<Row[]> => test.database.em.fork().execute(text, values);
const unit = () => new MikroOrmUnitOfWork(test.database);
const requests = () => new SqlClientRequests(test.database);
const queries = () => new SqlRequestQueries(test.database);

/** A row of a table of the Back Office; answers its id. */
async function aRow(table: string, columns: Row): Promise<string> {
  const row: Row = { id: random.uuid(), firm_id: firmId, created_at: NOW, updated_at: NOW, ...columns };
  const names = Object.keys(row);
  const places = names.map(() => '?').join(', ');
  await sql(`insert into ${table} (${names.join(', ')}) values (${places})`, Object.values(row));
  return String(row['id']);
}

const OFFICE = { time_zone: 'Asia/Tokyo', working_days: '{1,2,3}', working_from: '09:30', working_to: '24:00' };

async function aPolicy(columns: Row, rules: Partial<Record<Priority, [number, number]>>): Promise<SlaPolicyId> {
  const id = await aRow('sla_policies', { name: 'Policy', ...columns });
  for (const [priority, [response, resolution]] of Object.entries(rules))
    await aRow('sla_rules', {
      ...{ policy_id: id, client_id: columns['client_id'] ?? null, priority_value: priority },
      ...{ response_hours: response, resolution_hours: resolution },
    });
  return id as SlaPolicyId;
}

const aProject = async (columns: Row = {}): Promise<ProjectId> =>
  (await aRow('projects', { client_id: companyId, name: 'Web shop', status: 'active', ...columns })) as ProjectId;

/** A company of its own, with this policy. */
async function aCompany(policyId: SlaPolicyId | null, managerId: UserId | null = null): Promise<ClientId> {
  const id = await aClientRow(test.database, firmId);
  await sql('update clients set sla_policy_id = ?, delivery_manager_id = ? where id = ?', [policyId, managerId, id]);
  return id;
}

const place = (company: ClientId, asked: Partial<Pick<ClientRequest, 'projectId' | 'priority'>> = {}) =>
  unit().run(() => requests().place(firmId, company, { projectId: null, priority: 'medium', ...asked }));

/** A request of `companyId`, changed by `changes`. */
const aRequest = (changes: Partial<ClientRequest> = {}): ClientRequest => ({
  ...{ id: random.uuid() as TaskId, firmId, companyId, contactId, projectId: null, title: 'A new logo?' },
  ...{ description: null, priority: 'medium' as const, status: 'todo', createdAt: NOW },
  ...changes,
});
const add = (request: ClientRequest, promise: Parameters<SqlClientRequests['add']>[1] = null) =>
  unit().run(() => requests().add(request, promise));
const actor = (changes: Partial<PortalActor> = {}): PortalActor =>
  aPortalUser({ firmId, companyId, companyIds: [companyId], ...changes } as never);
const ALL = { limit: 100, offset: 0 };

describe('Where a request arrives', () => {
  it('is the company', async () => {
    expect(await place(companyId)).toEqual({ projectName: null, managerId: null, level: null });
  });

  it('is with whoever looks after the project, else after the company', async () => {
    const [ofCompany, ofProject] = [await aUser(test.database, firmId), await aUser(test.database, firmId)];
    const company = await aCompany(null, ofCompany);
    const mine = await aProject({ client_id: company, delivery_manager_id: ofProject });
    const nobodys = await aProject({ client_id: company, name: 'Other' });
    expect(await place(company)).toMatchObject({ projectName: null, managerId: ofCompany });
    expect(await place(company, { projectId: mine })).toMatchObject({ projectName: 'Web shop', managerId: ofProject });
    expect(await place(company, { projectId: nobodys })).toMatchObject({ projectName: 'Other', managerId: ofCompany });
  });

  it('is under the policy of the project, else that of the company, by its rule for the priority', async () => {
    const ofCompany = await aPolicy({}, { medium: [8, 40], urgent: [1, 4.5] });
    const ofProject = await aPolicy({ name: 'Project', ...OFFICE }, { medium: [2, 10] });
    const company = await aCompany(ofCompany);
    const projectId = await aProject({ client_id: company, sla_policy_id: ofProject });
    const plain = await aProject({ client_id: company });
    const level = async (asked: object) => (await place(company, asked))?.level;
    const common = { policyId: ofCompany, policyName: 'Policy', workingTime: null };
    expect(await level({})).toEqual({ ...common, responseHours: 8, resolutionHours: 40 });
    expect(await level({ projectId: plain, priority: 'urgent' })).toEqual({
      ...{ ...common, responseHours: 1, resolutionHours: 4.5 },
    });
    expect(await level({ priority: 'low' })).toBeNull();
    expect(await level({ projectId })).toEqual({
      ...{ policyId: ofProject, policyName: 'Project', responseHours: 2, resolutionHours: 10 },
      workingTime: { timeZone: 'Asia/Tokyo', days: [1, 2, 3], from: 570, to: 1440 },
    });
    expect(await level({ projectId, priority: 'urgent' })).toBeNull(); // the project has a policy of its own
  });

  it('is under no policy that has gone over to another company', async () => {
    const other = await aClientRow(test.database, firmId);
    const company = await aCompany(await aPolicy({ client_id: other }, { medium: [1, 2] }));
    expect(await place(company)).toMatchObject({ level: null });
  });

  it('is no project of another company, of another firm, or of nobody', async () => {
    const other = await aClientRow(test.database, firmId);
    const foreign = await aClientRow(test.database, otherFirm);
    const projects = [
      await aProject({ client_id: other }),
      await aProject({ client_id: foreign, firm_id: otherFirm }),
      randomUUID() as ProjectId,
    ];
    for (const projectId of projects) expect(await place(companyId, { projectId })).toBeNull();
    expect(await place(foreign)).toBeNull();
  });

  it('stays so until the request is there', async () => {
    const projectId = await aProject();
    await unit().run(async () => {
      await requests().place(firmId, companyId, { projectId, priority: 'low' });
      await expect(sql('select from projects where id = ? for update nowait', [projectId])).rejects.toThrow(/lock/);
      await expect(sql('select from clients where id = ? for update nowait', [companyId])).rejects.toThrow(/lock/);
    });
  });
});

describe('A request', () => {
  it('is a task that the client sees', async () => {
    const projectId = await aProject();
    const request = aRequest({ projectId, description: 'Round.\nBlue.', priority: 'high' });
    await add(request);
    const [task] = await sql('select * from tasks where id = ?', [request.id]);
    expect(task).toMatchObject({
      ...{ title: 'A new logo?', description: 'Round.\nBlue.', status_value: 'todo', priority_value: 'high' },
      ...{ type_value: 'request', is_private: false, source: 'portal_request', project_id: projectId, version: 1 },
    });
    expect(String(task?.['created_by_portal_user_id'])).toBe(contactId);
    expect(await sql('select from task_slas where task_id = ?', [request.id])).toEqual([]);
  });

  const promised = async (request = aRequest()): Promise<ClientRequest> => {
    const policyId = await aPolicy({}, {});
    const deadlines = {
      responseDeadline: new Date('2026-03-06T16:00:00Z'),
      resolutionDeadline: new Date('2026-03-09T12:00:00Z'),
    };
    const hours = { responseHours: 4, resolutionHours: 24.25 };
    await add(request, { policyId, policyName: 'Policy', ...hours, workingTime: null, ...deadlines });
    return request;
  };
  const times = async ({ id }: ClientRequest) => {
    const { respondedAt, resolvedAt } = (await queries().find(actor(), id)) ?? {};
    return [respondedAt, resolvedAt];
  };
  const stand = ({ id }: ClientRequest, status: string, at: string) =>
    sql('update tasks set status_value = ?, title = title, updated_at = ? where id = ?', [status, at, id]);

  it('keeps what was promised, also when the policy goes', async () => {
    const request = await promised();
    await sql('delete from sla_policies where id = (select policy_id from task_slas where task_id = ?)', [request.id]);
    const [kept] = await sql('select policy_id, policy_name, response_hours, resolution_hours from task_slas where task_id = ?', [request.id]); // prettier-ignore
    expect(kept).toMatchObject({ policy_id: null, policy_name: 'Policy' });
    expect([Number(kept?.['response_hours']), Number(kept?.['resolution_hours'])]).toEqual([4, 24.25]);
    expect(await queries().find(actor(), request.id)).toMatchObject({
      responseDeadline: new Date('2026-03-06T16:00:00Z'),
      resolutionDeadline: new Date('2026-03-09T12:00:00Z'),
    });
  });

  it('is answered when it first stands elsewhere, and resolved when it is at an end', async () => {
    const request = await promised();
    expect(await times(request)).toEqual([null, null]);
    await stand(request, 'todo', '2026-03-06T12:30:00Z');
    expect(await times(request)).toEqual([null, null]);
    await stand(request, 'in_progress', '2026-03-06T13:00:00Z');
    await stand(request, 'in_review', '2026-03-06T14:00:00Z');
    const answered = new Date('2026-03-06T13:00:00Z');
    expect(await times(request)).toEqual([answered, null]);
    await stand(request, 'done', '2026-03-06T15:00:00Z');
    await stand(request, 'closed', '2026-03-06T16:00:00Z');
    expect(await times(request)).toEqual([answered, new Date('2026-03-06T15:00:00Z')]);
    await stand(request, 'in_progress', '2026-03-06T17:00:00Z');
    expect(await times(request)).toEqual([answered, null]);
  });

  it.each([...TASK_STATUSES.completed, ...TASK_STATUSES.cancelled, 'Done'])('is at an end with %s', async (status) => {
    const request = await promised();
    await stand(request, status, '2026-03-06T15:00:00Z');
    const at = new Date('2026-03-06T15:00:00Z');
    expect(await times(request)).toEqual([at, at]);
  });

  it('stays when the contact goes', async () => {
    const gone = await aContactRow(test.database, { firmId, createdBy, clientId: companyId });
    const request = aRequest({ contactId: gone });
    await add(request);
    await sql('delete from contacts where id = ?', [gone]);
    expect(await queries().find(actor(), request.id)).toMatchObject({ title: request.title, createdByName: null });
  });
});

describe('What a company has asked for', () => {
  it('is told with names and deadlines', async () => {
    const projectId = await aProject();
    const request = aRequest({ projectId, description: 'Round' });
    await add(request);
    expect(await queries().find(actor(), request.id)).toEqual({
      ...{ id: request.id, title: 'A new logo?', description: 'Round', status: 'todo', statusLabel: null },
      ...{ statusColor: null, priority: 'medium', priorityLabel: null, projectId, projectName: 'Web shop' },
      ...{ createdByName: 'Adam Smith', createdAt: NOW, updatedAt: NOW, responseDeadline: null },
      ...{ resolutionDeadline: null, respondedAt: null, resolvedAt: null },
    });
  });

  it('is read part by part, the newest first', async () => {
    const company = await aClientRow(test.database, firmId);
    const ids: string[] = [];
    for (let count = 0; count < 3; count++) {
      const request = aRequest({ companyId: company, contactId: null });
      await add(request);
      ids.unshift(request.id);
    }
    const part = async (limit: number, offset: number) =>
      (await queries().list(actor({ companyId: company }), { limit, offset })).map(({ id }) => id as string);
    expect([await part(2, 0), await part(2, 2), await part(2, 3)]).toEqual([ids.slice(0, 2), ids.slice(2), []]);
  });

  it('is never what is another company’s or firm’s, what staff have made, or what they keep private', async () => {
    const request = aRequest();
    await add(request);
    const other = await aClientRow(test.database, firmId);
    for (const stranger of [actor({ companyId: other }), actor({ firmId: otherFirm })]) {
      expect(await queries().find(stranger, request.id)).toBeNull();
      expect(await queries().list(stranger, ALL)).toEqual([]);
    }
    const task = { client_id: companyId, title: 'Task', status_value: 'todo', is_private: false };
    const ofStaff = await aRow('tasks', task);
    const hidden = await aRow('tasks', { ...task, is_private: true, source: 'portal_request' });
    const ids = (await queries().list(actor(), ALL)).map(({ id }) => id as string);
    expect(ids).toContain(request.id);
    for (const id of [ofStaff, hidden, 'abc']) {
      expect(ids).not.toContain(id);
      expect(await queries().find(actor(), id)).toBeNull();
    }
  });
});
