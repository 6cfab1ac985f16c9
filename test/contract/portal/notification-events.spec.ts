import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { expectStatus } from '../../support/expected-answers.js';
import { FilesApi } from '../../support/files-api.js';
import type { PortalApi } from '../../support/portal-api.js';
import { PortalWork, shown } from '../../support/portal-work.js';
import type { Portico } from '../../support/portico.js';
import { SharedPortico } from '../../support/shared-portico.js';

type Row = Record<string, unknown>;

let server: Portico;
let work: PortalWork;

beforeAll(async () => {
  server = await SharedPortico.start();
  work = await PortalWork.of(server);
}, 60_000);
afterAll(() => server.dispose());

interface Company {
  readonly id: string;
  /** The company as bodies name it. */
  readonly of: { readonly clientId: number };
  readonly contact: string;
  readonly portal: PortalApi;
}

async function aCompany(contact: Row = {}): Promise<Company> {
  const id = await work.client();
  const user = await work.contact(id, contact);
  return { id, of: { clientId: Number(id) }, contact: user, portal: work.portalOf(id, { user }) };
}
/** What the contact was told, the oldest first. */
async function told({ portal }: { readonly portal: PortalApi }): Promise<Row[]> {
  const { notifications } = await shown<{ notifications: Row[] }>(portal, '/notifications?limit=100');
  return notifications.reverse();
}
const titles = async (company: Company) => (await told(company)).map(({ title }) => title);
const upsert = async (resource: string, rows: object[]) =>
  expectStatus(await work.office.send('put', `/${resource}`, rows), 200);

describe('An invoice', () => {
  it('is told when it is issued, and never again', async () => {
    const company = await aCompany();
    const id = await work.make('invoices', { ...company.of, invoiceNumber: 'INV-1' });
    expect(await told(company)).toEqual([]);
    for (const status of ['submitted', 'authorised', 'paid', 'authorised', 'voided'])
      await work.change('invoices', id, { status });
    expect(await told(company)).toMatchObject([
      { type: 'invoice_issued', title: 'New invoice INV-1', resource_type: 'invoice', resource_id: id },
    ]);
  });

  it('is told once, though the accounting system sends its state again and again', async () => {
    const [company, other] = [await aCompany(), await aCompany()];
    const rows = (status: string) =>
      ['1', '2', '3'].map((number) => ({
        ...{ ...company.of, externalId: `${company.id}-${number}`, invoiceNumber: number, status },
        lineItems: [{ description: 'Design', unitPrice: 100 }],
      }));
    await upsert('invoices', rows('draft'));
    expect(await told(company)).toEqual([]);
    for (let count = 0; count < 2; count++) await upsert('invoices', rows('authorised'));
    await upsert('invoices', rows('paid'));
    expect(await titles(company)).toEqual(['New invoice 1', 'New invoice 2', 'New invoice 3']);
    expect(await told(other)).toEqual([]);
  });

  it('that comes in as paid is history', async () => {
    const company = await aCompany();
    await work.make('invoices', { ...company.of, status: 'paid' });
    expect(await told(company)).toEqual([]);
  });

  it('that is refused tells nobody', async () => {
    const company = await aCompany();
    const rows = [{ ...company.of, externalId: `${company.id}-1`, status: 'authorised' }, { externalId: 'no client' }];
    expectStatus(await work.office.send('put', '/invoices', rows), 400);
    expect(await told(company)).toEqual([]);
  });

  it('is told to the contacts who may use the portal of that client, not of those above or below it', async () => {
    const [company, below] = [await aCompany(), await aCompany()];
    await work.change('clients', below.id, { parentClientId: Number(company.id) });
    const colleague = work.portalOf(company.id, { user: await work.contact(company.id) });
    await work.make('invoices', { ...company.of, status: 'submitted' });
    const counts = await Promise.all([company, { portal: colleague }, below].map(told));
    expect(counts.map(({ length }) => length)).toEqual([1, 1, 0]);
  });
});

describe('A budget', () => {
  it('is told when it waits for approval', async () => {
    const company = await aCompany();
    const id = await work.make('budgets', { ...company.of, name: 'Relaunch', status: 'draft' });
    await work.change('budgets', id, { status: 'pending_approval' });
    await work.change('budgets', id, { name: 'Relaunch II' });
    expect(await told(company)).toMatchObject([
      { type: 'budget_to_approve', title: 'Budget to approve: Relaunch', action_url: `/budgets/${id}` },
    ]);
  });
});

