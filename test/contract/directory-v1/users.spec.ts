import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { expectRefusal, expectStatus, INSTANT, JSON_API } from '../../support/files-api.js';
import { keyHeaders, Operator } from '../../support/operator.js';
import { linkage, PeopleApi, type Person, personOf } from '../../support/people-api.js';
import type { Portico } from '../../support/portico.js';
import { SharedPortico } from '../../support/shared-portico.js';
import { sqlOn } from '../../support/server-database.js';

jest.setTimeout(120_000);

let server: Portico;
let api: PeopleApi;
let operator: Operator;

beforeAll(async () => {
  server = await SharedPortico.start();
  api = PeopleApi.of(server);
  operator = new Operator(server);
});
afterAll(() => server.dispose());

const at = (attribute: string) => ({ source: { pointer: `/data/attributes/${attribute}` } });
const permitted = (entities: readonly string[], groups: readonly string[] = []) => ({
  permissioned_entities: { data: linkage('entities', entities) },
  permissioned_groups: { data: linkage('groups', groups) },
});
const someone = (attributes: object = {}) => ({ email: 'someone@example.test', name: 'Some One', ...attributes });

describe('Create a user', () => {
  it('answers the user with 201 and where it is, and never the password', async () => {
    const [entity, group] = [(await api.entity()).id, (await api.group()).id];
    const given = {
      email: 'Ann@Example.test',
      first_name: ' Ann ',
      last_name: 'Smith',
      external_user_id: 'A12345',
      permissions: ['files_view', 'api_access', 'files_view'],
      all_data_access: false,
      password: 'correct horse battery',
    };
    const answer = await api.create('users', given, permitted([entity], [group]));
    const user = personOf(answer, 201);
    expect(answer.headers['content-type']).toBe(JSON_API);
    expect(answer.headers['location']).toBe(`/api/v1/users/${user.id}`);
    expect(user).toEqual({
      id: expect.stringMatching(/^\d+$/),
      type: 'users',
      attributes: {
        email: 'ann@example.test',
        first_name: 'Ann',
        last_name: 'Smith',
        name: 'Ann Smith',
        external_user_id: 'A12345',
        login_method: 'email_password',
        admin_access: false,
        all_data_access: false,
        two_factor_auth_enabled: false,
        permissions: ['api_access', 'files_view'],
        created_at: expect.stringMatching(INSTANT),
        modified_at: expect.stringMatching(INSTANT),
      },
      relationships: permitted([entity], [group]),
      links: { self: `/v1/users/${user.id}` },
    });
    expect(await api.read(`/users/${user.id}`)).toEqual(user);
    const [row] = await sqlOn(server, 'select password_hash from users where id = $1', [user.id]);
    expect(row?.['password_hash']).toMatch(/^\$argon2id\$/);
  });

  it('needs an address and one of the names', async () => {
    const { attributes } = personOf(await api.create('users', { email: 'bare@example.test', name: 'Bare' }), 201);
    expect(attributes).toMatchObject({ name: 'Bare', first_name: null, last_name: null, permissions: [] });
    expectRefusal(await api.create('users', { email: 'none@example.test' }), 400, {
      code: 'invalid_user_name',
      ...at('name'),
    });
    expectRefusal(await api.create('users', { name: 'Nobody' }), 400, at('email'));
  });

  it('makes administrators, who have all data', async () => {
    const { attributes } = await api.user({ permissions: ['firm_admin'] });
    expect(attributes).toMatchObject({ admin_access: true, all_data_access: true, permissions: ['firm_admin'] });
  });

  it.each<[string, unknown]>([
    ['email', 'nobody'],
    ['email', null],
    ['name', ''],
    ['name', 'x'.repeat(161)],
    ['first_name', 'x'.repeat(41)],
    ['last_name', 'x'.repeat(81)],
    ['external_user_id', 'x'.repeat(32)],
    ['external_user_id', 5],
    ['all_data_access', 'yes'],
    ['permissions', 'files_view'],
    ['permissions', ['everything']],
    ['permissions', null],
    ['password', 'eleven char'],
    ['password', null],
    ['login_method', 'saml'],
    ['admin_access', true],
    ['two_factor_auth_enabled', true],
    ['created_at', '2026-01-01T00:00:00Z'],
    ['password_hash', 'x'],
    ['firm_id', '2'],
  ])('refuses the attribute %s: %j, and names it', async (name, value) => {
    expectRefusal(await api.create('users', someone({ [name]: value })), 400, at(name));
  });

  it('refuses an address and an external id that another user has with 409', async () => {
    await api.user({ email: 'taken@example.test', external_user_id: 'taken' });
    expectRefusal(await api.create('users', someone({ email: 'Taken@example.test' })), 409, {
      code: 'email_taken',
      ...at('email'),
    });
    expectRefusal(await api.create('users', someone({ external_user_id: 'taken' })), 409, {
      code: 'external_user_id_taken',
      ...at('external_user_id'),
    });
  });

  it('refuses unknown data, and says which and where', async () => {
    const entity = (await api.entity()).id;
    const answer = await api.create('users', someone(), permitted([entity, '999999', '999998']));
    expectRefusal(answer, 400, {
      code: 'unknown_entities',
      source: { pointer: '/data/relationships/permissioned_entities/data/1/id' },
    });
    expect(answer.body.errors[0].detail).toMatch(/999999.*999998/);
    expectRefusal(await api.create('users', someone(), permitted([], ['999999'])), 400, {
      code: 'unknown_groups',
      source: { pointer: '/data/relationships/permissioned_groups/data/0/id' },
    });
    const mistyped = { permissioned_groups: { data: linkage('entities', [entity]) } };
    expectRefusal(await api.create('users', someone(), mistyped), 409, { code: 'type_mismatch' });
    expectRefusal(await api.send('post', '/users', { type: 'contacts', attributes: someone() }), 409);
  });
});

