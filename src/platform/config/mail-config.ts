import path from 'node:path';
import type { Settings } from './settings.js';

/** How mails leave. */
export interface MailConfig {
  /** Null: each mail is kept as a file in `keptIn`. May hold a password. */
  readonly smtpUrl: string | null;
  /** Absolute. */
  readonly keptIn: string;
  readonly from: MailSender;
  /** The portal's page of files, without a slash at the end. */
  readonly portalUrl: string;
  /** After how many seconds a mail is tried a second time; each later pause is twice as long. */
  readonly firstPause: number;
  /** How many seconds a mail waits for more of the same to tell. */
  readonly notifyAfter: number;
}

/** Whom mails come from; without a name of their own they bear the name of the firm. */
export interface MailSender {
  readonly name: string | null;
  readonly address: string;
}

const SENDER = /^(?:"?(?<name>[^"<>\p{Cc}]+?)"?\s*<(?<long>[^<>\s@]+@[^<>\s@]+)>|(?<short>[^<>\s@]+@[^<>\s@]+))$/u;

export function mailConfig(settings: Settings, base: { publicUrl: string; dataDir: string }): MailConfig {
  const { publicUrl, dataDir } = base;
  const portalUrl = settings.url('PORTAL_URL', ['http:', 'https:']) ?? `${publicUrl}/portal/files`;
  return {
    smtpUrl: settings.url('SMTP_URL', ['smtp:', 'smtps:']),
    keptIn: path.join(dataDir, 'mail'),
    from: sender(settings) ?? { name: null, address: `no-reply@${hostOf(publicUrl)}` },
    portalUrl: portalUrl.replace(/\/+$/, ''),
    firstPause: settings.integer('MAIL_RETRY_SECONDS', 30, 1, 3600),
    notifyAfter: settings.integer('NOTIFY_AFTER_SECONDS', 60, 0, 3600),
  };
}

function sender(settings: Settings): MailSender | null {
  const text = settings.matching('MAIL_FROM', SENDER, 'an e-mail address, or Name <address>');
  const { name, long, short } = (text && SENDER.exec(text)?.groups) || {};
  const address = long ?? short;
  return address === undefined ? null : { name: name ?? null, address };
}

/** An address by number is no name for a mail's host. */
function hostOf(url: string): string {
  const { hostname } = new URL(url);
  return /^\[|^[\d.]+$/.test(hostname) ? 'localhost' : hostname;
}