describe('A contract', () => {
  const signer = (email: string, status = 'pending') => ({ name: 'Somebody', email, status });

  it('is told to those who have yet to sign it, when it is sent', async () => {
    const [adam, eve] = [await aCompany({ loginEmail: 'adam@signers.test' }), await aCompany({ loginEmail: 'eve@signers.test' })]; // prettier-ignore
    const colleague = work.portalOf(adam.id, { user: await work.contact(adam.id) });
    const signers = [signer('Adam@Signers.test'), signer('eve@signers.test', 'signed'), signer('who@signers.test')];
    const id = await work.make('contracts', { title: 'Framework', signers });
    expect(await told(adam)).toEqual([]);
    await work.change('contracts', id, { status: 'pending' });
    await work.change('contracts', id, { title: 'Framework agreement' });
    expect(await told(adam)).toMatchObject([
      { type: 'contract_to_sign', title: 'Contract to sign: Framework', resource_id: id, action_url: '/contracts' },
    ]);
    expect([await told(eve), await told({ portal: colleague })]).toEqual([[], []]);
  });

  it('is told once to those who are to sign it from the beginning, and to those who come later', async () => {
    const [adam, eve] = [await aCompany({ loginEmail: 'adam@later.test' }), await aCompany({ loginEmail: 'eve@later.test' })]; // prettier-ignore
    const contract = { title: 'Lease', status: 'pending', signers: [signer('adam@later.test')] };
    const contractId = await work.make('contracts', contract);
    await work.make('contract-signers', { contractId, ...signer('eve@later.test') });
    await work.change('contracts', contractId, { signers: [signer('adam@later.test'), signer('eve@later.test')] });
    expect([await titles(adam), await titles(eve)]).toEqual([['Contract to sign: Lease'], ['Contract to sign: Lease']]);
  });

  it('of a client is told to its own contacts, by any of their addresses', async () => {
    const emails = [{ email: 'office@shared.test', emailType: 'WORK' }];
    const company = await aCompany();
    const other = await aCompany({ loginEmail: 'office@shared.test' });
    await work.change('contacts', company.contact, { emails });
    const contract = { title: 'Ours', status: 'pending', signers: [signer('office@shared.test')] };
    await work.make('contracts', { ...company.of, ...contract });
    expect([await titles(company), await titles(other)]).toEqual([['Contract to sign: Ours'], []]);
    expect((await shown<{ contracts: Row[] }>(company.portal, '/contracts')).contracts).toHaveLength(1);
    expect((await shown<{ contracts: Row[] }>(other.portal, '/contracts')).contracts).toHaveLength(0);
  });
});

describe('A note', () => {
  it('is told when clients may see it', async () => {
    const company = await aCompany();
    const projectId = await work.project(company.id, { name: 'Relaunch' });
    const note = (fields: Row = {}) =>
      work.make('notes', { resourceType: 'project', resourceId: projectId, content: 'Hello', ...fields });
    const hidden = await note();
    expect(await told(company)).toEqual([]);
    await work.change('notes', hidden, { isClientVisible: true });
    await work.change('notes', hidden, { content: 'Hello!' });
    const answer = await note({ isClientVisible: true, parentId: hidden });
    expect(await told(company)).toMatchObject([
      { type: 'note_added', title: 'New note on Relaunch', resource_type: 'note', resource_id: hidden },
      { type: 'note_added', body: expect.stringMatching(/ wrote a note on “Relaunch”\.$/), resource_id: answer },
    ]);
  });

  it('on what clients do not see is not told', async () => {
    const company = await aCompany();
    const invoice = await work.make('invoices', { ...company.of, invoiceNumber: 'SECRET' });
    const budget = await work.make('budgets', { ...company.of, name: 'Secret' });
    for (const [resourceType, resourceId] of [
      ['invoice', invoice],
      ['budget', budget],
    ])
      // prettier-ignore
      await work.make('notes', { resourceType, resourceId, content: 'Hello', isClientVisible: true });
    expect(await told(company)).toEqual([]);
  });
});

describe('A request', () => {
  it('is told to whoever made it when its status changes, and to nobody else', async () => {
    const company = await aCompany();
    const colleague = work.portalOf(company.id, { user: await work.contact(company.id) });
    const answer = await company.portal.call('post', '/requests').send({ title: 'A banner' });
    expectStatus(answer, 201);
    const { taskId } = answer.body as { taskId: string };
    await work.change('tasks', taskId, { title: 'A big banner' });
    expect(await told(company)).toEqual([]);
    await work.change('tasks', taskId, { statusValue: 'in_progress', statusLabel: 'In progress' });
    await work.change('tasks', taskId, { statusValue: 'in_progress' });
    expect(await told(company)).toMatchObject([
      {
        ...{ type: 'request_changed', title: 'A big banner: In progress', resource_type: 'task', resource_id: taskId },
        body: 'Your request “A big banner” now has the status “In progress”.',
      },
    ]);
    expectStatus(await company.portal.get(String((await told(company))[0]?.['action_url'])), 200);
    expect(await told({ portal: colleague })).toEqual([]);
    await work.change('tasks', taskId, { isPrivate: true, statusValue: 'done', statusLabel: 'Done' });
    expect(await told(company)).toHaveLength(1);
  });

  it('is no task of staff', async () => {
    const company = await aCompany();
    const id = await work.make('tasks', { ...company.of, title: 'Draw' });
    await work.change('tasks', id, { statusValue: 'done' });
    expect(await told(company)).toEqual([]);
  });
});