describe('Get users', () => {
  it('walks through all users of the firm in ascending order', async () => {
    const first = await api.user();
    const made = [first.id, (await api.user()).id, (await api.user()).id];
    const pages = await api.pages(`/users?page[limit]=2&page[after]=${Number(first.id) - 1}`);
    expect(pages).toEqual([made.slice(0, 2), made.slice(2)]);
    expectRefusal(await api.get('/users?include=x'), 400, { source: { parameter: 'include' } });
  });

  it('answers the caller under /me, whatever they may do', async () => {
    const email = await operator.user({ permissions: ['api_access'] });
    const caller = await PeopleApi.as(server, email);
    const me = await caller.read('/users/me');
    expect(me.attributes).toMatchObject({ email, permissions: ['api_access'], all_data_access: false });
    expect(me.links.self).toBe(`/v1/users/${me.id}`);
    expect(await api.read(`/users/${me.id}`)).toEqual(me);
    expect((await api.read('/users/me')).attributes).toMatchObject({ admin_access: true });
    expectRefusal(await caller.get(`/users/${me.id}`), 403, { code: 'missing_permission' });
    expectRefusal(await caller.get('/users/me?include=x'), 400);
  });

  it('answers the user of a token under /me, whatever its scopes', async () => {
    const email = await operator.user({ permissions: [] });
    const token = await operator.token(await operator.oauthClient(email, ['FILES']));
    const caller = new PeopleApi(server.url, { Authorization: `Bearer ${token}` });
    expect((await caller.read('/users/me')).attributes).toMatchObject({ email });
  });

  it('answers 401 under /me when the credentials are no good', async () => {
    const { Authorization, ...firm } = server.headers;
    for (const headers of [{}, firm, { ...firm, Authorization: `${Authorization.slice(0, -4)}AAA=` }])
      expectRefusal(await new PeopleApi(server.url, headers).get('/users/me'), 401, { code: 'unauthenticated' });
  });

  it('does not find another firm’s users, nor what is no id', async () => {
    const other = await operator.firm('Other Firm');
    const stranger = new PeopleApi(server.url, keyHeaders(other.apiKey, other.firmId));
    const { id } = await api.user();
    for (const unknown of [id, '999999', 'abc'])
      expectRefusal(await stranger.get(`/users/${unknown}`), 404, { code: 'user_not_found' });
    for (const unknown of [id, '999999'])
      expectRefusal(await stranger.patch('users', unknown, {}), 404, { code: 'user_not_found' });
    expect(await stranger.ids('/users')).toHaveLength(1);
  });
});

