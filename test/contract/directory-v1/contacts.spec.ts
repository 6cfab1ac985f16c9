import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { expectRefusal, expectStatus, INSTANT, JSON_API } from '../../support/files-api.js';
import { PeopleApi, type Person, personOf } from '../../support/people-api.js';
import type { Portico } from '../../support/portico.js';
import { SharedPortico } from '../../support/shared-portico.js';
import { sqlOn } from '../../support/server-database.js';

jest.setTimeout(60_000);

/** The example of the public documentation of contacts, without what Portico does not have. */
const EXAMPLE = {
  title: 'Mr.',
  first_name: 'Adam',
  last_name: 'Smith',
  suffix: 'Jr.',
  external_user_id: 'abc123',
  login_email: 'adam.smith@example.com',
  birthday: '1990-10-31',
  employer: 'Madison Capital',
  occupation: 'Financial Services',
  ssn: '123456789',
  mailing_addresses: [
    {
      street: '335 Madison Ave',
      street2: '25th Floor',
      city: 'New York',
      state: 'New York',
      zip: '10017',
      country: 'United States',
      address_type: 'Work',
    },
  ],
  emails: [{ email: 'Adam@example.com', email_type: 'WORK' }],
  phone_numbers: [{ number: '0987654321', phone_type: 'WORK' }],
  family_members: [{ first_name: 'Addison', last_name: 'Smith', relationship: 'SISTER' }],
  default_affiliation: null,
};
const DEFAULTS = {
  is_exempt_from_two_factor_requirement: false,
  client_id: null,
  portal_access: 'none',
  time_zone: 'UTC',
  language: 'en',
  portal_role: 'viewer',
  publish_files: true,
  notify_by_email: true,
  created_at: expect.stringMatching(INSTANT),
  modified_at: expect.stringMatching(INSTANT),
};
const NAMES = { first_name: 'Eve', last_name: 'Jones' };

let server: Portico;
let api: PeopleApi;

beforeAll(async () => {
  server = await SharedPortico.start();
  api = PeopleApi.of(server);
});
afterAll(() => server.dispose());

const at = (attribute: string) => ({ source: { pointer: `/data/attributes/${attribute}` } });
const body = (data: unknown) => JSON.stringify({ data });