describe('An announcement', () => {
  it('is told to all contacts of the firm when it is for clients', async () => {
    const [one, other] = [await aCompany(), await aCompany()];
    const foreign = await PortalWork.ofAnotherFirm(server);
    const client = await foreign.client();
    const outside = foreign.portalOf(client, { user: await foreign.contact(client) });
    const id = await work.make('announcements', { title: 'Closed', content: 'Until Tuesday.', category: 'team' });
    expect(await told(one)).toEqual([]);
    await work.change('announcements', id, { category: 'company' });
    await work.change('announcements', id, { content: 'Until Wednesday.' });
    for (const company of [one, other])
      expect(await told(company)).toMatchObject([
        { type: 'announcement', title: 'Closed', body: 'Until Tuesday.', resource_id: id },
      ]);
    expect(await told({ portal: outside })).toEqual([]);
  });

  it('is told in part when it is long', async () => {
    const company = await aCompany();
    await work.make('announcements', { title: 'Long', content: 'x'.repeat(5000) });
    const [notification] = await told(company);
    expect(notification?.['body']).toBe(`${'x'.repeat(299)}…`);
  });
});

describe('A milestone', () => {
  it('of a roadmap is told when it is reached, also in the body of the roadmap', async () => {
    const company = await aCompany();
    const items = [{ title: 'Design', status: 'completed' }, { title: 'Start' }];
    const roadmap = await work.make('roadmaps', { ...company.of, name: '2026', items });
    const start = ((await work.office.read<Row>(`/roadmaps/${roadmap}`))['items'] as Row[])[1];
    await work.change('roadmap-items', String(start?.['id']), { status: 'completed' });
    await work.change('roadmap-items', String(start?.['id']), { title: 'The start' });
    expect(await told(company)).toMatchObject([
      { type: 'milestone_reached', title: 'Milestone reached: Design' },
      { type: 'milestone_reached', title: 'Milestone reached: Start', resource_id: start?.['id'] },
    ]);
  });

  it('of the onboarding is told when it is reached', async () => {
    const company = await aCompany();
    const stages = [{ name: 'Kick-off', milestones: [{ title: 'Contract signed' }] }];
    const template = await work.make('onboarding-templates', { name: 'New client', stages });
    const [stage] = (await work.office.read<Row>(`/onboarding-templates/${template}`))['stages'] as Row[];
    const milestoneId = ((stage?.['milestones'] as Row[])[0] ?? {})['id'];
    const id = await work.make('onboarding-progress', { ...company.of, milestoneId });
    await work.change('onboarding-progress', id, { completed: true });
    await work.change('onboarding-progress', id, { notes: 'On paper' });
    expect(await told(company)).toMatchObject([
      {
        ...{ type: 'milestone_reached', title: 'Milestone reached: Contract signed', action_url: '/onboarding' },
        ...{ resource_type: 'onboarding_milestone', resource_id: milestoneId },
      },
    ]);
  });
});

describe('Published files', () => {
  const publish = async (files: readonly string[], contacts: readonly string[]) => {
    const attributes = {
      files_id: files.map(Number),
      publish_override_contact_ids: contacts.map(Number),
      portal_publishing: 'do_not_publish',
      contact_notification: 'do_not_notify',
    };
    const data = { type: 'publish_portal_files_request', attributes };
    expectStatus(await new FilesApi(server.url, server.headers).sendData('post', '/portal/publish_files', data), 200);
  };

  it('are one thing for each contact and call, and nothing when they were published before', async () => {
    const [adam, eve] = [await aCompany(), await aCompany()];
    const files = new FilesApi(server.url, server.headers);
    const [plan, list] = [(await files.create('Plan.pdf')).id, (await files.create('List.pdf')).id];
    await publish([plan], [eve.contact]);
    await publish([plan, list], [adam.contact, eve.contact]);
    await publish([plan, list], [adam.contact, eve.contact]);
    expect(await told(adam)).toMatchObject([
      { type: 'file_published', title: 'New documents: Plan.pdf and 1 more', action_url: '/files' },
    ]);
    expect(await told(eve)).toMatchObject([
      { title: 'New document: Plan.pdf', resource_type: 'file', resource_id: plan, action_url: `/files/${plan}` },
      { title: 'New document: List.pdf', resource_id: list },
    ]);
  });

  it('are not told to a contact who sends one', async () => {
    const company = await aCompany();
    const answer = await company.portal.call('post', '/files').attach('file', Buffer.from('mine'), 'mine.txt');
    expectStatus(answer, 201);
    expect(await told(company)).toEqual([]);
  });
});