describe('Update a user', () => {
  it('changes what is given and nothing else', async () => {
    const [entity, group] = [(await api.entity()).id, (await api.group()).id];
    const user = await api.user(
      { first_name: 'Ann', last_name: 'Smith', name: undefined },
      permitted([entity], [group]),
    );
    await sqlOn(server, `update users set modified_at = '2026-01-01T00:00:00Z' where id = $1`, [user.id]);
    const unchanged = await api.patch('users', user.id, { last_name: 'Smith' }, permitted([entity], [group]));
    expect(personOf(unchanged).attributes['modified_at']).toBe('2026-01-01T00:00:00Z');
    const answer = await api.patch('users', user.id, { last_name: 'Jones', external_user_id: 'J1' });
    const modified_at = expect.stringMatching(INSTANT);
    const attributes = { last_name: 'Jones', name: 'Ann Jones', external_user_id: 'J1', modified_at };
    expect(personOf(answer)).toEqual({ ...user, attributes: { ...user.attributes, ...attributes } });
    const withdrawn = personOf(await api.patch('users', user.id, undefined, { permissioned_entities: { data: [] } }));
    expect(withdrawn.relationships).toEqual(permitted([], [group]));
    const cleared = await api.patch('users', user.id, { external_user_id: null });
    expect(personOf(cleared).attributes['external_user_id']).toBeNull();
  });

  it('answers 409 for another type, another id, and what another user has', async () => {
    await api.user({ email: 'has@example.test', external_user_id: 'has' });
    const { id } = await api.user();
    expectRefusal(await api.send('patch', `/users/${id}`, { id, type: 'contacts' }), 409, { code: 'type_mismatch' });
    expectRefusal(await api.send('patch', `/users/${id}`, { id: '1', type: 'users' }), 409, { code: 'id_mismatch' });
    expectRefusal(await api.patch('users', id, { email: 'HAS@example.test' }), 409, at('email'));
    expectRefusal(await api.patch('users', id, { external_user_id: 'has' }), 409, at('external_user_id'));
  });

  it('takes effect on the very next request of the user', async () => {
    const user = await api.user({ permissions: ['api_access', 'files_view'] });
    const caller = await PeopleApi.as(server, String(user.attributes['email']));
    for (let round = 0; round < 5; round++) {
      expectStatus(await caller.get('/files'), 200);
      expectStatus(await api.patch('users', user.id, { permissions: ['api_access'] }), 200);
      expectRefusal(await caller.get('/files'), 403, { code: 'missing_permission' });
      expectStatus(await api.patch('users', user.id, { permissions: ['api_access', 'files_view'] }), 200);
    }
    const entity = (await api.entity()).id;
    expectRefusal(await caller.get(`/entities/${entity}`), 404);
    await api.patch('users', user.id, undefined, permitted([entity]));
    expectStatus(await caller.get(`/entities/${entity}`), 200);
    await api.patch('users', user.id, { all_data_access: true }, permitted([]));
    expectStatus(await caller.get(`/entities/${entity}`), 200);
    await api.patch('users', user.id, { permissions: [] });
    expectRefusal(await caller.get('/users/me'), 403, { code: 'missing_permission' });
  });

  it('tells the history what changed, and of a password only that', async () => {
    const user = await api.user({ password: 'the first password' });
    await api.patch('users', user.id, { name: 'Eve', permissions: ['files_view'], password: 'the second password' });
    const rows = await sqlOn(
      server,
      `select action, details, user_id from history where subject_type = 'user' and subject_id = $1 order by id`,
      [user.id],
    );
    expect(rows.map(({ action }) => action)).toEqual(['user.created', 'user.changed']);
    expect(rows[1]?.['details']).toEqual({
      name: { from: 'Ann', to: 'Eve' },
      permissions: { from: [], to: ['files_view'] },
      password: 'changed',
    });
    expect(JSON.stringify(rows) + server.output).not.toMatch(/the (first|second) password|argon2/);
  });
});

