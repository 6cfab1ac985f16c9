import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { expectStatus } from '../../support/expected-answers.js';
import { expectPortalRefusal, type PortalApi } from '../../support/portal-api.js';
import { PortalWork, shown } from '../../support/portal-work.js';
import type { Portico } from '../../support/portico.js';
import { SharedPortico } from '../../support/shared-portico.js';

type Row = Record<string, unknown>;

const CONTRACT = [
  ...['id', 'title', 'contract_type', 'status', 'signers', 'sent_at', 'completed_at', 'expires_at', 'document_url'],
  ...['created_at', 'updated_at'],
];
const SIGNER = ['id', 'name', 'email', 'role_label', 'status', 'sign_order', 'viewed_at', 'signed_at'];
const INSTANT = expect.stringMatching(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/);

let server: Portico;
let work: PortalWork;
let parent: string;
let company: string;
let stranger: string;
let portal: PortalApi;
let login: string;

const address = (): string => `${randomUUID()}@example.test`;

beforeAll(async () => {
  server = await SharedPortico.start();
  work = await PortalWork.of(server);
  parent = await work.client({ name: 'Parent' });
  company = await work.client({ name: 'Company', parentClientId: parent });
  stranger = await work.client({ name: 'Stranger' });
  login = address();
  await work.contact(company, { loginEmail: login });
  portal = work.portalOf(company, { role: 'viewer' });
}, 60_000);
afterAll(() => server.dispose());

const contract = (email: string, fields: Row = {}) =>
  work.make('contracts', { title: 'Agreement', status: 'pending', signers: [{ name: 'Adam', email }], ...fields });
const list = async (of: PortalApi, query = '') =>
  (await shown<{ contracts: Row[] }>(of, `/contracts${query}`)).contracts;
const idsOf = async (of: PortalApi, query = '') => (await list(of, query)).map(({ id }) => id);

