import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { ContactId } from '@portico/domain/kernel';
import { SmtpInbox } from '../support/smtp-inbox.js';
import { type TestDatabase, testDatabase } from '../support/test-database.js';
import { until } from '../support/until.js';
import { MailBench, operator } from './mail-bench.js';

let test: TestDatabase;
let inbox: SmtpInbox;
let bench: MailBench;

beforeAll(async () => {
  test = await testDatabase();
  inbox = new SmtpInbox();
  await inbox.start();
  bench = await MailBench.on(test.database, inbox.url);
  await bench.work();
}, 60_000);
afterAll(async () => {
  await bench?.stop();
  await inbox?.stop();
  await test.dispose();
}, 30_000);
beforeEach(() => inbox.start());
afterEach(() => {
  inbox.onRecipient = () => null;
  inbox.onMail = () => Promise.resolve(null);
});

const settled = (callId: string, seconds?: number) =>
  until(
    'the mail is settled',
    async () => ((await bench.mailOf(callId))['settled_at'] ? bench.mailOf(callId) : null),
    seconds,
  );

async function publishTo(...contacts: ContactId[]): Promise<string> {
  return bench.publish({ contacts, files: [await bench.file()] });
}

describe('a mail server', () => {
  it('that accepts: the first attempt is over when the call is told so, and the chain knows', async () => {
    const callId = await publishTo(await bench.contact({ address: 'ann@example.test' }));
    const begun = performance.now();
    await bench.queue.firstAttempts(bench.firmId, callId, 10_000);
    expect(performance.now() - begun).toBeLessThan(2000);
    const mail = await bench.mailOf(callId);
    expect(mail).toMatchObject({ state: 'sent', attempts: 1, address: 'ann@example.test', next_attempt_at: null });
    expect(mail['answer']).toMatch(/^250 /);
    const [received, ...others] = inbox.to('ann@example.test');
    expect(others).toEqual([]);
    expect(received?.header('message-id')).toBe(`<${String(mail['id'])}@firm.example>`);
    expect(await bench.eventsOf(bench.idOf(mail))).toMatchObject([
      { kind: 'mail_sent', data: { attempts: 1, messageId: received?.header('message-id') } },
    ]);
  });

  it('that refuses one of three: the others get theirs', async () => {
    inbox.onRecipient = (address) => (address.startsWith('bad') ? { code: 550, message: 'no such user' } : null);
    const contacts = [];
    for (const name of ['one', 'bad', 'two']) contacts.push(await bench.contact({ address: `${name}@example.test` }));
    const callId = await publishTo(...contacts);
    await bench.queue.firstAttempts(bench.firmId, callId, 10_000);
    const mails = await bench.mailsOf(callId);
    expect(mails.map(({ state }) => state)).toEqual(['sent', 'refused', 'sent']);
    expect(mails[1]).toMatchObject({ answer: '550 no such user', attempts: 1 });
    expect(await bench.eventsOf(String(mails[1]?.['id']) as never)).toMatchObject([{ kind: 'mail_refused' }]);
    expect(['one', 'bad', 'two'].map((name) => inbox.to(`${name}@example.test`).length)).toEqual([1, 0, 1]);
  });

  it('that is slow: the call does not wait for it longer than it may, and the mail comes once', async () => {
    const gate = Promise.withResolvers<null>();
    inbox.onMail = () => gate.promise;
    const callId = await publishTo(await bench.contact({ address: 'slow@example.test' }));
    const begun = performance.now();
    await bench.queue.firstAttempts(bench.firmId, callId, 700);
    expect(performance.now() - begun).toBeLessThan(1500);
    expect(await bench.mailOf(callId)).toMatchObject({ state: 'queued', attempts: 1, answered_at: null });
    gate.resolve(null);
    expect(await settled(callId)).toMatchObject({ state: 'sent', attempts: 1 });
    expect(inbox.to('slow@example.test')).toHaveLength(1);
  });

  it('that says later: the first attempt counts as over, and it is tried again', async () => {
    let count = 0;
    inbox.onRecipient = () => (++count < 3 ? { code: 451, message: 'try later' } : null);
    const callId = await publishTo(await bench.contact({ address: 'later@example.test' }));
    await bench.queue.firstAttempts(bench.firmId, callId, 10_000);
    const mail = await bench.mailOf(callId);
    expect(mail).toMatchObject({ state: 'queued', attempts: 1, answer: '451 try later' });
    expect(mail['next_attempt_at']).not.toBeNull();
    expect(await settled(callId)).toMatchObject({ state: 'sent', attempts: 3 });
    expect(inbox.to('later@example.test')).toHaveLength(1);
    expect(await bench.eventsOf(bench.idOf(mail))).toMatchObject([{ kind: 'mail_sent', data: { attempts: 3 } }]);
  });

  it('that is down and comes back', async () => {
    await inbox.stop();
    const callId = await publishTo(await bench.contact({ address: 'down@example.test' }));
    await bench.queue.firstAttempts(bench.firmId, callId, 10_000);
    expect(await bench.mailOf(callId)).toMatchObject({
      state: 'queued',
      answer: expect.stringMatching(/ECONNREFUSED/),
    });
    await inbox.start();
    expect(await settled(callId)).toMatchObject({ state: 'sent' });
    expect(inbox.to('down@example.test')).toHaveLength(1);
  }, 30_000);

  it('that breaks off before it answers: one attempt sends the mail once', async () => {
    const asked = () => inbox.asked.filter((address) => address === 'broken@example.test').length;
    inbox.onMail = async () => {
      await inbox.stop();
      return null;
    };
    const callId = await publishTo(await bench.contact({ address: 'broken@example.test' }));
    await bench.queue.firstAttempts(bench.firmId, callId, 10_000);
    expect(await bench.mailOf(callId)).toMatchObject({ state: 'queued', attempts: 1 });
    expect(asked()).toBe(1);
    inbox.onMail = () => Promise.resolve(null);
    await inbox.start();
    expect(await settled(callId)).toMatchObject({ state: 'sent' });
    expect(asked()).toBe(2);
    const mails = inbox.to('broken@example.test');
    expect(new Set(mails.map((received) => received.header('message-id'))).size).toBe(1);
  }, 30_000);
});

