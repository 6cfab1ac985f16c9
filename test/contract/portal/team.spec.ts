import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { expectPortalRefusal, type PortalApi } from '../../support/portal-api.js';
import { PortalWork, shown } from '../../support/portal-work.js';
import type { Portico } from '../../support/portico.js';
import { SharedPortico } from '../../support/shared-portico.js';

jest.setTimeout(60_000);

interface Person {
  readonly name: string;
  readonly role: string;
  readonly projects: readonly { readonly name: string }[];
}
interface Team {
  readonly team: readonly Person[];
  readonly leads: readonly Person[];
}

let server: Portico;
let work: PortalWork;
let ann: number;
let ben: number;
let cleo: number;

beforeAll(async () => {
  server = await SharedPortico.start();
  work = await PortalWork.of(server);
  [ann, ben, cleo] = [
    Number(await work.staff('Ann')),
    Number(await work.staff('Ben')),
    Number(await work.staff('Cleo')),
  ];
});
afterAll(() => server.dispose());

const team = (of: PortalApi) => shown<Team>(of, '/team');
const summaryOf = (people: readonly Person[]) =>
  people.map(({ name, role, projects }) => [name, role, projects.map((project) => project.name)]);

describe('GET /api/portal/team', () => {
  it('is empty without active projects', async () => {
    const company = await work.client();
    await work.project(company, { status: 'completed', ownerId: ann, members: [{ userId: ben }] });
    expect(await team(work.portalOf(company, { role: 'viewer' }))).toEqual({ team: [], leads: [] });
  });

  it('shows each member once with all of their active projects, and the role that they have most often', async () => {
    const company = await work.client();
    const roles = (...members: [number, string][]) => members.map(([userId, role]) => ({ userId, role }));
    const id = await work.project(company, { name: 'B', members: roles([ben, 'developer'], [ann, 'writer']) });
    await work.project(company, { name: 'A', members: roles([ann, 'designer']) });
    await work.project(company, { name: 'C', members: roles([ann, 'designer']) });
    await work.project(company, { name: 'Over', status: 'archived', members: roles([cleo, 'designer']) });
    const answer = await team(work.portalOf(company));
    expect(summaryOf(answer.team)).toEqual([
      ['Ann', 'designer', ['A', 'B', 'C']],
      ['Ben', 'developer', ['B']],
    ]);
    expect(answer.team[1]).toEqual({
      ...{ user_id: String(ben), name: 'Ben', email: expect.stringMatching(/@staff\.test$/), picture: null },
      ...{ job_title: null, role: 'developer', projects: [{ id, name: 'B' }] },
    });
    expect(answer.leads).toEqual([]);
  });

  it('shows who leads, once for each of the two roles', async () => {
    const company = await work.client();
    await work.project(company, { name: 'One', ownerId: ann, deliveryManagerId: ann });
    await work.project(company, { name: 'Two', ownerId: ann, deliveryManagerId: ben });
    await work.project(company, { name: 'Over', status: 'on_hold', ownerId: cleo });
    const answer = await team(work.portalOf(company));
    expect(summaryOf(answer.leads)).toEqual([
      ['Ann', 'delivery_manager', ['One']],
      ['Ann', 'owner', ['One', 'Two']],
      ['Ben', 'delivery_manager', ['Two']],
    ]);
    expect(answer.leads[2]).toMatchObject({ user_id: String(ben), picture: null, job_title: null });
    expect(answer.team).toEqual([]);
  });

  it('is of the whole group when that is asked for, and else of the company', async () => {
    const parent = await work.client();
    const child = await work.client({ parentClientId: parent });
    await work.project(parent, { name: 'Of the parent', members: [{ userId: ann }] });
    await work.project(child, { name: 'Of the child', members: [{ userId: ann }], ownerId: cleo });
    const portal = work.portalOf(parent);
    expect(summaryOf((await team(portal)).team)).toEqual([['Ann', 'member', ['Of the parent']]]);
    const group = await team(portal.as({ group: child }));
    expect(summaryOf(group.team)).toEqual([['Ann', 'member', ['Of the child', 'Of the parent']]]);
    expect(summaryOf(group.leads)).toEqual([['Cleo', 'owner', ['Of the child']]]);
  });

  it('refuses a parameter', async () => {
    expectPortalRefusal(await work.portalOf(await work.client()).get('/team?role=x'), 400, 'unknown_member');
  });
});
