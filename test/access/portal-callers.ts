import { BackOfficeApi } from '../support/back-office-api.js';
import { Operator } from '../support/operator.js';
import { type Client, type PortalApi, type PortalHeaders, PortalWorld } from '../support/portal-api.js';
import { basic, type Portico } from '../support/portico.js';
import type { Headers } from './issuer.js';
import type { PortalStanding } from './portal-expectation.js';

/** The firm of the matrix: a group of two companies, a stranger, and whatever stands in one way beside them. */
export interface PortalCast {
  readonly world: PortalWorld;
  /** Its Back Office, as an administrator sees it. */
  readonly office: BackOfficeApi;
  readonly company: Client;
  readonly sister: Client;
  readonly stranger: Client;
  /** To whom the subjects are published; may do everything. */
  readonly contact: string;
  /** The others of the company, by what they are. */
  readonly viewer: string;
  readonly colleague: string;
  readonly revoked: string;
  readonly uninvited: string;
  readonly ofSister: string;
  readonly ofStranger: string;
  readonly otherFirm: { readonly token: string; readonly company: Client };
  readonly revokedToken: string;
  readonly portalScope: string;
  readonly otherScopes: string;
  /** The portal of the contact. */
  readonly portal: PortalApi;
}

/** One column of the matrix: how they stand is known before there is a server, as tests are declared before they run. */
export interface PortalCaller extends PortalStanding {
  readonly name: string;
  readonly headers: (cast: PortalCast) => Headers;
}

const GOOD: PortalStanding = {
  ...{ identified: true, isForPortal: true, isWellFormed: true, namesUser: true, isTrue: true },
  ...{ role: 'admin', sees: true, isOfCompany: true },
};

type Column = [name: string, standing: Partial<PortalStanding>, headers: (cast: PortalCast) => Headers];

const as = (whom: PortalHeaders | ((cast: PortalCast) => PortalHeaders)) => (cast: PortalCast) =>
  cast.portal.as(typeof whom === 'function' ? whom(cast) : whom).headers;
const bearing = (token: (cast: PortalCast) => string | null) => (cast: PortalCast) =>
  cast.portal.with(token(cast)).headers;

const STRANGERS: Column[] = [
  ['nobody', { identified: false }, bearing(() => null)],
  ['a made-up token', { identified: false }, bearing(() => 'a-made-up-token-of-the-portal')],
  ['a revoked token', { identified: false }, bearing(({ revokedToken }) => revokedToken)],
  [
    'the API key of the administrator',
    { identified: false },
    ({ portal, world }) => ({ ...portal.headers, ...world.server.headers }),
  ],
  [
    'the token with Basic',
    { identified: false },
    ({ portal }) => ({ ...portal.headers, Authorization: basic('portal', portal.headers['Authorization'] ?? '') }),
  ],
  [
    'the token with the header of another firm',
    { identified: false },
    ({ portal }) => ({ ...portal.headers, 'Addepar-Firm': '999999' }),
  ],
  ['an OAuth token with PORTAL', {}, bearing(({ portalScope }) => portalScope)],
  ['an OAuth token with all scopes but PORTAL', { isForPortal: false }, bearing(({ otherScopes }) => otherScopes)],
];

const ROLES: Column[] = [
  ...['viewer', 'collaborator', 'admin'].map((role): Column => [`the contact as ${role}`, { role }, as({ role })]),
  [
    'a viewer of the company who claims to be an admin',
    { role: 'viewer', sees: false },
    as(({ viewer }) => ({ user: viewer })),
  ],
  ['another contact of the company', { sees: false }, as(({ colleague }) => ({ user: colleague }))],
  [
    'a contact of another company, for that one',
    { sees: false, isOfCompany: false },
    as(({ stranger, ofStranger }) => ({ company: stranger.id, user: ofStranger })),
  ],
  ['the contact for the whole group', {}, as(({ company, sister }) => ({ group: `${sister.id},${company.id}` }))],
];

