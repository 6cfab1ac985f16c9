import type { NodemailerError } from 'nodemailer';
import type { MailAnswer } from './mail-transport.js';

/** The server refuses us, not the mail: that passes when the settings are mended. */
const ABOUT_US = new Set([503, 530, 534, 535, 538]);

/**
 * What a failed attempt means. Refused is what the server answers with a 5xx to the sender, the recipient or the mail
 * itself (RFC 5321, section 4.2.1), and an address that can't be written into a mail. All else may pass: 4xx, a
 * connection that fails, TLS, a wrong password, silence.
 */
export function answerOf(error: unknown): MailAnswer {
  const { code, responseCode, response, message } = error as NodemailerError;
  const isAboutTheMail = code === 'EENVELOPE' || code === 'EMESSAGE';
  const isFinal = responseCode === undefined || (responseCode >= 500 && !ABOUT_US.has(responseCode));
  const answer = typeof response === 'string' && response !== '' ? response : message;
  return { kind: isAboutTheMail && isFinal ? 'refused' : 'postponed', answer };
}
