import type { ContactId } from '@portico/domain/kernel';
import type { MailStanding } from '@portico/domain/notifications';

/**
 * What decides whether a person is told by mail, of a row with a contact `c` or a user `u`, a type, and how much is
 * unread.
 */
export interface StandingRow {
  readonly contact_id: ContactId | null;
  readonly type: string;
  readonly has_access: boolean;
  readonly wants_mails: boolean;
  readonly preferred: boolean | null;
  /** Null when the firm says nothing of the type. */
  readonly supports_portal: boolean | null;
  readonly default_in_app: boolean | null;
  readonly default_email: boolean | null;
  readonly unread: number;
}

export const ADDRESS = 'coalesce(c.login_email, u.email)';
export const HAS_ACCESS = `(u.id is not null or coalesce(c.portal_access in ('invited', 'active'), false))`;

/** What the person and the firm `t` say of the type. */
export const STANDING = `coalesce(c.notify_by_email, true) as wants_mails, p.channel_email as preferred,
  t.supports_portal, t.default_in_app, t.default_email`;
/** The rows for that, beside `d` with the firm, the contact and the type. */
export const STANDS_WITH = `
  left join notification_preferences p on p.contact_id = d.contact_id and p.type = d.type
  left join notification_types t on t.firm_id = d.firm_id and t.type = d.type`;

/** What the reader of `n` has not seen; `c` is the contact. Who went over to another client has nothing to see of it. */
export const UNSEEN = `n.read_at is null and n.archived_at is null
  and (n.contact_id is null or n.client_id is not distinct from c.client_id)`;

export function standingOf(row: StandingRow): MailStanding {
  const { supports_portal: supportsPortal, default_in_app: inApp, default_email: email } = row;
  return {
    isContact: row.contact_id !== null,
    hasAccess: row.has_access,
    wantsMails: row.wants_mails,
    preferred: row.preferred,
    own:
      supportsPortal === null || inApp === null || email === null
        ? null
        : { type: row.type, supportsPortal, defaultInApp: inApp, defaultEmail: email },
    unread: row.unread,
  };
}
