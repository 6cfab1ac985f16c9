import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import PostalMime from 'postal-mime';
import { Installations } from '../support/installations.js';
import { MailClient } from '../support/mail-client.js';
import type { PorticoServer } from '../support/portico-server.js';
import { SmtpInbox } from '../support/smtp-inbox.js';

const installations = new Installations();
const inbox = new SmtpInbox();
let server: PorticoServer;
let client: MailClient;

beforeAll(async () => {
  await inbox.start();
  installations.atEnd(() => inbox.stop());
  server = await installations.start({
    env: {
      SMTP_URL: inbox.url,
      PUBLIC_URL: 'https://files.example',
      PORTAL_URL: 'https://portal.example/files',
      BOOTSTRAP_FIRM_NAME: 'Müller & Töchter',
      MAIL_RETRY_SECONDS: '1',
    },
  });
  client = new MailClient(server);
}, 60_000);
afterAll(() => installations.remove(), 60_000);
afterEach(() => {
  inbox.onRecipient = () => null;
  inbox.onMail = () => Promise.resolve(null);
});

const operator = async (...args: string[]) => {
  const { code, stdout, stderr } = await server.command('mail', ...args, '--json');
  return { code, stderr, answer: code === 0 ? (JSON.parse(stdout) as Record<string, unknown>) : {} };
};

