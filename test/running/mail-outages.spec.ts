import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Installations } from '../support/installations.js';
import { MailClient } from '../support/mail-client.js';
import type { PorticoServer } from '../support/portico-server.js';
import { killPostgres } from '../support/processes.js';
import { SmtpInbox } from '../support/smtp-inbox.js';
import { until } from '../support/until.js';

/** A minute at most until the jobs of a server that was killed are taken over. */
const TAKEOVER_SECONDS = 60;

describe('mails under way', () => {
  const installations = new Installations();
  const inbox = new SmtpInbox();
  let server: PorticoServer;
  let client: MailClient;

  beforeAll(async () => {
    await inbox.start();
    installations.atEnd(() => inbox.stop());
    server = await installations.start({ env: { SMTP_URL: inbox.url, MAIL_RETRY_SECONDS: '1' } });
    client = new MailClient(server);
  }, 60_000);
  afterAll(() => installations.remove(), 60_000);

  /** The mail server has the next mail, and does not answer before `answer`. */
  function holdTheNextMail(): { reached: Promise<void>; answer: () => void } {
    const gate = Promise.withResolvers<null>();
    const reached = Promise.withResolvers<void>();
    inbox.onMail = () => {
      inbox.onMail = () => Promise.resolve(null);
      reached.resolve();
      return gate.promise;
    };
    return { reached: reached.promise, answer: () => gate.resolve(null) };
  }

  /** Publishes to a new contact; answers when the mail is held. */
  async function mailUnderWay(
    address: string,
  ): Promise<{ contact: string; answer: () => void; call: Promise<unknown> }> {
    const contact = await client.contact(address);
    const { reached, answer } = holdTheNextMail();
    const call = client.tell([contact]).catch(() => undefined);
    await reached;
    return { contact, answer, call };
  }

  async function again(): Promise<void> {
    server = await installations.again(server);
    client = new MailClient(server);
  }

  it('end before an orderly stop does, also when no call waits for them', async () => {
    const contact = await client.contact('stop@example.test');
    inbox.onRecipient = () => ({ code: 550, message: 'no such user' });
    await client.tell([contact]);
    inbox.onRecipient = () => null;
    const { reached, answer } = holdTheNextMail();
    expect(await server.command('mail', 'retry', '--all')).toMatchObject({ code: 0 });
    await reached;
    const stopped = server.stop();
    await until('new connections are refused', () =>
      fetch(`${server.url}/health/live`).then(
        () => false,
        () => true,
      ),
    );
    answer();
    expect(await stopped).toBe(0);
    await again();
    expect(await client.mails(contact)).toMatchObject([{ state: 'sent', attempts: 1 }]);
    expect(inbox.to('stop@example.test')).toHaveLength(1);
  }, 60_000);

  it('are written down when the database was away meanwhile, and not sent again', async () => {
    const { contact, answer, call } = await mailUnderWay('database@example.test');
    await killPostgres(server.dataDir);
    answer();
    await until('the mail is taken', () => inbox.to('database@example.test').length > 0);
    await call;
    expect(await client.settled(contact, 30)).toMatchObject({ state: 'sent', attempts: 1 });
    const next = await client.contact('after-the-outage@example.test');
    expect(await client.tell([next])).toEqual(['success']);
    expect(inbox.to('database@example.test')).toHaveLength(1);
  }, 90_000);

  it('arrive after a kill -9 and a restart', async () => {
    const { contact, answer } = await mailUnderWay('killed@example.test');
    await server.kill();
    answer();
    await again();
    expect(await client.settled(contact, TAKEOVER_SECONDS)).toMatchObject({ state: 'sent', attempts: 2 });
    const mails = inbox.to('killed@example.test');
    expect(new Set(mails.map((mail) => mail.header('message-id'))).size).toBe(1);
  }, 120_000);
});
