import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Response } from 'supertest';
import { expectRefusal, expectStatus } from '../../support/files-api.js';
import { keyHeaders, Operator } from '../../support/operator.js';
import { linkage, PeopleApi, type Person, personOf, relationshipPath } from '../../support/people-api.js';
import type { Portico } from '../../support/portico.js';
import { SharedPortico } from '../../support/shared-portico.js';
import { sqlOn } from '../../support/server-database.js';

jest.setTimeout(120_000);

const UNKNOWN = '999999';
let server: Portico;
let api: PeopleApi;
let count = 0;

beforeAll(async () => {
  server = await SharedPortico.start();
  api = PeopleApi.of(server);
});
afterAll(() => server.dispose());

const withAddress = () => api.contact({ login_email: `access-${++count}@example.test` });
const accessOf = async (id: string) => (await api.read(`/contacts/${id}`)).attributes['portal_access'];
/** What the first use of the portal will do. */
const activate = (id: string) =>
  sqlOn(server, `update contacts set portal_access = 'active', activated_at = now() where id = $1`, [id]);

describe('Access to the portal', () => {
  it('is given, taken away and given back', async () => {
    const { id } = await withAddress();
    for (const [step, access] of [
      [() => api.invite(id), 'invited'],
      [() => api.invite(id), 'invited'],
      [() => api.revoke(id), 'revoked'],
      [() => api.restore(id), 'invited'],
    ] as const) {
      const answer = await step();
      expectStatus(answer, 204);
      expect(answer.text).toBe('');
      expect(await accessOf(id)).toBe(access);
    }
  });

  it('is active again for who had used the portal', async () => {
    const { id } = await withAddress();
    await activate(id);
    expectStatus(await api.revoke(id), 204);
    expectStatus(await api.restore(id), 204);
    expect(await accessOf(id)).toBe('active');
  });

  it('needs no body, and reads none that is there', async () => {
    const { id } = await withAddress();
    expectStatus(await api.sendRaw('post', `/contacts/${id}/invite`, ''), 204);
    expectStatus(await api.sendRaw('patch', `/contacts/${id}/revoke/`, 'no JSON'), 204);
  });

  it('is refused without an address to sign in with', async () => {
    const { id } = await api.contact();
    expectRefusal(await api.invite(id), 400, { code: 'login_email_missing' });
    expect(await accessOf(id)).toBe('none');
  });

  it('is refused from the wrong state: 409 for an invitation, 400 for the others', async () => {
    const [none, active, revoked] = [await withAddress(), await withAddress(), await withAddress()];
    await activate(active.id);
    await api.invite(revoked.id);
    await api.revoke(revoked.id);
    expectRefusal(await api.invite(active.id), 409, { code: 'contact_already_active' });
    expectRefusal(await api.invite(revoked.id), 409, { code: 'contact_revoked' });
    for (const { id } of [none, revoked]) expectRefusal(await api.revoke(id), 400, { code: 'contact_not_active' });
    for (const { id } of [none, active]) expectRefusal(await api.restore(id), 400, { code: 'contact_not_revoked' });
    expect(await Promise.all([none, active, revoked].map(({ id }) => accessOf(id)))).toEqual([
      'none',
      'active',
      'revoked',
    ]);
  });

  it('keeps the address to sign in with', async () => {
    const { id } = await withAddress();
    await api.invite(id);
    expectRefusal(await api.patch('contacts', id, { login_email: null }), 400, {
      code: 'login_email_required',
      source: { pointer: '/data/attributes/login_email' },
    });
    expectStatus(await api.patch('contacts', id, { login_email: `other-${id}@example.test` }), 200);
    await api.revoke(id);
    expectStatus(await api.patch('contacts', id, { login_email: null }), 200);
    expectRefusal(await api.restore(id), 400, { code: 'login_email_missing' });
  });

  it('is taken away once when many try at the same time', async () => {
    const { id } = await withAddress();
    await api.invite(id);
    const answers = await Promise.all(Array.from({ length: 5 }, () => api.revoke(id)));
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 400, 400, 400, 400]);
  });

  it('is in the history, step by step', async () => {
    const { id } = await withAddress();
    await api.invite(id);
    await api.invite(id);
    await api.revoke(id);
    await api.delete(`/contacts/${id}`);
    const rows = await sqlOn(
      server,
      `select action, details from history where subject_type = 'contact' and subject_id = $1 order by id`,
      [id],
    );
    expect(rows.map(({ action }) => action)).toEqual([
      'contact.created',
      'contact.invited',
      'contact.revoked',
      'contact.deleted',
    ]);
    expect(rows[1]?.['details']).toEqual({ from: 'none', to: 'invited' });
  });
});

