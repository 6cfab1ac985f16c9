import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { expectStatus } from '../../support/files-api.js';
import { Operator } from '../../support/operator.js';
import {
  type Client,
  expectPortalRefusal,
  type PortalApi,
  type PortalHeaders,
  PortalWorld,
} from '../../support/portal-api.js';
import { PorticoServer } from '../../support/portico-server.js';

jest.setTimeout(60_000);

const TOKEN = 'portal-token-of-the-headers';

let server: PorticoServer;
let world: PortalWorld;
let parent: Client;
let company: Client;
let sister: Client;
let brother: Client;
let stranger: Client;
let foreign: Client;
let contact: string;
let portal: PortalApi;

beforeAll(async () => {
  server = await PorticoServer.start({ env: { BOOTSTRAP_PORTAL_TOKEN: TOKEN } });
  world = new PortalWorld(server, TOKEN);
  const { firmId } = await new Operator(server).firm('Other Firm');
  parent = await world.client('Parent');
  company = await world.client('Company', parent.id);
  sister = await world.client('Sister', parent.id);
  brother = await world.client('Brother', parent.id);
  stranger = await world.client('Stranger');
  foreign = await world.client('Foreign', undefined, firmId);
  contact = await world.contact(company.id);
  portal = world.portalOf(company.id, contact);
});
afterAll(() => server.dispose());

const listAs = (whom: PortalHeaders) => portal.as(whom).get('/files');

describe('X-Portal-Company-Id', () => {
  it.each([undefined, '', ' '])('is required: %j is 400', async (given) => {
    expectPortalRefusal(await listAs({ company: given }), 400, 'portal_header_missing');
  });

  it.each(['abc', '0', '-1', '1.5', '01', '9223372036854775808', `1' or '1'='1`, '1,2'])(
    'must be an id: %s is 400',
    async (given) => {
      expectPortalRefusal(await listAs({ company: given }), 400, 'portal_header_invalid');
    },
  );

  it('must be a company of the firm: another one’s answers exactly as an unknown one', async () => {
    const [unknown, others] = [await listAs({ company: '999999' }), await listAs({ company: foreign.id })];
    for (const answer of [unknown, others]) expectPortalRefusal(answer, 403, 'portal_company_unknown');
    expect(unknown.text.replace('999999', '')).toBe(others.text.replace(foreign.id, ''));
  });
});

describe('X-Portal-User-Role', () => {
  it.each([undefined, ''])('is required: %j is 400', async (given) => {
    expectPortalRefusal(await listAs({ role: given }), 400, 'portal_header_missing');
  });

  it.each(['owner', 'Viewer', 'viewer,admin', '1'])('must be known: %s is 400', async (given) => {
    expectPortalRefusal(await listAs({ role: given }), 400, 'portal_header_invalid');
  });

  it.each(['viewer', 'collaborator', 'admin'])('%s may read', async (role) => {
    expectStatus(await listAs({ role }), 200);
  });
});

describe('X-Portal-User-Id', () => {
  it.each([undefined, ''])('is required where a route is about the user: %j is 400', async (given) => {
    expectPortalRefusal(await listAs({ user: given }), 400, 'portal_header_missing');
  });

  it('must be an id', async () => {
    expectPortalRefusal(await listAs({ user: 'abc' }), 400, 'portal_header_invalid');
  });

  it('must be a contact of that very company', async () => {
    const others = [
      '999999',
      await world.contact(sister.id),
      await world.contact(parent.id),
      (await world.people.contact()).id,
    ];
    for (const user of others) expectPortalRefusal(await listAs({ user }), 403, 'portal_user_unknown');
    for (const { id } of [parent, sister, stranger])
      expectPortalRefusal(await listAs({ company: id }), 403, 'portal_user_unknown');
  });

  it('must have access to the portal', async () => {
    const { id } = await world.people.contact({ client_id: company.id, login_email: 'access@example.test' });
    expectPortalRefusal(await listAs({ user: id }), 403, 'portal_user_unknown');
    expectStatus(await world.people.invite(id), 204);
    expectStatus(await listAs({ user: id }), 200);
    expectStatus(await world.people.revoke(id), 204);
    expectPortalRefusal(await listAs({ user: id }), 403, 'portal_user_unknown');
    expectStatus(await world.people.restore(id), 204);
    expectStatus(await listAs({ user: id }), 200);
  });

  it('must still be of the company', async () => {
    const id = await world.contact(company.id);
    const file = await world.published('left.txt', [id]);
    expect(await portal.as({ user: id }).ids()).toEqual([file]);
    expectStatus(await world.people.patch('contacts', id, { client_id: sister.id }), 200);
    expectPortalRefusal(await listAs({ user: id }), 403, 'portal_user_unknown');
    expect(await portal.as({ user: id, company: sister.id }).ids()).toEqual([file]);
  });
});

describe('X-Portal-Group-Company-Ids', () => {
  it('takes the parent, all of its children, and the company itself', async () => {
    const all = [parent, company, sister, brother].map(({ id }) => id);
    expectStatus(await listAs({ group: all.join(',') }), 200);
    expectStatus(await listAs({ group: all.join(' , ') }), 200);
    for (const id of all) expectStatus(await listAs({ group: id }), 200);
    expectStatus(await listAs({ group: '' }), 200);
  });

  it('refuses each that is not of the group, whichever stands beside it', async () => {
    for (const id of [stranger.id, foreign.id, '999999'])
      for (const group of [id, `${company.id},${id}`, `${id},${parent.id}`])
        expectPortalRefusal(await listAs({ group }), 403, 'portal_company_outside_group');
  });

  it('takes a company without a group alone', async () => {
    const user = await world.contact(stranger.id);
    const alone = portal.as({ company: stranger.id, user });
    expectStatus(await alone.as({ group: stranger.id }).get('/files'), 200);
    expectPortalRefusal(await alone.as({ group: company.id }).get('/files'), 403, 'portal_company_outside_group');
  });

  it.each(['abc', '1,,2', '1,', ',', '1;2', '0'])('must hold ids: %s is 400', async (group) => {
    expectPortalRefusal(await listAs({ group }), 400, 'portal_header_invalid');
  });
});

describe('The first use of the portal', () => {
  const accessOf = async (id: string) => (await world.people.read(`/contacts/${id}`)).attributes['portal_access'];

  it('makes an invited contact active, once, and tells the history', async () => {
    const id = await world.contact(company.id);
    const api = portal.as({ user: id });
    expectStatus(await api.call('head', '/files'), 200);
    expectStatus(await api.get('/files').set('Sec-Purpose', 'prefetch'), 200);
    expectPortalRefusal(await api.as({ company: stranger.id }).get('/files'), 403, 'portal_user_unknown');
    expect(await accessOf(id)).toBe('invited');
    const answers = await Promise.all([api.get('/files'), api.get('/files'), api.get('/files')]);
    for (const answer of answers) expectStatus(answer, 200);
    expect(await accessOf(id)).toBe('active');
    const told = await world.sql(
      `select user_id, credential_kind, details from history where subject_id = $1 and action = 'contact.activated'`,
      [id],
    );
    const details = { from: 'invited', to: 'active' };
    expect(told).toEqual([{ user_id: null, credential_kind: 'portal_token', details }]);
  });
});

describe('The smaller of the roles', () => {
  it('lets a viewer among the contacts read, whatever the header claims', async () => {
    const user = await world.contact(company.id, { portal_role: 'viewer' });
    for (const role of ['viewer', 'collaborator', 'admin']) expectStatus(await listAs({ user, role }), 200);
  });
});
