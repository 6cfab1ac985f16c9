import { describe, expect, it } from '@jest/globals';
import {
  aPortalUser,
  CountingRandom,
  FixedClock,
  InMemoryClientRequests,
  InMemoryHistory,
  InMemoryNotifier,
  InMemoryUnitOfWork,
} from '@portico/testing';
import type { ClientId, SlaPolicyId, UserId } from '../../kernel/index.js';
import type { RequestPlace } from './client-requests.js';
import { CreateRequest, type CreateRequestInput } from './create-request.js';
import type { ServiceLevel } from './service-level.js';

const PLACE: RequestPlace = {
  projectName: null,
  managerId: '7' as UserId,
  level: null,
};
const LEVEL: ServiceLevel = {
  policyId: '0190a1b2-0000-7000-8000-000000000001' as SlaPolicyId,
  policyName: 'Standard',
  responseHours: 4,
  resolutionHours: 24,
  workingTime: null,
};

function bench(place: Partial<RequestPlace> = {}) {
  const requests = new InMemoryClientRequests({ ...PLACE, ...place });
  const [history, notifier, clock] = [new InMemoryHistory(), new InMemoryNotifier(), new FixedClock()];
  const unitOfWork = new InMemoryUnitOfWork([requests, history]);
  const useCase = new CreateRequest(requests, history, notifier, new CountingRandom(), unitOfWork, clock);
  const create = (input: Partial<CreateRequestInput> = {}, user = aPortalUser()) =>
    useCase.execute(user, { title: 'A new logo', ...input });
  return { requests, history, notifier, clock, create };
}

describe('CreateRequest', () => {
  it('makes a task of what the company asks for, and keeps who asked', async () => {
    const { create, requests, history, clock } = bench();
    const id = await create({ title: ' A new logo ', description: ' Round.\n\tBlue. ', priority: 'High' });
    expect(requests.kept).toEqual([
      {
        request: {
          ...{ id, firmId: '1', companyId: '500', contactId: '20', projectId: null, title: 'A new logo' },
          ...{ description: 'Round.\n\tBlue.', priority: 'high', status: 'todo', createdAt: clock.now() },
        },
        promise: null,
      },
    ]);
    expect(history.entries).toEqual([
      {
        ...{ action: 'task.created', subject: { type: 'task', id }, clientId: '500', author: aPortalUser() },
        details: {
          clientId: { from: null, to: '500' },
          title: { from: null, to: 'A new logo' },
          statusValue: { from: null, to: 'todo' },
          priorityValue: { from: null, to: 'high' },
        },
      },
    ]);
  });

  it.each([{}, { priority: null }, { priority: ' ' }])('is of medium priority with %j', async (given) => {
    const { create, requests } = bench();
    await create(given);
    expect(requests.kept[0]?.request).toMatchObject({ priority: 'medium', description: null });
  });

  it('keeps what was promised, with deadlines that begin to count now', async () => {
    const { create, requests, clock } = bench({ level: LEVEL });
    await create();
    const after = (hours: number) => new Date(clock.now().getTime() + hours * 3_600_000);
    const deadlines = { responseDeadline: after(4), resolutionDeadline: after(24) };
    expect(requests.kept[0]?.promise).toEqual({ ...LEVEL, ...deadlines });
  });

  it('counts the hours in the working time of the policy', async () => {
    const workingTime = { timeZone: 'Asia/Tokyo', days: [1, 2, 3, 4, 5], from: 540, to: 1080 };
    const { create, requests } = bench({ level: { ...LEVEL, workingTime } });
    await create(); // on a Friday at 12:04:05.678
    expect(requests.kept[0]?.promise).toMatchObject({
      responseDeadline: new Date('2026-01-02T07:04:05.678Z'),
      resolutionDeadline: new Date('2026-01-07T00:04:05.678Z'),
    });
  });

  it('is of a project of the company', async () => {
    const { create, requests } = bench();
    await create({ projectId: InMemoryClientRequests.project });
    expect(requests.kept[0]?.request.projectId).toBe(InMemoryClientRequests.project);
  });

  it('tells whoever looks after it, and names what they need to know', async () => {
    const { create, notifier } = bench({ projectName: 'Web shop' });
    const id = await create({ projectId: InMemoryClientRequests.project });
    expect(notifier.raised).toEqual([
      {
        ...{ firmId: '1', type: 'request_received', clientId: '500', resource: { type: 'task', id } },
        names: { title: 'A new logo', project: 'Web shop' },
        ...{ by: { contactId: '20' }, to: { userIds: ['7'] } },
      },
    ]);
  });

  it('tells nobody where nobody looks after the company', async () => {
    const { create, notifier, requests } = bench({ managerId: null });
    await create();
    expect([notifier.raised, requests.kept.length]).toEqual([[], 1]);
  });

  it('is made without a contact when it is not known who asks', async () => {
    const { create, requests, notifier } = bench();
    await create({}, { ...aPortalUser(), contactId: null } as never);
    expect(requests.kept[0]?.request.contactId).toBeNull();
    expect(notifier.raised).toMatchObject([{ by: null, names: { title: 'A new logo' } }]);
  });

  it.each<[Partial<CreateRequestInput>, object]>([
    [{ title: ' ' }, { code: 'invalid_value', field: 'title' }],
    [{ title: 'x'.repeat(301) }, { code: 'invalid_value', field: 'title' }],
    [{ title: 'two\nlines' }, { code: 'invalid_value', field: 'title' }],
    [{ description: 'a\u0000' }, { code: 'invalid_value', field: 'description' }],
    [{ description: 'x'.repeat(20_001) }, { code: 'invalid_value', field: 'description' }],
    [{ priority: 'asap' }, { code: 'invalid_value', field: 'priority' }],
    [{ projectId: 'abc' }, { kind: 'not_found', code: 'project_not_found' }],
    [{ projectId: '0190a1b2-c3d4-7e5f-8a9b-00000000dead' }, { kind: 'not_found', code: 'project_not_found' }],
  ])('refuses %j, and changes nothing', async (given, refusal) => {
    const { create, requests, history, notifier } = bench();
    await expect(create(given)).rejects.toMatchObject(refusal);
    expect([requests.kept, history.entries, notifier.raised]).toEqual([[], [], []]);
  });

  it('knows no project of another company', async () => {
    const { create } = bench();
    const other = aPortalUser({ companyId: '501' as ClientId });
    const refused = create({ projectId: InMemoryClientRequests.project }, other);
    await expect(refused).rejects.toMatchObject({ code: 'project_not_found' });
  });
});