describe('Who may use the routes of contacts', () => {
  it('needs contacts_manage, also to read', async () => {
    const other = await PeopleApi.restricted(server, {
      permissions: ['users_manage', 'entities_manage', 'groups_manage'],
    });
    const { id } = await api.contact();
    for (const answer of [
      await other.get('/contacts'),
      await other.get(`/contacts/${id}`),
      await other.create('contacts', {}),
      await other.patch('contacts', id, {}),
      await other.delete(`/contacts/${id}`),
      await other.invite(id),
      await other.affiliate('post', id, 'entities', []),
    ])
      expectRefusal(answer, 403, { code: 'missing_permission' });
  });

  it('needs the scope USERS to read and USERS_WRITE to change, with a token', async () => {
    const operator = new Operator(server);
    const user = await operator.user({ permissions: ['contacts_manage'], allData: true });
    const { id } = await api.contact();
    const as = async (...scopes: string[]) => {
      const token = await operator.token(await operator.oauthClient(user, scopes));
      return new PeopleApi(server.url, { Authorization: `Bearer ${token}` });
    };
    const [reader, alias, writer, other] = [
      await as('USERS'),
      await as('USERS_READ'),
      await as('USERS_WRITE'),
      await as('FILES'),
    ];
    for (const caller of [reader, alias, writer]) expectStatus(await caller.get(`/contacts/${id}`), 200);
    expectRefusal(await other.get(`/contacts/${id}`), 403, { code: 'missing_scope' });
    expectRefusal(await reader.patch('contacts', id, { title: 'Dr.' }), 403, { code: 'missing_scope' });
    expectStatus(await writer.patch('contacts', id, { title: 'Dr.' }), 200);
  });
});

