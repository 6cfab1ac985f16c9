import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { BackOfficeApi, PASSWORD } from '../support/back-office-api.js';
import { expectStatus } from '../support/expected-answers.js';
import { Installations } from '../support/installations.js';
import { PortalWork } from '../support/portal-work.js';
import type { PorticoServer } from '../support/portico-server.js';
import { sqlOn } from '../support/server-database.js';
import { type Received, SmtpInbox } from '../support/smtp-inbox.js';
import { until } from '../support/until.js';

type Row = Record<string, unknown>;

/** Long enough for whatever is to happen between a notification and its mail. */
const NOTIFY_AFTER_SECONDS = '3';

const installations = new Installations();
const inbox = new SmtpInbox();
let server: PorticoServer;
let work: PortalWork;
let made = 0;

beforeAll(async () => {
  await inbox.start();
  installations.atEnd(() => inbox.stop());
  server = await installations.start({
    env: {
      ...{ SMTP_URL: inbox.url, MAIL_RETRY_SECONDS: '1', NOTIFY_AFTER_SECONDS },
      ...{ PUBLIC_URL: 'https://files.example', PORTAL_URL: 'https://portal.example/files' },
      BOOTSTRAP_FIRM_NAME: 'Müller & Töchter',
    },
  });
  work = await PortalWork.of(server);
}, 90_000);
afterAll(() => installations.remove(), 60_000);
afterEach(() => {
  inbox.onRecipient = () => null;
});

interface Person {
  readonly id: string;
  readonly client: string;
  readonly address: string;
}

/** A new contact, of a new client unless one is named. */
async function aContact(fields: Row = {}, client?: string): Promise<Person> {
  const address = `person-${++made}@example.test`;
  const of = client ?? (await work.client({ name: 'Smith Holdings' }));
  return { id: await work.contact(of, { loginEmail: address, ...fields }), client: of, address };
}
const issue = ({ client }: Person, ...numbers: string[]) =>
  Promise.all(
    numbers.map((invoiceNumber) =>
      work.make('invoices', { clientId: Number(client), status: 'submitted', invoiceNumber }),
    ),
  );
const mailsTo = ({ address }: Pick<Person, 'address'>) => inbox.to(address);
const firstMailTo = (person: Pick<Person, 'address'>): Promise<Received> =>
  until(`a mail to ${person.address}`, () => mailsTo(person)[0], 30);
/** Nothing waits any more for the contact: whatever mail there was to be, is there. */
const settled = ({ id }: Person) =>
  until(
    'nothing waits',
    async () => {
      const [row] = await sqlOn(
        server,
        `select (select count(*) from notification_bursts where contact_id = $1)
           + (select count(*) from deliveries where contact_id = $1 and state = 'queued') as count`,
        [id],
      );
      return row?.['count'] === '0';
    },
    30,
  );
const portalOf = ({ id, client }: Person) => work.portalOf(client, { user: id });
async function prefer(person: Person, type: string, email: boolean): Promise<void> {
  const preferences = [{ notification_type: type, channel_in_app: true, channel_email: email }];
  expectStatus(await portalOf(person).call('put', '/notifications/preferences').send({ preferences }), 200);
}