describe('the mail about published files', () => {
  it('has arrived when the call answers: text and HTML, from the firm, with links', async () => {
    const contact = await client.contact('ann@example.test', { first_name: 'Ann', time_zone: 'Europe/Berlin' });
    expect(await client.tell([contact], ['Größe <b>.pdf', 'Plan.docx'])).toEqual(['success', 'success']);
    const [received, ...others] = inbox.to('ann@example.test');
    expect(others).toEqual([]);
    expect(received?.from).toBe('no-reply@files.example');
    expect(received?.mail).toMatchObject({
      from: { name: 'Müller & Töchter', address: 'no-reply@files.example' },
      to: [{ name: 'Ann Smith', address: 'ann@example.test' }],
      subject: '2 new documents from Müller & Töchter',
    });
    const { text = '', html = '' } = received?.mail ?? {};
    expect(text).toMatch(
      /^Dear Ann Smith,\n\n2 new documents were published for you by Müller & Töchter on .+ GMT\+[12]:/,
    );
    expect(text).toMatch(/- Größe <b>\.pdf\n {2}https:\/\/portal\.example\/files\/\d+\n- Plan\.docx\n/);
    expect(html).toContain('<html lang="en">');
    expect(html).toContain('Größe &lt;b&gt;.pdf');
    expect(html).not.toMatch(/<img|<script|src=/);
    for (const body of [text, html]) expect(body).toMatch(/https:\/\/files\.example\/unsubscribe\/[\w.-]+/);
  });

  it('bears the headers of an automatic mail that one click ends', async () => {
    const contact = await client.contact('headers@example.test');
    await client.tell([contact]);
    const [received] = inbox.to('headers@example.test');
    const [mail] = await client.mails(contact);
    expect(received?.header('list-unsubscribe')).toMatch(/^<https:\/\/files\.example\/unsubscribe\/[\w.-]+>$/);
    expect(received?.header('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
    expect(received?.header('auto-submitted')).toBe('auto-generated');
    expect(received?.header('message-id')).toBe(`<${mail?.id}@files.example>`);
    expect(Math.abs(Date.parse(received?.header('date') ?? '') - Date.now())).toBeLessThan(60_000);
    expect(mail).toMatchObject({ state: 'sent', attempts: 1, answer: expect.stringMatching(/^250 /) });
  });

  it.each([
    ['ja', '【Müller & Töchter】新しい書類が1件公開されました', /^Adam Smith 様/],
    ['de', '1 neues Dokument von Müller & Töchter', /^Guten Tag Adam Smith,/],
    ['fr', 'Müller & Töchter : 1 nouveau document', /^Bonjour Adam Smith,/],
    ['es', '1 documento nuevo de Müller & Töchter', /^Hola, Adam Smith:/],
  ])('is written in the language of the contact: %s', async (language, subject, greeting) => {
    const address = `${language}@example.test`;
    await client.tell([await client.contact(address, { language })]);
    const [received] = inbox.to(address);
    expect(received?.mail.subject).toBe(subject);
    expect(received?.mail.text).toMatch(greeting);
    expect(received?.mail.html).toContain(`<html lang="${language}">`);
    expect(received?.header('content-language')).toBe(language);
  });

  it('is one for each contact and call, names 50 files in the order of the call and counts the others', async () => {
    const contacts = [await client.contact('many@example.test'), await client.contact('other@example.test')];
    const names = Array.from({ length: 53 }, (_, index) => `Paper ${index + 1}.txt`);
    const statuses = await client.tell(contacts, names);
    expect(new Set(statuses)).toEqual(new Set(['success']));
    expect(inbox.to('other@example.test')).toHaveLength(1);
    const [received, ...others] = inbox.to('many@example.test');
    expect(others).toEqual([]);
    const listed = [...(received?.mail.text ?? '').matchAll(/^- (.*)$/gm)].map(([, name]) => name);
    expect(listed).toEqual(names.slice(0, 50));
    expect(received?.mail.text).toContain('\nand 3 more\n');
  }, 60_000);

  it('that is refused is told in the result, and the others are sent', async () => {
    inbox.onRecipient = (address) => (address.startsWith('bad') ? { code: 550, message: 'no such user' } : null);
    const contacts = [await client.contact('good@example.test'), await client.contact('bad@example.test')];
    expect(await client.tell(contacts)).toEqual(['fail']);
    expect(inbox.to('good@example.test')).toHaveLength(1);
    expect(await client.mails(String(contacts[1]))).toMatchObject([{ state: 'refused', answer: '550 no such user' }]);
  });
});

describe('portico mail', () => {
  it('lists what was not delivered, and sends it again', async () => {
    inbox.onRecipient = () => ({ code: 550, message: 'no such user' });
    const contacts = [await client.contact('again-1@example.test'), await client.contact('again-2@example.test')];
    await client.tell(contacts);
    inbox.onRecipient = () => null;
    const { answer } = await operator('list', '--firm', '1', '--limit', '2');
    const mails = answer['mails'] as Record<string, unknown>[];
    expect(mails.map(({ address }) => address).sort()).toEqual(['again-1@example.test', 'again-2@example.test']);
    expect(mails[0]).toMatchObject({
      firmId: '1',
      contactName: 'Adam Smith',
      state: 'refused',
      attempts: 1,
      answer: '550 no such user',
      nextAttemptAt: null,
    });
    const [one, other] = mails.map(({ id }) => String(id));
    expect(await operator('retry', String(one))).toMatchObject({ code: 0, answer: { queued: 1 } });
    expect((await operator('retry', '--all', '--firm', '1')).answer['queued']).toBeGreaterThanOrEqual(1);
    for (const contact of contacts) expect(await client.settled(contact)).toMatchObject({ state: 'sent', attempts: 1 });
    expect((await operator('list', '--state', 'sent', '--limit', '10000')).answer['mails']).toEqual(
      expect.arrayContaining([one, other].map((id) => expect.objectContaining({ id, state: 'sent' }))),
    );
    expect(await operator('retry', String(one))).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^Only mails that were refused or failed can be sent again/),
    });
  }, 60_000);

  it.each([
    [['retry'], /give the ids of mails, or --all/],
    [['retry', '--firm', '1'], /give the ids of mails, or --all/],
    [['retry', '7'], /"7" is not the id of a mail/],
    [['list', '--state', 'lost'], /There is no state "lost"/],
    [['list', '--limit', '0'], /must be a whole number/],
  ])('refuses a wrong call: %j', async (args, message) => {
    expect(await operator(...args)).toMatchObject({ code: 2, stderr: expect.stringMatching(message) });
  });

  it('knows no mail that there is not', async () => {
    const id = '00000000-0000-7000-8000-000000000001';
    expect(await operator('retry', id)).toMatchObject({ code: 1, stderr: `There are no mails ${id}\n` });
  });
});