describe('List Contracts', () => {
  it('answers contracts of which a contact is a signer, the newest first, with the documented fields', async () => {
    const alone = await work.client();
    const email = address();
    await work.contact(alone, { loginEmail: email });
    const older = await contract(email);
    const id = await contract(email, {
      ...{ title: 'Framework', contractType: 'framework_agreement', status: 'completed' },
      ...{ sentAt: '2026-01-10T09:00:00Z', completedAt: '2026-01-12T09:00:00Z', expiresAt: '2027-01-12T09:00:00Z' },
      documentUrl: 'https://contracts.example.test/1',
      signers: [
        { name: 'Ann Firm', email: 'ann@firm.test', signOrder: 2, status: 'viewed', viewedAt: '2026-01-11T09:00:00Z' },
        {
          ...{ name: 'Adam Smith', email, roleLabel: 'Client', signOrder: 1 },
          ...{ status: 'signed', signedAt: '2026-01-12T09:00:00Z' },
        },
      ],
    });
    const answer = await work.portalOf(alone).get('/contracts');
    expectStatus(answer, 200);
    expect(Object.keys(answer.body as Row)).toEqual(['contracts']);
    const [first, second] = (answer.body as { contracts: (Row & { signers: Row[] })[] }).contracts;
    expect(Object.keys(first ?? {}).sort()).toEqual([...CONTRACT].sort());
    for (const signer of first?.signers ?? []) expect(Object.keys(signer).sort()).toEqual([...SIGNER].sort());
    expect(first).toEqual({
      ...{ id, title: 'Framework', contract_type: 'framework_agreement', status: 'completed' },
      signers: [
        {
          ...{ id: expect.any(String), name: 'Adam Smith', email, role_label: 'Client', status: 'signed' },
          ...{ sign_order: 1, viewed_at: null, signed_at: '2026-01-12T09:00:00Z' },
        },
        expect.objectContaining({ name: 'Ann Firm', sign_order: 2, viewed_at: '2026-01-11T09:00:00Z' }),
      ],
      ...{ sent_at: '2026-01-10T09:00:00Z', completed_at: '2026-01-12T09:00:00Z' },
      ...{ expires_at: '2027-01-12T09:00:00Z', document_url: 'https://contracts.example.test/1' },
      ...{ created_at: INSTANT, updated_at: INSTANT },
    });
    expect(second?.['id']).toBe(older);
  });

  it('knows every address of a contact, in whatever case it is written', async () => {
    const other = address();
    await work.contact(company, { emails: [{ email: `X${other.toUpperCase()}`, emailType: 'WORK' }] });
    const ids = [await contract(login.toUpperCase()), await contract(`x${other}`)];
    expect(await idsOf(portal)).toEqual(expect.arrayContaining(ids));
  });

  it('answers a contract once, however many of its signers are contacts', async () => {
    const email = address();
    await work.contact(company, { loginEmail: email });
    const signers = [login, email, login].map((one) => ({ name: 'A', email: one }));
    const id = await contract(login, { signers });
    expect((await idsOf(portal)).filter((one) => one === id)).toHaveLength(1);
  });

  it('shows no contract of which no contact is a signer, not even one of the company', async () => {
    const ids = [await contract(address()), await contract(address(), { clientId: Number(company) })];
    const bare = await contract(login, { clientId: Number(company), signers: [] });
    const told = await idsOf(portal);
    for (const id of [...ids, bare]) expect(told).not.toContain(id);
  });

  it('never shows a draft, and each other status', async () => {
    const alone = await work.client();
    const email = address();
    await work.contact(alone, { loginEmail: email });
    await contract(email, { status: 'draft' });
    const statuses = ['pending', 'completed', 'declined', 'voided'];
    for (const status of statuses) await contract(email, { status });
    expect((await list(work.portalOf(alone))).map(({ status }) => status)).toEqual(statuses.reverse());
  });

  it('is of the group where the worker says so, and of the company alone otherwise', async () => {
    const [ofParent, ofStranger] = [address(), address()];
    await work.contact(parent, { loginEmail: ofParent });
    await work.contact(stranger, { loginEmail: ofStranger });
    const [parents, strangers] = [await contract(ofParent), await contract(ofStranger)];
    const all = await idsOf(portal.as({ group: parent }));
    expect(all).toContain(parents);
    expect(all).not.toContain(strangers);
    expect(await idsOf(portal)).not.toContain(parents);
  });

  it('gives an address that two companies share to the one whose contract it is', async () => {
    const shared = address();
    const emails = [{ email: shared, emailType: 'WORK' }];
    for (const client of [company, stranger]) await work.contact(client, { emails });
    const theirs = await contract(shared, { clientId: Number(stranger) });
    const nobodys = await contract(shared);
    expect(await idsOf(work.portalOf(stranger))).toEqual(expect.arrayContaining([theirs, nobodys]));
    const told = await idsOf(portal);
    expect(told).toContain(nobodys);
    expect(told).not.toContain(theirs);
  });

  it('shows a contract of the parent to the child whose contact signs it', async () => {
    const id = await contract(login, { clientId: Number(parent) });
    expect(await idsOf(portal)).toContain(id);
    expect(await idsOf(work.portalOf(parent))).not.toContain(id);
  });

  it('is another firm’s for nobody', async () => {
    const others = await PortalWork.ofAnotherFirm(server);
    const foreign = await others.client();
    await others.contact(foreign, { loginEmail: login });
    const signers = [{ name: 'A', email: login }];
    const id = await others.make('contracts', { title: 'Theirs', status: 'pending', signers });
    expect(await idsOf(others.portalOf(foreign))).toEqual([id]);
    expect(await idsOf(portal)).not.toContain(id);
  });

  it('is sent in parts to those who ask for parts', async () => {
    const alone = await work.client();
    const email = address();
    await work.contact(alone, { loginEmail: email });
    const ids = [await contract(email), await contract(email)];
    expect(await idsOf(work.portalOf(alone), '?limit=1&offset=1')).toEqual([ids[0]]);
    expectPortalRefusal(await portal.get('/contracts?limit=1001'), 400, 'invalid_value');
  });
});