describe('the mail about what happened', () => {
  it('is one for a burst of one type, with everything that happened, in the language of the contact', async () => {
    const person = await aContact({ language: 'de', timeZone: 'Asia/Tokyo' });
    await issue(person, 'R-1', 'R-2', 'R-3');
    await work.make('budgets', { clientId: Number(person.client), name: 'Relaunch', status: 'pending_approval' });
    await until('both mails', () => mailsTo(person).length === 2, 30);
    await settled(person);
    const mails = mailsTo(person);
    expect(mails).toHaveLength(2);
    const [budget, invoices] = mails.sort((one, other) => (String(one.mail.subject) < String(other.mail.subject) ? -1 : 1)); // prettier-ignore
    expect(budget?.mail.subject).toBe('Budget zur Freigabe: Relaunch (Müller & Töchter)');
    expect(invoices?.mail).toMatchObject({
      from: { name: 'Müller & Töchter', address: 'no-reply@files.example' },
      to: [{ name: 'Adam Smith', address: person.address }],
      subject: 'Neue Rechnung: 3 (Müller & Töchter)',
    });
    const { text = '', html = '' } = invoices?.mail ?? {};
    for (const body of [text, html])
      for (const expected of [
        'R-1',
        'R-2',
        'R-3',
        'GMT+9',
        'https://portal.example/files',
        'https://files.example/unsubscribe/',
      ])
        expect(body).toContain(expected);
    expect(html).toContain('<html lang="de">');
    expect(html).not.toMatch(/<img|<script|src=/);
    expect(invoices?.header('list-unsubscribe')).toMatch(/^<https:\/\/files\.example\/unsubscribe\/[\w.-]+>$/);
    expect(invoices?.header('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
    expect(invoices?.header('content-language')).toBe('de');
  }, 60_000);

  it('goes to staff too, who have no portal to open and no link to end it', async () => {
    const email = `manager-${++made}@example.test`;
    const user = { name: 'Ann', email, password: PASSWORD, permissions: ['back_office'], allDataAccess: true };
    const deliveryManagerId = Number(await work.make('users', user));
    const client = await work.client({ name: 'Smith Holdings', deliveryManagerId });
    const person = await aContact({}, client);
    const answer = await portalOf(person).call('post', '/requests').send({ title: 'A banner' });
    expectStatus(answer, 201);
    const received = await firstMailTo({ address: email });
    const { mail } = received;
    expect(mail).toMatchObject({ to: [{ name: 'Ann' }], subject: 'New request: A banner (Müller & Töchter)' });
    expect(mail.text).toContain('Adam Smith (Smith Holdings) asks for “A banner”.');
    expect(received.header('list-unsubscribe')).toBeUndefined();
    expect(mail.text).not.toContain('portal.example');
    const office = await BackOfficeApi.signedIn(server.url, email);
    expect(await office.read('/notifications')).toMatchObject([{ title: 'New request: A banner' }]);
  }, 60_000);
});

describe('whether there is a mail is decided when it is due', () => {
  it('none when the type was turned off meanwhile, one when it was turned on', async () => {
    const off = await aContact();
    const on = await aContact({}, off.client);
    await prefer(on, 'invoice_issued', false);
    await issue(off, 'INV-1');
    await prefer(off, 'invoice_issued', false);
    await prefer(on, 'invoice_issued', true);
    await firstMailTo(on);
    await settled(off);
    expect([mailsTo(off).length, mailsTo(on).length]).toEqual([0, 1]);
  }, 60_000);

  it('none when it was read in the portal meanwhile', async () => {
    const reader = await aContact();
    const other = await aContact({}, reader.client);
    await issue(reader, 'INV-2');
    expectStatus(await portalOf(reader).call('post', '/notifications/read-all'), 200);
    await firstMailTo(other);
    await settled(reader);
    expect(mailsTo(reader)).toEqual([]);
  }, 60_000);

  it('none when the contact may not use the portal any more', async () => {
    const revoked = await aContact();
    const other = await aContact({}, revoked.client);
    await issue(revoked, 'INV-3');
    expectStatus(await work.office.send('post', `/contacts/${revoked.id}/revoke`, {}), 200);
    await firstMailTo(other);
    await settled(revoked);
    expect(mailsTo(revoked)).toEqual([]);
  }, 60_000);

  it('one of what is critical, whatever the contact wants, and without a link that would end it', async () => {
    const person = await aContact();
    await work.change('contacts', person.id, { notifyByEmail: false });
    const contract = { title: 'Lease', status: 'pending', signers: [{ name: 'Adam', email: person.address }] };
    await work.make('contracts', contract);
    await issue(person, 'INV-4');
    const received = await firstMailTo(person);
    const { mail } = received;
    expect(mail.subject).toBe('Contract to sign: Lease (Müller & Töchter)');
    expect(received.header('list-unsubscribe')).toBeUndefined();
    await settled(person);
    expect(mailsTo(person)).toHaveLength(1);
  }, 60_000);
});

it('the link in a mail ends the mails about what happens and about files', async () => {
  const person = await aContact();
  await issue(person, 'INV-5');
  const link = ((await firstMailTo(person)).header('list-unsubscribe') ?? '').slice(1, -1);
  const answer = await fetch(link.replace('https://files.example', server.url), { method: 'POST' });
  expect(answer.status).toBe(200);
  await issue(person, 'INV-6');
  await settled(person);
  expect(mailsTo(person)).toHaveLength(1);
  expect(await work.office.read(`/contacts/${person.id}`)).toMatchObject({ notifyByEmail: false });
}, 60_000);

it('a mail that is refused is listed for the operator, and sent again', async () => {
  inbox.onRecipient = () => ({ code: 550, message: 'no such user' });
  const person = await aContact();
  await issue(person, 'INV-7');
  await settled(person);
  const listed = await server.command('mail', 'list', '--json');
  const { mails } = JSON.parse(listed.stdout) as { mails: Row[] };
  const mail = mails.find(({ contactId }) => contactId === person.id);
  expect(mail).toMatchObject({
    ...{ contactName: 'Adam Smith', userId: null, userName: null, address: person.address },
    ...{ state: 'refused', answer: '550 no such user' },
  });
  inbox.onRecipient = () => null;
  expect(await server.command('mail', 'retry', String(mail?.['id']))).toMatchObject({ code: 0 });
  expect((await firstMailTo(person)).mail.subject).toBe('New invoice INV-7 (Müller & Töchter)');
  const chain = await sqlOn(server, 'select kind from proof_events where delivery_id = $1', [mail?.['id']]);
  expect(chain).toEqual([]); // which is of published files
}, 60_000);

it('while the mail server is away nothing is lost, and what is read until it is back is not sent', async () => {
  const [waiting, reading] = [await aContact(), await aContact()];
  await inbox.stop();
  await issue(waiting, 'INV-8');
  await issue(reading, 'INV-9');
  const tried = async () => {
    const sql = `select count(*)::int as count from deliveries where contact_id = any ($1::bigint[]) and answered_at is not null`;
    return (await sqlOn(server, sql, [[waiting.id, reading.id]]))[0]?.['count'] === 2;
  };
  await until('both were tried', tried, 30);
  expectStatus(await portalOf(reading).call('post', '/notifications/read-all'), 200);
  await inbox.start();
  await firstMailTo(waiting);
  await settled(reading);
  expect([mailsTo(waiting).length, mailsTo(reading).length]).toEqual([1, 0]);
}, 60_000);

it('a server that is killed loses nothing and doubles nothing', async () => {
  const person = await aContact();
  await issue(person, 'INV-10', 'INV-11');
  await server.kill();
  expect(mailsTo(person)).toEqual([]);
  server = await installations.again(server);
  work = await PortalWork.of(server);
  const { mail } = await firstMailTo(person);
  expect(mail.subject).toBe('New invoice: 2 (Müller & Töchter)');
  await settled(person);
  await issue(person, 'INV-12');
  await until('the mail about the next', () => mailsTo(person).length > 1, 30);
  await settled(person);
  expect(mailsTo(person).map((received) => received.mail.subject)).toEqual([
    'New invoice: 2 (Müller & Töchter)',
    'New invoice INV-12 (Müller & Töchter)',
  ]);
}, 90_000);