describe('Nobody grants what they do not have', () => {
  let mine: string;
  let foreign: string;
  let myGroup: string;
  let foreignGroup: string;
  let manager: PeopleApi;
  let subordinate: Person;

  beforeAll(async () => {
    [mine, foreign] = [(await api.entity()).id, (await api.entity()).id];
    [myGroup, foreignGroup] = [(await api.group()).id, (await api.group()).id];
    manager = await PeopleApi.restricted(server, {
      permissions: ['users_manage', 'files_edit'],
      entities: [mine],
      groups: [myGroup],
    });
    subordinate = await manager.user({ permissions: ['files_view'] }, permitted([mine], [myGroup]));
  });

  it('but may grant what they have', async () => {
    expect(subordinate.relationships).toEqual(permitted([mine], [myGroup]));
    expectStatus(await manager.patch('users', subordinate.id, { permissions: ['files_edit', 'api_access'] }), 200);
  });

  it.each<[string, object]>([
    ['a permission', { permissions: ['contacts_manage'] }],
    ['all permissions', { permissions: ['firm_admin'] }],
    ['all data', { all_data_access: true }],
  ])('%s is 403', async (_what, attributes) => {
    expectRefusal(await manager.create('users', someone(attributes)), 403, { code: 'grant_exceeds_own' });
    expectRefusal(await manager.patch('users', subordinate.id, attributes), 403, { code: 'grant_exceeds_own' });
    const me = await manager.read('/users/me');
    expectRefusal(await manager.patch('users', me.id, attributes), 403, { code: 'grant_exceeds_own' });
  });

  it('data that are not permitted to them are as unknown as any', async () => {
    for (const relationships of [permitted([mine, foreign]), permitted([], [foreignGroup])]) {
      expectRefusal(await manager.create('users', someone(), relationships), 400);
      expectRefusal(await manager.patch('users', subordinate.id, undefined, relationships), 400);
    }
    const answer = await manager.create('users', someone(), permitted([mine, foreign]));
    expect(answer.body.errors[0]).toMatchObject({ code: 'unknown_entities', detail: expect.stringContaining(foreign) });
  });

  it('who has more is not theirs to change, not even by a password', async () => {
    const admin = await api.read('/users/me');
    const beyond = [
      admin,
      await api.user({ permissions: ['contacts_manage'] }),
      await api.user({ all_data_access: true }),
      await api.user({}, permitted([mine, foreign])),
      await api.user({}, permitted([], [foreignGroup])),
    ];
    for (const { id } of beyond)
      for (const attributes of [{ password: 'a new password' }, { email: 'mine@example.test' }, { name: 'X' }])
        expectRefusal(await manager.patch('users', id, attributes), 403, { code: 'user_exceeds_own' });
    for (const user of beyond) expect(await api.read(`/users/${user.id}`)).toEqual(user);
  });

  it('and nobody their own rights or data, what is theirs through a group least of all', async () => {
    const [member, group] = [(await api.entity()).id, (await api.group()).id];
    await api.send('post', `/groups/${group}/relationships/members`, linkage('entities', [member]));
    const own = await PeopleApi.restricted(server, {
      permissions: ['users_manage'],
      entities: [mine],
      groups: [group],
    });
    const me = await own.read('/users/me');
    expectStatus(await own.get(`/entities/${member}`), 200);
    for (const [attributes, relationships] of [
      [undefined, permitted([mine, member], [group])],
      [undefined, permitted([], [group])],
      [{ permissions: ['api_access'] }, undefined],
    ] as const)
      expectRefusal(await own.patch('users', me.id, attributes, relationships), 403, {
        code: 'own_rights_not_changeable',
      });
    const { permissions } = me.attributes;
    const same = await own.patch('users', me.id, { name: 'Renamed', permissions }, permitted([mine], [group]));
    expect(personOf(same).relationships).toEqual(me.relationships);
    const byOther = await api.patch('users', me.id, undefined, permitted([mine, member], [group]));
    expectStatus(byOther, 200);
  });

  it('the password of another user is for who has all data, one’s own for everyone', async () => {
    const refusal = { code: 'password_not_changeable', ...at('password') };
    const password = 'correct horse battery';
    expectRefusal(await manager.patch('users', subordinate.id, { password }), 403, refusal);
    expectRefusal(await manager.create('users', someone({ password })), 403, refusal);
    const me = await manager.read('/users/me');
    expectStatus(await manager.patch('users', me.id, { password }), 200);
    expectStatus(await api.patch('users', subordinate.id, { password }), 200);
  });

  it('they see all users, and of their data what is permitted to themselves', async () => {
    const { id } = await api.user({}, permitted([mine, foreign], [myGroup, foreignGroup]));
    expect((await manager.read(`/users/${id}`)).relationships).toEqual(permitted([mine], [myGroup]));
    expect(await manager.ids('/users')).toEqual(await api.ids('/users'));
  });
});

describe('The administrators of a firm', () => {
  it('are one at least, also when two give it up at once', async () => {
    const other = await operator.firm('Firm of two');
    const first = new PeopleApi(server.url, keyHeaders(other.apiKey, other.firmId));
    const me = await first.read('/users/me');
    const demote = (id: string) => first.patch('users', id, { permissions: ['api_access', 'users_manage'] });
    expectRefusal(await demote(me.id), 409, { code: 'last_administrator', ...at('permissions') });
    const others = [
      await first.user({ permissions: ['firm_admin'] }),
      await first.user({ permissions: ['firm_admin'] }),
    ];
    expectStatus(await demote(others[0]?.id ?? ''), 200);
    const answers = await Promise.all([demote(me.id), demote(others[1]?.id ?? '')]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const [row] = await sqlOn(
      server,
      `select count(*)::int as administrators from users where firm_id = $1 and 'firm_admin' = any (permissions)`,
      [other.firmId],
    );
    expect(row?.['administrators']).toBe(1);
  });

  it('may be replaced', async () => {
    const other = await operator.firm('Firm of one');
    const first = new PeopleApi(server.url, keyHeaders(other.apiKey, other.firmId));
    const me = await first.read('/users/me');
    await first.user({ permissions: ['firm_admin'] });
    const answer = await first.patch('users', me.id, { permissions: ['api_access'], all_data_access: false });
    expect(personOf(answer).attributes).toMatchObject({ admin_access: false, all_data_access: false });
    expectRefusal(await first.get('/users'), 403, { code: 'missing_permission' });
  });
});