describe('Create a contact', () => {
  it('answers the documented example with 201, where it is, and what was not said', async () => {
    const answer = await api.create('contacts', EXAMPLE);
    const contact = personOf(answer, 201);
    expect(answer.headers['content-type']).toBe(JSON_API);
    expect(answer.headers['location']).toBe(`/api/v1/contacts/${contact.id}`);
    const self = `/v1/contacts/${contact.id}`;
    const relationship = (name: string) => ({
      links: { self: `${self}/relationships/${name}`, related: `${self}/${name}` },
      data: [],
    });
    expect(contact).toEqual({
      id: expect.stringMatching(/^\d+$/),
      type: 'contacts',
      attributes: { ...EXAMPLE, ...DEFAULTS },
      relationships: {
        entity_affiliations: relationship('entity_affiliations'),
        group_affiliations: relationship('group_affiliations'),
      },
      links: { self },
    });
    expect(await api.read(`/contacts/${contact.id}`)).toEqual(contact);
  });

  it('needs the names alone', async () => {
    const { attributes } = personOf(await api.create('contacts', NAMES), 201);
    expect(attributes).toMatchObject({ ...NAMES, ...DEFAULTS, title: null, ssn: null, emails: [], birthday: null });
  });

  it('keeps addresses in lower case, names in one form, and the zone in its proper case', async () => {
    const { attributes } = await api.contact({
      first_name: ' Ame\u0301lie ',
      last_name: '山田 𝒜',
      login_email: ' Amelie@Example.TEST ',
      title: '',
      time_zone: 'europe/berlin',
      language: 'ja',
      portal_role: 'admin',
      publish_files: false,
      notify_by_email: false,
      is_exempt_from_two_factor_requirement: true,
      emails: null,
    });
    expect(attributes).toMatchObject({
      first_name: 'Am\u00e9lie',
      last_name: '山田 𝒜',
      login_email: 'amelie@example.test',
      title: null,
      time_zone: 'Europe/Berlin',
      language: 'ja',
      portal_role: 'admin',
      publish_files: false,
      notify_by_email: false,
      is_exempt_from_two_factor_requirement: true,
      emails: [],
    });
  });

  it('counts characters, whatever their length in bytes', async () => {
    const { attributes } = await api.contact({ title: '𝒜'.repeat(10), employer: 'ß'.repeat(80) });
    expect(attributes['title']).toBe('𝒜'.repeat(10));
    expectRefusal(await api.create('contacts', { ...NAMES, title: '𝒜'.repeat(11) }), 400, at('title'));
  });

  it.each<[string, unknown]>([
    ['first_name', ''],
    ['first_name', 'x'.repeat(41)],
    ['first_name', null],
    ['first_name', 5],
    ['last_name', 'x'.repeat(81)],
    ['title', 'x'.repeat(11)],
    ['title', 'a\u0000b'],
    ['title', '\ud800'],
    ['suffix', ['Jr.']],
    ['external_user_id', 'x'.repeat(32)],
    ['login_email', 'nobody'],
    ['birthday', '2001-02-29'],
    ['birthday', '31.10.1990'],
    ['birthday', '0000-01-01'],
    ['employer', 'x'.repeat(81)],
    ['occupation', 'x'.repeat(81)],
    ['ssn', '1234567890'],
    ['ssn', 123456789],
    ['is_exempt_from_two_factor_requirement', 'yes'],
    ['is_exempt_from_two_factor_requirement', null],
    ['mailing_addresses', {}],
    ['emails', 'a@b.c'],
    ['time_zone', 'Nowhere/Land'],
    ['time_zone', '+01:00'],
    ['time_zone', null],
    ['language', 'xx'],
    ['portal_role', 'owner'],
    ['publish_files', 1],
    ['notify_by_email', 'true'],
    ['default_affiliation', 5],
    ['default_affiliation', {}],
    ['default_affiliation', { entity_id: '5', group_id: '7' }],
    ['default_affiliation', { entity_id: '999999' }],
    ['portal_access', 'active'],
    ['created_at', '2026-01-01T00:00:00Z'],
    ['modified_at', '2026-01-01T00:00:00Z'],
    ['activated_at', '2026-01-01T00:00:00Z'],
    ['saml_settings', {}],
    ['colour', 'red'],
    ['constructor', 'x'],
  ])('refuses the attribute %s: %j, and names it', async (name, value) => {
    expectRefusal(await api.create('contacts', { ...NAMES, [name]: value }), 400, at(name));
  });

  it.each<[string, object]>([
    ['emails/1/email', { emails: ['a@b.c', 'x'].map((email) => ({ email, email_type: 'WORK' })) }],
    ['emails/0/email_type', { emails: [{ email: 'a@b.c', email_type: 'SCHOOL' }] }],
    ['emails/0/colour', { emails: [{ email: 'a@b.c', email_type: 'WORK', colour: 'red' }] }],
    ['phone_numbers/0/number', { phone_numbers: [{ number: '1'.repeat(16), phone_type: 'CELL' }] }],
    ['phone_numbers/0/phone_type', { phone_numbers: [{ number: '1' }] }],
    ['family_members/0/relationship', { family_members: [{ first_name: 'A', last_name: 'B', relationship: 'PET' }] }],
    ['mailing_addresses/0/street', { mailing_addresses: [{ city: 'C', state: 'S', zip: 'Z' }] }],
    ['mailing_addresses/0/zip', { mailing_addresses: [{ street: 'S', city: 'C', state: 'S', zip: 'x'.repeat(11) }] }],
    ['default_affiliation/entity_id', { default_affiliation: { entity_id: 'abc' } }],
  ])('refuses what is wrong at %s', async (place, attributes) => {
    expectRefusal(await api.create('contacts', { ...NAMES, ...attributes }), 400, at(place));
  });

  it('refuses more than fifty of a kind', async () => {
    const emails = Array.from({ length: 51 }, () => ({ email: 'a@b.c', email_type: 'WORK' }));
    expectRefusal(await api.create('contacts', { ...NAMES, emails }), 400, at('emails'));
    expectStatus(await api.create('contacts', { ...NAMES, emails: emails.slice(1) }), 201);
  });

  it('refuses without the names, without attributes, with an id, and with another type', async () => {
    expectRefusal(await api.create('contacts', { first_name: 'Eve' }), 400, at('last_name'));
    expectRefusal(await api.sendRaw('post', '/contacts', body({ type: 'contacts' })), 400, {
      source: { pointer: '/data/attributes' },
    });
    const withId = { id: '5', type: 'contacts', attributes: NAMES };
    expectRefusal(await api.send('post', '/contacts', withId), 400, { source: { pointer: '/data/id' } });
    expectRefusal(await api.send('post', '/contacts', { type: 'users', attributes: NAMES }), 409, {
      code: 'type_mismatch',
    });
    expectRefusal(await api.send('post', '/contacts', { type: 'contacts', attributes: NAMES }, 'text/plain'), 415);
  });

  it('refuses a login address and an external id that another contact has with 409', async () => {
    await api.contact({ login_email: 'taken@example.test', external_user_id: 'taken' });
    expectRefusal(await api.create('contacts', { ...NAMES, login_email: 'TAKEN@example.test' }), 409, {
      code: 'login_email_taken',
      ...at('login_email'),
    });
    expectRefusal(await api.create('contacts', { ...NAMES, external_user_id: 'taken' }), 409, {
      code: 'external_user_id_taken',
      ...at('external_user_id'),
    });
  });

  it('lets one of many at once have the address', async () => {
    const attributes = { ...NAMES, login_email: 'race@example.test' };
    const answers = await Promise.all(Array.from({ length: 6 }, () => api.create('contacts', attributes)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409]);
  });
});