describe('what is not to be sent any more', () => {
  it.each([
    ['withdrawn', 'update publications set withdrawn_at = now() where call_id = ?'],
    [
      'archived',
      'update files set deleted_at = now() where id in (select file_id from publish_results where call_id = ?)',
    ],
    [
      'refused to the contact',
      `update contacts set portal_access = 'revoked' where id in (select contact_id from deliveries where call_id = ?)`,
    ],
  ])('%s: it fails, and nobody is asked', async (_what, sql) => {
    await inbox.stop();
    const callId = await publishTo(await bench.contact({ address: `gone-${_what.slice(0, 4)}@example.test` }));
    await until('a first attempt', async () => (await bench.mailOf(callId))['answered_at']);
    const attempts = Number((await bench.mailOf(callId))['attempts']);
    await bench.rows(sql, [callId]);
    await inbox.start();
    const mail = await settled(callId);
    expect(mail).toMatchObject({ state: 'failed' });
    expect(Number(mail['attempts'])).toBeLessThanOrEqual(attempts + 1);
    expect(inbox.to(String(mail['address']))).toEqual([]);
    expect(await bench.eventsOf(bench.idOf(mail))).toMatchObject([{ kind: 'mail_failed' }]);
  });
});

it('a mail that was refused is sent again when the operator says so, to the address that holds now', async () => {
  inbox.onRecipient = (address) => (address.startsWith('typo') ? { code: 550, message: 'no such user' } : null);
  const contact = await bench.contact({ address: 'typo@example.test' });
  const callId = await publishTo(contact);
  const { id } = await settled(callId);
  await bench.rows(`update contacts set login_email = 'right@example.test' where id = ?`, [contact]);
  expect(await bench.retry.execute(operator, { ids: [id as never] })).toBe(1);
  await bench.queue.firstAttempts(bench.firmId, callId, 10_000);
  expect(await bench.mailOf(callId)).toMatchObject({ state: 'sent', attempts: 1, address: 'right@example.test' });
  expect(inbox.to('right@example.test')).toHaveLength(1);
  expect(await bench.eventsOf(id as never)).toMatchObject([{ kind: 'mail_refused' }, { kind: 'mail_sent' }]);
});

it('200 mails of one call are sent over a few connections, while the call waits', async () => {
  const contacts = await Promise.all(Array.from({ length: 200 }, () => bench.contact()));
  const before = { received: inbox.received.length, connections: inbox.connections };
  const callId = await publishTo(...contacts);
  await bench.queue.firstAttempts(bench.firmId, callId, 50_000);
  const mails = await bench.mailsOf(callId);
  expect(mails.filter(({ state, attempts }) => state === 'sent' && attempts === 1)).toHaveLength(200);
  expect(inbox.received.length - before.received).toBe(200);
  expect(inbox.connections - before.connections).toBeLessThanOrEqual(10);
}, 60_000);
