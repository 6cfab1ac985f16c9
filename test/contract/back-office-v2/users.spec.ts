import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BackOfficeApi, expectProblem, PASSWORD } from '../../support/back-office-api.js';
import { DirectoryApi } from '../../support/directory-api.js';
import type { Portico } from '../../support/portico.js';
import { SharedPortico } from '../../support/shared-portico.js';

interface User {
  readonly id: number;
  readonly email: string;
  readonly name: string;
  readonly permissions: readonly string[];
  readonly entityIds: readonly number[];
  readonly [field: string]: unknown;
}

let server: Portico;
let api: BackOfficeApi;

beforeAll(async () => {
  server = await SharedPortico.start();
  api = await BackOfficeApi.of(server);
});
afterAll(() => server.dispose());

const address = () => `${randomUUID()}@example.test`;
const user = (fields: object = {}, as = api) => as.create<User>('/users', { email: address(), name: 'Ann', ...fields });
const change = (id: number, body: object, as = api) => as.send('patch', `/users/${id}`, body);
const INSTANT = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
const anEntity = async () => Number((await new DirectoryApi(server.url, server.headers).entity()).id);

describe('Users in the Back Office', () => {
  it('are made with what is given, and answered without their password', async () => {
    const [entity, email] = [await anEntity(), address()];
    const fields = { email: email.toUpperCase(), firstName: 'Ann', lastName: 'Smith', externalUserId: 'u-1' };
    const rights = { permissions: ['files_view', 'back_office'], entityIds: [entity], password: PASSWORD };
    const made = await api.create('/users', { ...fields, ...rights });
    expect(made).toEqual({
      id: expect.any(Number),
      ...{ ...fields, email, name: 'Ann Smith', loginMethod: 'email_password' },
      ...{ adminAccess: false, allDataAccess: false, twoFactorAuthEnabled: false },
      ...{ permissions: ['files_view', 'back_office'], entityIds: [entity], groupIds: [] },
      ...{ createdAt: INSTANT, updatedAt: INSTANT },
    });
    expect(await api.read(`/users/${made.id}`)).toEqual(made);
    await BackOfficeApi.signedIn(server.url, email);
  });

  it.each(['put', 'patch'] as const)('are changed with %s, in what is given', async (method) => {
    const made = await user({ permissions: ['files_view'] });
    const answer = await api.send(method, `/users/${made.id}`, { name: 'Bob', permissions: [] }).expect(200);
    expect(answer.body).toEqual({ ...made, name: 'Bob', permissions: [], updatedAt: INSTANT });
  });

  it('are listed, filtered and sorted', async () => {
    const mark = randomUUID();
    const made = [await user({ lastName: mark, firstName: 'B' }), await user({ lastName: mark, firstName: 'A' })];
    const answer = await api.get(`/users?filter[lastName]=${mark}&sort_by=firstName`).expect(200);
    expect((answer.body as User[]).map(({ id }) => id)).toEqual([made[1]?.id, made[0]?.id]);
    expect(answer.headers['x-total-count']).toBe('2');
  });

  it.each<[string, object, number, string, string]>([
    ['no address', { email: 'x' }, 400, 'invalid_email', 'email'],
    ['an unknown permission', { permissions: ['fly'] }, 400, 'invalid_value', 'permissions'],
    ['a short password', { password: 'short' }, 400, 'invalid_password', 'password'],
    ['an empty name', { name: ' ' }, 400, 'invalid_user_name', 'name'],
    ['an unknown entity', { entityIds: [999999] }, 400, 'unknown_entities', 'entityIds'],
    ['an entity that is no id', { entityIds: ['x'] }, 400, 'invalid_value', 'entityIds'],
    ['something unknown', { role: 'x' }, 400, 'unknown_member', 'role'],
  ])('are not made with %s', async (_says, fields, status, code, field) => {
    const answer = await api.send('post', '/users', { email: address(), name: 'Ann', ...fields });
    expectProblem(answer, status, code, [{ field }]);
  });

  it('have addresses and external ids of their own', async () => {
    const { email } = await user({ externalUserId: 'u-own' });
    expectProblem(await api.send('post', '/users', { email, name: 'A' }), 409, 'email_taken', [{ field: 'email' }]);
    const same = await api.send('post', '/users', { email: address(), name: 'A', externalUserId: 'u-own' });
    expectProblem(same, 409, 'external_user_id_taken', [{ field: 'externalUserId' }]);
  });

  it('are not managed without users_manage, nor given more than their maker has', async () => {
    const [none, some] = [
      await BackOfficeApi.of(server, { permissions: [] }),
      await BackOfficeApi.of(server, { permissions: ['users_manage'] }),
    ];
    expectProblem(await none.get('/users'), 403, 'missing_permission');
    const greater = await some.send('post', '/users', { email: address(), name: 'A', permissions: ['firm_admin'] });
    expectProblem(greater, 403, 'grant_exceeds_own');
    const admin = await user({ permissions: ['firm_admin'] });
    expectProblem(await change(admin.id, { name: 'X' }, some), 403, 'user_exceeds_own');
  });

  it('lose their sessions with their password', async () => {
    const made = await user({ permissions: ['back_office'], password: PASSWORD });
    const theirs = await BackOfficeApi.signedIn(server.url, made.email);
    await theirs.expecting(200, theirs.get('/clients'));
    await change(made.id, { password: 'another password here' }).expect(200);
    expectProblem(await theirs.get('/clients'), 401, 'unauthenticated');
  });

  it('are nobody of another firm, and are not deleted', async () => {
    const { id } = await user();
    const other = await BackOfficeApi.ofAnotherFirm(server);
    expectProblem(await other.get(`/users/${id}`), 404, 'user_not_found');
    expectProblem(await change(id, { name: 'X' }, other), 404, 'user_not_found');
    const refused = await api.call('delete', `/users/${id}`);
    expectProblem(refused, 405, 'method_not_allowed');
    expect(refused.headers['allow']).toBe('GET, HEAD, PATCH, PUT');
  });
});