describe('The contacts of a user without all data', () => {
  let mine: string;
  let foreign: string;
  let myGroup: string;
  let foreignGroup: string;
  let member: string;
  let restricted: PeopleApi;
  let hidden: Person;
  let partial: Person;
  let whole: Person;
  let stranger: PeopleApi;

  beforeAll(async () => {
    const other = await new Operator(server).firm('Other Firm');
    stranger = new PeopleApi(server.url, keyHeaders(other.apiKey, other.firmId));
    [mine, foreign, member] = [(await api.entity()).id, (await api.entity()).id, (await api.entity()).id];
    [myGroup, foreignGroup] = [(await api.group('mine', [member])).id, (await api.group('foreign')).id];
    restricted = await PeopleApi.restricted(server, {
      permissions: ['contacts_manage'],
      entities: [mine],
      groups: [myGroup],
    });
    hidden = await api.contact({}, [foreign], [foreignGroup]);
    partial = await api.contact(
      { default_affiliation: { entity_id: foreign } },
      [mine, foreign],
      [myGroup, foreignGroup],
    );
    whole = await api.contact({}, [mine, member], [myGroup]);
  });

  it('are those with a permitted affiliation, and their own without any', async () => {
    const own = await restricted.contact();
    expect(await restricted.ids('/contacts')).toEqual([partial.id, whole.id, own.id]);
    expectStatus(await restricted.get(`/contacts/${own.id}`), 200);
    expectStatus(await restricted.delete(`/contacts/${own.id}`), 204);
  });

  it('show of their affiliations what is permitted', async () => {
    const seen = await restricted.read(`/contacts/${partial.id}`);
    expect(seen.relationships['entity_affiliations']?.data).toEqual(linkage('entities', [mine]));
    expect(seen.relationships['group_affiliations']?.data).toEqual(linkage('groups', [myGroup]));
    expect(seen.attributes['default_affiliation']).toBeNull();
    expect(await restricted.affiliations(partial.id, 'entities')).toEqual([mine]);
    expect(await restricted.ids(`/contacts/${partial.id}/entity_affiliations`)).toEqual([mine]);
    expect(await restricted.ids(`/contacts/${partial.id}/group_affiliations`)).toEqual([myGroup]);
    expect(await restricted.read(`/contacts/${whole.id}`)).toEqual(whole);
  });

  it('are found by what is permitted alone', async () => {
    const by = (name: string, id: string) => restricted.ids(`/contacts?filter[contacts][${name}]=${id}`);
    expect(await by('entityId', mine)).toEqual([partial.id, whole.id]);
    expect(await by('entityId', member)).toEqual([whole.id]);
    expect(await by('entityId', foreign)).toEqual([]);
    expect(await by('groupId', foreignGroup)).toEqual([]);
  });

  it('are changed only when all of their affiliations are permitted', async () => {
    const { id } = partial;
    for (const answer of [
      await restricted.patch('contacts', id, { title: 'Dr.' }),
      await restricted.delete(`/contacts/${id}`),
      await restricted.invite(id),
      await restricted.revoke(id),
      await restricted.restore(id),
      await restricted.affiliate('delete', id, 'entities', [mine]),
      await restricted.affiliate('post', id, 'groups', [myGroup]),
    ])
      expectRefusal(answer, 403, { code: 'contact_not_changeable' });
    expect(await api.read(`/contacts/${id}`)).toEqual(partial);
    expectStatus(await restricted.patch('contacts', whole.id, { title: 'Dr.' }), 200);
    expectStatus(await restricted.affiliate('delete', whole.id, 'entities', [member]), 204);
    expectStatus(await restricted.affiliate('post', whole.id, 'entities', [member]), 204);
  });

  it('get no affiliation that is not permitted: it is as unknown as any', async () => {
    const { id } = whole;
    for (const [kind, not] of [
      ['entities', foreign],
      ['groups', foreignGroup],
    ] as const)
      for (const answer of [
        await restricted.affiliate('post', id, kind, [not]),
        await restricted.affiliate('patch', id, kind, [not]),
        await restricted.affiliate('delete', id, kind, [not]),
        await restricted.create(
          'contacts',
          { first_name: 'A', last_name: 'B' },
          { [kind === 'entities' ? 'entity_affiliations' : 'group_affiliations']: { data: linkage(kind, [not]) } },
        ),
      ]) {
        expectRefusal(answer, 400, { code: `unknown_${kind}` });
        const unknown = await restricted.affiliate('post', id, kind, [UNKNOWN]);
        expect(answer.body.errors[0].detail).toBe(unknown.body.errors[0].detail.replace(UNKNOWN, not));
      }
  });

  it('are shown once more to who has just given them up', async () => {
    const { id } = await api.contact({}, [mine]);
    const answer = await restricted.patch('contacts', id, undefined, { entity_affiliations: { data: [] } });
    expect(personOf(answer).relationships['entity_affiliations']?.data).toEqual([]);
    expectRefusal(await restricted.get(`/contacts/${id}`), 404);
    expectStatus(await api.delete(`/contacts/${id}`), 204);
  });

  const routes: [string, (caller: PeopleApi, id: string) => Promise<Response>][] = [
    ['Get', (caller, id) => caller.get(`/contacts/${id}`)],
    ['Get, with include', (caller, id) => caller.get(`/contacts/${id}?include=x`)],
    ['Update', (caller, id) => caller.patch('contacts', id, { title: 'Dr.' })],
    ['Update wrongly', (caller, id) => caller.patch('contacts', id, { title: 'x'.repeat(11) })],
    ['Delete', (caller, id) => caller.delete(`/contacts/${id}`)],
    ['Invite', (caller, id) => caller.invite(id)],
    ['Revoke', (caller, id) => caller.revoke(id)],
    ['Restore', (caller, id) => caller.restore(id)],
    ['Linkage', (caller, id) => caller.get(relationshipPath(id, 'entities'))],
    ['Related', (caller, id) => caller.get(`/contacts/${id}/group_affiliations`)],
    ['Add', (caller, id) => caller.affiliate('post', id, 'entities', [])],
    ['Replace', (caller, id) => caller.affiliate('patch', id, 'groups', [])],
    ['Remove', (caller, id) => caller.affiliate('delete', id, 'groups', [])],
  ];
  const comparable = (answer: Response, id: string) => {
    const { date: _date, 'x-request-id': requestId = '', 'content-length': _length, ...headers } = answer.headers;
    const text = answer.text.replaceAll(requestId, '<request>').replaceAll(`contact ${id}`, 'contact <id>');
    return { status: answer.status, headers, text: text.replaceAll(`"${id}"`, '"<id>"') };
  };

  it.each(routes)('are otherwise, and to another firm, as if they were not there: %s', async (_route, call) => {
    for (const [caller, id] of [
      [restricted, hidden.id],
      [stranger, hidden.id],
      [stranger, whole.id],
    ] as const) {
      const unknown = await call(caller, UNKNOWN);
      expect([400, 404]).toContain(unknown.status);
      expect(comparable(await call(caller, id), id)).toEqual(comparable(unknown, UNKNOWN));
    }
    expect((await stranger.get('/contacts')).body).toEqual({ data: [], links: { next: null } });
    expect(await api.read(`/contacts/${hidden.id}`)).toEqual(hidden);
  });
});
