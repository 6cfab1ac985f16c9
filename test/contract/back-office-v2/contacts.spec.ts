import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BackOfficeApi, expectProblem } from '../../support/back-office-api.js';
import { DirectoryApi } from '../../support/directory-api.js';
import { PeopleApi } from '../../support/people-api.js';
import type { Portico } from '../../support/portico.js';
import { SharedPortico } from '../../support/shared-portico.js';

interface Contact {
  readonly id: number;
  readonly clientId: number | null;
  readonly portalAccess: string;
  readonly entityIds: readonly number[];
  readonly loginEmail: string | null;
  readonly [field: string]: unknown;
}

let server: Portico;
let api: BackOfficeApi;

beforeAll(async () => {
  server = await SharedPortico.start();
  api = await BackOfficeApi.of(server);
});
afterAll(() => server.dispose());

const NAMES = { firstName: 'Ada', lastName: 'Byron' };
const contact = (fields: object = {}, as = api) => as.create<Contact>('/contacts', { ...NAMES, ...fields });
const client = (fields: object = {}) => api.create<{ entityId: number }>('/clients', { name: 'Byron', ...fields });
const change = (id: number, body: object, as = api) => as.send('patch', `/contacts/${id}`, body);
const upsert = (rows: unknown, as = api) => as.send('put', '/contacts', rows);
const read = (id: number) => api.read<Contact>(`/contacts/${id}`);
const called = async (externalId: string) =>
  (await api.read<Contact[]>(`/contacts?filter[externalId]=${externalId}`))[0] as Contact;
const address = () => `${randomUUID()}@example.test`;
const INSTANT = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);

