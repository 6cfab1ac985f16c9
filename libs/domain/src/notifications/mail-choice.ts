import { channelsOf, type FirmType, settingsOf } from './notification-types.js';

/** What decides whether somebody is told by mail of what waits, as it stands at one moment. */
export interface MailStanding {
  /** Whether it is a contact; else a user. */
  readonly isContact: boolean;
  /** Of a contact, whether they may use the portal. */
  readonly hasAccess: boolean;
  /** Of a contact, whether they want mails at all. */
  readonly wantsMails: boolean;
  /** What they have chosen for this type; null when nothing. */
  readonly preferred: boolean | null;
  /** What the firm says of the type; null when nothing. */
  readonly own: Pick<FirmType, 'type' | 'supportsPortal' | 'defaultInApp' | 'defaultEmail'> | null;
  /** How much there is that they have not seen in the meantime. */
  readonly unread: number;
}

/**
 * Why no mail tells somebody of what happened; null when one does. The order is that of precedence: what is critical
 * can't be muted, neither with all mails nor with those of the type; a firm that tells clients nothing of a type does so
 * of a critical one too; and what was seen in the portal needs no mail.
 */
export function reasonAgainstMail(type: string, standing: MailStanding): string | null {
  const { isContact, hasAccess, wantsMails, preferred, own, unread } = standing;
  const settings = settingsOf(type, own);
  if (!hasAccess) return 'the contact has no access to the portal any more';
  if (unread === 0) return 'what it tells of was read or taken away before the mail was sent';
  if (isContact && !settings.isForClients) return 'the firm tells clients nothing of this type';
  if (!settings.isCritical && !wantsMails) return 'the contact wants no mails';
  const { email } = channelsOf(settings, preferred === null ? null : { email: preferred });
  return email ? null : 'mails of this type are not wanted';
}