describe('the link that ends the mails', () => {
  let contact: string;
  let link: string;
  const isOn = async () => (await client.people.read(`/contacts/${contact}`)).attributes['notify_by_email'];

  beforeAll(async () => {
    contact = await client.contact('enough@example.test', { language: 'de' });
    await client.tell([contact]);
    const header = inbox.to('enough@example.test')[0]?.header('list-unsubscribe') ?? '';
    link = header.slice(1, -1).replace('https://files.example', server.url);
  });

  it('changes nothing when it is only looked at, and asks in the language of the contact', async () => {
    const answer = await fetch(link);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    const page = await answer.text();
    expect(page).toContain('<html lang="de">');
    expect(page).toContain('Müller &amp; Töchter');
    expect(page.match(/<button/g)).toHaveLength(1);
    expect(await isOn()).toBe(true);
  });

  it.each([
    ['by a mail program', () => ({ body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) })],
    ['a second time, as a form of parts', () => ({ body: oneClickForm() })],
    ['without a body', () => ({})],
  ])('turns the mails off when it is posted to %s', async (_how, request) => {
    const answer = await fetch(link, { method: 'POST', ...request() });
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('nicht mehr per E-Mail benachrichtigt');
    expect(await isOn()).toBe(false);
  });

  it('is obeyed by who leaves it to the contact', async () => {
    const before = inbox.to('enough@example.test').length;
    const file = (await client.files.create('quiet.txt')).id;
    expect(await client.tellOf([file], [contact], 'USE_CONTACT_PREFERENCE')).toEqual(['success']);
    expect(inbox.to('enough@example.test')).toHaveLength(before);
  });

  it.each(['nonsense', '1.1.AAAA', 'changed'])('is unknown when nobody made it: %s', async (token) => {
    const wrong =
      token === 'changed'
        ? `${link.slice(0, -2)}${link.endsWith('AA') ? 'BB' : 'AA'}`
        : `${server.url}/unsubscribe/${token}`;
    for (const method of ['GET', 'POST']) expect((await fetch(wrong, { method })).status).toBe(404);
  });

  it('leaves no trace of its secret in the log', async () => {
    await fetch(link);
    expect(server.output).toMatch(/"url":"\/unsubscribe\/…"/);
    expect(server.output).not.toContain(link.split('/').at(-1));
  });

  it('knows no other methods and no other bodies', async () => {
    expect((await fetch(link, { method: 'DELETE' })).status).toBe(405);
    const headers = { 'Content-Type': 'application/json' };
    expect((await fetch(link, { method: 'POST', headers, body: '{}' })).status).toBe(415);
  });
});

it('the metrics count the attempts by what came of them', async () => {
  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  expect(metrics).toMatch(/^mail_attempts_total\{outcome="accepted"\} [1-9]/m);
  expect(metrics).toMatch(/^mail_attempts_total\{outcome="refused"\} [1-9]/m);
  expect(metrics).toMatch(/^mails_queued 0$/m);
});

it('without SMTP_URL each mail is a file, and counts as sent', async () => {
  const own = await installations.start();
  const mails = new MailClient(own);
  const contact = await mails.contact('file@example.test');
  expect(await mails.tell([contact])).toEqual(['success']);
  const directory = path.join(own.dataDir, 'mail');
  const [name, ...others] = await readdir(directory);
  const [row] = await mails.mails(contact);
  expect(others).toEqual([]);
  expect(name).toMatch(new RegExp(`^\\d{4}-\\d{2}-\\d{2}T\\d{2}-\\d{2}-\\d{2}\\.\\d{3}Z-${row?.id}\\.eml$`));
  expect(row).toMatchObject({ state: 'sent', attempts: 1, answer: `kept as ${name}` });
  const mail = await PostalMime.parse(await readFile(path.join(directory, String(name))));
  expect(mail).toMatchObject({ to: [{ address: 'file@example.test' }], subject: '1 new document from Example Firm' });
  expect(await own.stop()).toBe(0);
}, 60_000);

function oneClickForm(): FormData {
  const form = new FormData();
  form.set('List-Unsubscribe', 'One-Click');
  return form;
}