describe('Contacts in the Back Office', () => {
  it('are made with what is given, and are those of the Files API', async () => {
    const company = await client();
    const fields = {
      ...{ title: 'Ms.', suffix: 'Jr.', externalId: 'c-1', loginEmail: address(), birthday: '1990-10-31' },
      ...{ employer: 'Madison', occupation: 'Finance', ssn: '123456789', isExemptFromTwoFactorRequirement: true },
      mailingAddresses: [
        { street: '335 Ave', street2: null, city: 'NY', state: 'NY', zip: '10017', country: 'US', addressType: 'Work' },
      ],
      emails: [{ email: 'ada@example.com', emailType: 'WORK' }],
      phoneNumbers: [{ number: '917', phoneType: 'CELL' }],
      familyMembers: [{ firstName: 'A', lastName: 'B', relationship: 'SISTER' }],
      ...{ timeZone: 'Asia/Tokyo', language: 'ja', portalRole: 'admin', publishFiles: false, notifyByEmail: false },
    };
    const made = await contact({ ...fields, clientId: company.id });
    const life = { id: expect.any(Number), portalAccess: 'none', createdAt: INSTANT, updatedAt: INSTANT };
    const affiliations = {
      clientId: company.id,
      entityIds: [company.entityId],
      groupIds: [],
      defaultAffiliation: null,
    };
    expect(made).toEqual({ ...NAMES, ...fields, ...affiliations, ...life });
    expect(await read(made.id)).toEqual(made);
    const same = await PeopleApi.of(server).read(`/contacts/${made.id}`);
    expect(same.attributes).toMatchObject({ first_name: 'Ada', external_user_id: 'c-1', client_id: company.id });
  });

  it.each(['put', 'patch'] as const)('are changed with %s, in what is given', async (method) => {
    const company = await client();
    const made = await contact({ employer: 'One', clientId: company.id });
    const body = { employer: null, language: 'fr', defaultAffiliation: { entityId: company.entityId } };
    const answer = await api.send(method, `/contacts/${made.id}`, body).expect(200);
    const preferred = { defaultAffiliation: { entityId: company.entityId, groupId: null } };
    expect(answer.body).toEqual({ ...made, ...body, ...preferred, updatedAt: INSTANT });
    const other = await client();
    const moved = await api.send(method, `/contacts/${made.id}`, { clientId: other.id }).expect(200);
    const affiliations = { entityIds: [other.entityId], defaultAffiliation: null };
    expect(moved.body).toMatchObject({ clientId: other.id, ...affiliations });
  });

  it('get access to the portal, lose it, and get it back', async () => {
    const { id } = await contact({ loginEmail: address() });
    const step = async (name: string) => {
      const answer = await api.call('post', `/contacts/${id}/${name}`).expect(200);
      return (answer.body as Contact).portalAccess;
    };
    expect([await step('invite'), await step('revoke'), await step('restore')]).toEqual([
      'invited',
      'revoked',
      'invited',
    ]);
    expectProblem(await change(id, { loginEmail: null }), 400, 'login_email_required', [{ field: 'loginEmail' }]);
    expectProblem(await change(id, { portalAccess: 'active' }), 400, 'unknown_member', [{ field: 'portalAccess' }]);
    expectProblem(await api.call('post', `/contacts/${id}/restore`), 400, 'contact_not_revoked');
    const { id: nameless } = await contact();
    expectProblem(await api.call('post', `/contacts/${nameless}/invite`), 400, 'login_email_missing');
  });

  it('are removed for good', async () => {
    const { id } = await contact();
    await api.call('delete', `/contacts/${id}`).expect(204);
    expectProblem(await api.get(`/contacts/${id}`), 404, 'contact_not_found');
    expectProblem(await api.call('delete', `/contacts/${id}`), 404, 'contact_not_found');
  });

  it.each<[string, object, string, string]>([
    ['no last name', { lastName: undefined }, 'invalid_value', 'lastName'],
    ['a first name that is too long', { firstName: 'x'.repeat(41) }, 'invalid_value', 'firstName'],
    ['an address that is none', { loginEmail: 'x' }, 'invalid_email', 'loginEmail'],
    ['a day that is none', { birthday: '2026-02-30' }, 'invalid_value', 'birthday'],
    ['a fault inside', { emails: [{ email: 'x', emailType: 'WORK' }] }, 'invalid_email', 'emails.0.email'],
    ['a wrong kind inside', { emails: [{ email: 'a@b.c', emailType: 'X' }] }, 'invalid_value', 'emails.0.emailType'],
    ['an unknown client', { clientId: 999999 }, 'unknown_client', 'clientId'],
    ['an unknown entity', { entityIds: [999999] }, 'unknown_entities', 'entityIds'],
    [
      'two default affiliations',
      { defaultAffiliation: { entityId: 1, groupId: 1 } },
      'invalid_value',
      'defaultAffiliation',
    ],
  ])('are not made with %s', async (_says, fields, code, field) => {
    expectProblem(await api.send('post', '/contacts', { ...NAMES, ...fields }), 400, code, [{ field }]);
  });

  it('have an address of their own', async () => {
    const loginEmail = address();
    await contact({ loginEmail });
    const again = await api.send('post', '/contacts', { ...NAMES, loginEmail });
    expectProblem(again, 409, 'login_email_taken', [{ field: 'loginEmail' }]);
  });
});