const MALFORMED: Column[] = [
  ['one without a company', { isWellFormed: false }, as({ company: undefined })],
  ['one with a company that is no id', { isWellFormed: false }, as({ company: 'abc' })],
  ['one without a role', { isWellFormed: false }, as({ role: undefined })],
  ['one with a role that there is not', { isWellFormed: false }, as({ role: 'owner' })],
  ['one without a user', { namesUser: false, sees: false }, as({ user: undefined })],
  ['one with a user that is no id', { isWellFormed: false }, as({ user: 'abc' })],
  ['one with a group of no ids', { isWellFormed: false }, as({ group: '1;2' })],
];

const UNTRUE: Column[] = [
  ['one of an unknown company', { isTrue: false }, as({ company: '999999' })],
  ['one of a company of another firm', { isTrue: false }, as(({ otherFirm }) => ({ company: otherFirm.company.id }))],
  ['the contact for the sister company', { isTrue: false }, as(({ sister }) => ({ company: sister.id }))],
  ['a contact of the sister company', { isTrue: false }, as(({ ofSister }) => ({ user: ofSister }))],
  ['a contact whose access is revoked', { isTrue: false }, as(({ revoked }) => ({ user: revoked }))],
  ['a contact who was never invited', { isTrue: false }, as(({ uninvited }) => ({ user: uninvited }))],
  ['an unknown contact', { isTrue: false }, as({ user: '999999' })],
  ['one for a stranger in the group', { isTrue: false }, as(({ stranger }) => ({ group: stranger.id }))],
  ['one for another firm in the group', { isTrue: false }, as(({ otherFirm }) => ({ group: otherFirm.company.id }))],
  ['the worker of another firm', { isTrue: false }, bearing(({ otherFirm }) => otherFirm.token)],
  [
    'the worker of another firm for a company of its own',
    { isTrue: false },
    ({ portal, otherFirm }) => portal.with(otherFirm.token).as({ company: otherFirm.company.id }).headers,
  ],
];

export const PORTAL_CALLERS: readonly PortalCaller[] = [...STRANGERS, ...ROLES, ...MALFORMED, ...UNTRUE].map(
  ([name, standing, headers]) => ({ ...GOOD, ...standing, name, headers }),
);

/** Makes everybody whom the callers name. */
export async function portalCast(server: Portico, token: string): Promise<PortalCast> {
  const [world, operator] = [new PortalWorld(server, token), new Operator(server)];
  const { firmId, portalToken } = await operator.firm('Other Firm');
  const otherCompany = await world.client('Other', undefined, firmId);
  const company = await world.client('Company');
  const [sister, stranger] = [await world.client('Sister', company.id), await world.client('Stranger')];
  const [contact, revoked] = [await world.contact(company.id), await world.contact(company.id)];
  await world.people.revoke(revoked).expect(204);
  const made = await server.operate('portal-token', 'create', '--firm', server.credentials.firmId, '--json');
  const revokedToken = JSON.parse(made.stdout) as { id: string; token: string };
  await operator.revoke('portal-token', revokedToken.id);
  const administrator = await operator.user({ permissions: ['firm_admin'] });
  const tokenOf = async (scopes: string[]) => operator.token(await operator.oauthClient(administrator, scopes));
  return {
    ...{ world, office: await BackOfficeApi.of(server), company, sister, stranger, contact, revoked },
    viewer: await world.contact(company.id, { portal_role: 'viewer' }),
    colleague: await world.contact(company.id),
    uninvited: (await world.people.contact({ client_id: company.id })).id,
    ofSister: await world.contact(sister.id),
    ofStranger: await world.contact(stranger.id),
    otherFirm: { token: portalToken, company: otherCompany },
    revokedToken: revokedToken.token,
    portalScope: await tokenOf(['PORTAL']),
    otherScopes: await tokenOf(['FILES_WRITE', 'PUBLISH_FILE', 'ENTITIES_WRITE', 'GROUPS_WRITE', 'USERS_WRITE']),
    portal: world.portalOf(company.id, contact),
  };
}
