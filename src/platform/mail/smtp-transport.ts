import { createTransport } from 'nodemailer';
import { MailTransport, type MailAnswer, type OutgoingMail } from './mail-transport.js';
import { messageOf } from './message.js';
import { answerOf } from './smtp-answer.js';

const CONNECT_MS = 10_000;
/** A server may be slow with its answer; to ask again after less would deliver the mail twice (RFC 5321, 4.5.3.2.6). */
const SILENCE_MS = 600_000;

/** Hands mails to a server over a few connections that stay open. */
export class SmtpTransport extends MailTransport {
  private readonly mailer;

  /** `url` is `smtp:` or `smtps:`, with name and password where the server wants them. */
  constructor(url: string) {
    super();
    this.mailer = createTransport({
      pool: true,
      url,
      maxConnections: 5,
      maxMessages: 100,
      // only what was not begun is taken to another connection; more than that is the queue's to decide
      maxRequeues: 2,
      connectionTimeout: CONNECT_MS,
      greetingTimeout: CONNECT_MS,
      dnsTimeout: CONNECT_MS,
      socketTimeout: SILENCE_MS,
    });
  }

  async send(mail: OutgoingMail): Promise<MailAnswer> {
    try {
      const { response } = await this.mailer.sendMail(messageOf(mail));
      return { kind: 'accepted', answer: String(response) };
    } catch (error) {
      return answerOf(error);
    }
  }

  close(): void {
    this.mailer.close();
  }
}