describe('Taking over contacts from another system', () => {
  it('adds, changes and leaves alone, with their clients', async () => {
    const [one, other] = [await client({ externalId: 'k-1' }), await client({ externalId: 'k-2' })];
    const rows = [
      { ...NAMES, externalId: 'b-1', loginEmail: address(), clientId: one.id },
      { ...NAMES, externalId: 'b-2', clientExternalId: 'k-2', emails: [{ email: 'a@b.c', emailType: 'WORK' }] },
      { ...NAMES, externalId: 'b-3' },
    ];
    expect((await upsert(rows).expect(200)).body).toEqual({ created: 3, updated: 0, unchanged: 0 });
    expect(await called('b-1')).toMatchObject({ clientId: one.id, entityIds: [one.entityId], portalAccess: 'none' });
    expect(await called('b-2')).toMatchObject({ clientId: other.id, entityIds: [other.entityId] });
    expect((await upsert(rows).expect(200)).body).toEqual({ created: 0, updated: 0, unchanged: 3 });
    const { id } = await called('b-1');
    await change(id, { defaultAffiliation: { entityId: one.entityId } }).expect(200);
    const moved = [{ externalId: 'b-1', clientExternalId: 'k-2' }, rows[1], { externalId: 'b-3', employer: 'X' }];
    expect((await upsert(moved).expect(200)).body).toEqual({ created: 0, updated: 2, unchanged: 1 });
    const affiliations = { entityIds: [other.entityId], defaultAffiliation: null };
    expect(await read(id)).toMatchObject({ ...NAMES, clientId: other.id, ...affiliations });
  });

  it('takes a thousand rows', async () => {
    const { id } = await client();
    const rows = Array.from({ length: 1000 }, (_row, at) => ({ ...NAMES, externalId: `m-${at}`, clientId: id }));
    expect((await upsert(rows).expect(200)).body).toEqual({ created: 1000, updated: 0, unchanged: 0 });
    const changed = rows.map((row) => ({ ...row, employer: 'X' }));
    expect((await upsert(changed).expect(200)).body).toEqual({ created: 0, updated: 1000, unchanged: 0 });
  });

  it.each<[string, object[], string, string]>([
    ['a new row without a name', [{ externalId: 'x-1', firstName: 'A' }], 'invalid_value', '0.lastName'],
    ['a row without a name of the other system', [{ ...NAMES }], 'invalid_value', '0.externalId'],
    ['two rows about one', [row('x-1'), row('x-1')], 'invalid_value', '1.externalId'],
    [
      'two rows with one address',
      [row('x-1', 'a@x.test'), row('x-2', 'A@x.test')],
      'login_email_taken',
      '1.loginEmail',
    ],
    [
      'an unknown client',
      [row('x-1'), { ...row('x-2'), clientExternalId: 'none' }],
      'unknown_client',
      '1.clientExternalId',
    ],
    ['a wrong address', [row('x-1'), row('x-2', 'x')], 'invalid_email', '1.loginEmail'],
  ])('refuses %s, and keeps none', async (_says, rows, code, field) => {
    expectProblem(await upsert(rows), 400, code, [{ field }]);
    expect(await api.read('/contacts?filter[externalId]=x-1,x-2')).toEqual([]);
  });

  it('refuses an address with which another contact signs in', async () => {
    const loginEmail = address();
    await contact({ loginEmail });
    expectProblem(await upsert([row('y-1', loginEmail)]), 400, 'login_email_taken', [{ field: '0.loginEmail' }]);
  });

  it('changes nothing that is not permitted to the caller', async () => {
    const [mine, theirs] = [await client(), await client()];
    await upsert([{ ...row('r-1'), clientId: theirs.id }]).expect(200);
    const permitted = { permissioned_entities: { data: [{ type: 'entities', id: String(mine.entityId) }] } };
    const may = { permissions: ['contacts_manage'], all_data_access: false };
    const bo = await BackOfficeApi.of(server, may, permitted);
    expectProblem(await upsert([{ externalId: 'r-1', employer: 'X' }], bo), 403, 'contact_not_changeable');
    expectProblem(await upsert([{ ...row('r-2'), clientId: theirs.id }], bo), 400, 'unknown_client', [
      { field: '0.clientId' },
    ]);
    await upsert([{ ...row('r-3'), clientId: mine.id }], bo).expect(200);
    expect((await bo.read<Contact[]>('/contacts')).map(({ externalId }) => externalId)).toEqual(['r-3']);
    expect((await upsert([{ externalId: 'r-3', employer: 'X' }], bo).expect(200)).body).toMatchObject({ updated: 1 });
  });
});

describe('Whose contacts they are', () => {
  it('is decided by contacts_manage and by the firm', async () => {
    const { id } = await contact();
    expectProblem(
      await (await BackOfficeApi.of(server, { permissions: [] })).get('/contacts'),
      403,
      'missing_permission',
    );
    const other = await BackOfficeApi.ofAnotherFirm(server);
    expect(await other.read('/contacts')).toEqual([]);
    expectProblem(await other.get(`/contacts/${id}`), 404, 'contact_not_found');
    expectProblem(await other.call('post', `/contacts/${id}/invite`), 404, 'contact_not_found');
    const entity = Number((await new DirectoryApi(server.url, server.headers).entity()).id);
    const foreign = await other.send('post', '/contacts', { ...NAMES, entityIds: [entity] });
    expectProblem(foreign, 400, 'unknown_entities', [{ field: 'entityIds' }]);
  });
});

function row(externalId: string, loginEmail?: string): object {
  return { ...NAMES, externalId, loginEmail };
}