describe('Get contacts', () => {
  it.each(['/api/v1', '/v1'])('is served under %s with and without a trailing slash', async (base) => {
    const contact = await api.contact();
    const there = new PeopleApi(server.url, server.headers, base);
    for (const slash of ['', '/']) expect(await there.read(`/contacts/${contact.id}${slash}`)).toEqual(contact);
  });

  it('walks the list page by page in ascending order, repeating what was asked for', async () => {
    const made: string[] = [];
    for (let count = 0; count < 5; count++) made.push((await api.contact()).id);
    const from = `page[after]=${Number(made[0]) - 1}`;
    expect(await api.pages(`/contacts?${from}&page[limit]=2`)).toEqual([
      made.slice(0, 2),
      made.slice(2, 4),
      made.slice(4),
    ]);
    const query = 'filter[contacts][portal_access]=none&page[limit]=1';
    const { links } = (await api.get(`/contacts?${query}&${from}`)).body as { links: { next: string } };
    const next = new URL(links.next, server.url);
    expect(next.pathname).toBe('/v1/contacts');
    expect(Object.fromEntries(next.searchParams)).toEqual({
      'filter[contacts][portal_access]': 'none',
      'page[limit]': '1',
      'page[after]': made[0],
    });
  });

  it('finds by address in any case, by external id and by access', async () => {
    const one = await api.contact({ login_email: 'find@example.test', external_user_id: 'find' });
    const two = await api.contact();
    await api.invite(one.id);
    const after = `page[after]=${Number(one.id) - 1}`;
    for (const [query, ids] of [
      ['filter[contacts][login_email]=FIND@example.test', [one.id]],
      ['filter[contacts][external_user_id]=find', [one.id]],
      [`filter[contacts][portal_access]=invited&${after}`, [one.id]],
      [`filter[contacts][portal_access]=none&${after}`, [two.id]],
      ['filter[contacts][login_email]=find@example.test&filter[contacts][portal_access]=none', []],
    ] as const)
      expect(await api.ids(`/contacts?${query}`)).toEqual(ids);
  });

  it.each([
    'include=x',
    'filter[contacts][colour]=red',
    'filter[contacts][portal_access]=deactivated',
    'filter[contacts][entityId]=abc',
    'filter[contacts][groupId]=9999999999999999999',
    'filter[contacts][login_email]=a%00b',
    'filter[contacts][external_user_id]=%00',
    'page[limit]=0',
    'sort=name',
  ])('refuses ?%s with 400 and names the parameter', async (query) => {
    expectRefusal(await api.get(`/contacts?${query}`), 400, { source: { parameter: query.split('=')[0] } });
  });

  it('refuses include on a single read, and does not find what is no id', async () => {
    const { id } = await api.contact();
    expectRefusal(await api.get(`/contacts/${id}?include=team`), 400, { source: { parameter: 'include' } });
    for (const unknown of ['999999', 'abc', '0']) expectRefusal(await api.get(`/contacts/${unknown}`), 404);
  });
});

describe('Update a contact', () => {
  const changed = (contact: Person, attributes: object) => ({
    ...contact,
    attributes: { ...contact.attributes, ...attributes, modified_at: expect.stringMatching(INSTANT) },
  });

  it('changes what is given and nothing else, with the id as a number', async () => {
    const contact = await api.contact({ ...EXAMPLE, login_email: null, external_user_id: null });
    const given = {
      first_name: 'Second',
      ssn: '1',
      birthday: '2000-02-29',
      phone_numbers: [],
      time_zone: 'Asia/Tokyo',
    };
    const data = { id: Number(contact.id), type: 'contacts', attributes: given };
    const answer = await api.send('patch', `/contacts/${contact.id}`, data, 'application/json');
    expect(personOf(answer)).toEqual(changed(contact, given));
    expect(await api.read(`/contacts/${contact.id}`)).toEqual(personOf(answer));
  });

  it('takes away with null what may be absent', async () => {
    const contact = await api.contact({ ...EXAMPLE, login_email: 'gone@example.test', external_user_id: 'gone' });
    const nothing = {
      ...{ title: null, suffix: null, external_user_id: null, login_email: null, birthday: null, employer: null },
      ...{ occupation: null, ssn: null, default_affiliation: null },
    };
    const lists = { mailing_addresses: null, emails: null, phone_numbers: null, family_members: null };
    const empty = { mailing_addresses: [], emails: [], phone_numbers: [], family_members: [] };
    const answer = await api.patch('contacts', contact.id, { ...nothing, ...lists });
    expect(personOf(answer)).toEqual(changed(contact, { ...nothing, ...empty }));
  });

  it('leaves modified_at when nothing is different', async () => {
    const contact = await api.contact({ ...EXAMPLE, login_email: 'same@example.test', external_user_id: 'same' });
    await sqlOn(server, `update contacts set modified_at = '2026-01-01T00:00:00Z' where id = $1`, [contact.id]);
    const { external_user_id, ...others } = EXAMPLE;
    for (const attributes of [undefined, {}, { ...others, login_email: 'SAME@example.test' }]) {
      const { attributes: now } = personOf(await api.patch('contacts', contact.id, attributes));
      expect(now).toEqual({ ...contact.attributes, modified_at: '2026-01-01T00:00:00Z' });
    }
    const { attributes } = personOf(
      await api.patch('contacts', contact.id, { external_user_id: `${external_user_id}!` }),
    );
    expect(attributes['modified_at']).not.toBe('2026-01-01T00:00:00Z');
  });

  it.each([
    ['portal_access', 'active'],
    ['created_at', '2026-01-01T00:00:00Z'],
    ['colour', 'red'],
    ['first_name', null],
    ['time_zone', 'x'],
  ])('refuses %s: %j, names it, and changes nothing', async (name, value) => {
    const contact = await api.contact();
    expectRefusal(await api.patch('contacts', contact.id, { title: 'Dr.', [name]: value }), 400, at(name));
    expect(await api.read(`/contacts/${contact.id}`)).toEqual(contact);
  });

  it('answers 409 for another type, another id, and what another contact has', async () => {
    await api.contact({ login_email: 'has@example.test', external_user_id: 'has' });
    const contact = await api.contact();
    const path = `/contacts/${contact.id}`;
    expectRefusal(await api.send('patch', path, { id: contact.id, type: 'users' }), 409, { code: 'type_mismatch' });
    expectRefusal(await api.send('patch', path, { id: '999', type: 'contacts' }), 409, { code: 'id_mismatch' });
    for (const [name, value] of [
      ['login_email', 'Has@example.test'],
      ['external_user_id', 'has'],
    ] as const)
      expectRefusal(await api.patch('contacts', contact.id, { title: 'Dr.', [name]: value }), 409, at(name));
    expect(await api.read(path)).toEqual(contact);
  });

  it('loses no change of many at once', async () => {
    const { id } = await api.contact();
    const all = [{ title: 'Dr.' }, { suffix: 'II' }, { employer: 'E' }, { occupation: 'O' }, { language: 'de' }];
    const answers = await Promise.all(all.map((attributes) => api.patch('contacts', id, attributes)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect((await api.read(`/contacts/${id}`)).attributes).toMatchObject(Object.assign({}, ...all) as object);
  });
});

describe('Delete a contact', () => {
  it('removes it for good, and frees what it had', async () => {
    const { id } = await api.contact({ login_email: 'free@example.test' });
    expectStatus(await api.delete(`/contacts/${id}`), 204);
    expectRefusal(await api.get(`/contacts/${id}`), 404, { code: 'contact_not_found' });
    expectRefusal(await api.delete(`/contacts/${id}`), 404, { code: 'contact_not_found' });
    await api.contact({ login_email: 'free@example.test' });
  });
});

describe('The ssn of a contact', () => {
  it('is nowhere in the database, and nowhere in the history', async () => {
    const { id } = await api.contact({ ssn: '987654321', birthday: '1991-01-02' });
    await api.patch('contacts', id, { ssn: '987650000' });
    const [row] = await sqlOn(
      server,
      `select (select row_to_json(c)::text || encode(sealed_ssn, 'escape')
         from contacts c where id = $1::bigint) as contact,
         (select string_agg(details::text, ' ') from history where subject_type = 'contact' and subject_id = $2) as told`,
      [id, id],
    );
    expect(row?.['contact']).toContain('Smith');
    expect(row?.['told']).toContain('"ssn": "changed"');
    expect(JSON.stringify(row)).not.toMatch(/98765/);
    expect(row?.['told']).not.toContain('1991');
    expect(server.output).not.toMatch(/9876(54321|50000)/);
    expect((await api.read(`/contacts/${id}`)).attributes['ssn']).toBe('987650000');
  });
});
