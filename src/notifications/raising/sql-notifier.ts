import type { Clock, FirmId } from '@portico/domain/kernel';
import { kindOf, type NewNotification, Notifier, settingsOf } from '@portico/domain/notifications';
import type { Statements } from '../../platform/database/statements.js';
import { RAISE } from './raise.sql.js';

/** For how long mails wait for more to tell, in seconds: since the last, and at most since the first. */
export interface Debounce {
  readonly after: number;
  readonly most: number;
}

/** Writes what people are told, and what waits to be mailed, in one statement. */
export class SqlNotifier extends Notifier {
  constructor(
    private readonly statements: Statements,
    private readonly debounce: Debounce,
    private readonly clock: Clock,
  ) {
    super();
  }

  async raise(firmId: FirmId, notifications: readonly NewNotification[]): Promise<void> {
    if (notifications.length === 0) return;
    const { after, most } = this.debounce;
    const now = this.clock.now();
    const due = new Date(now.getTime() + after * 1000);
    const rows = JSON.stringify(notifications.map(rowOf));
    await this.statements.run(RAISE, [rows, firmId, now, due, `${most} seconds`]);
  }
}

/** With what holds where the firm says nothing of the type. */
function rowOf({ to, by, ...one }: NewNotification, n: number): object {
  const { isCritical, defaults } = settingsOf(one.type, null);
  const isForUsers = 'userIds' in to;
  const ids = isForUsers ? to.userIds : to.kind === 'firm' ? [] : to.ids;
  return {
    n,
    type: one.type,
    audience: isForUsers ? 'users' : to.kind,
    ids: [...new Set<string>(ids)],
    client_id: one.clientId,
    resource_type: one.resource?.type ?? null,
    resource_id: one.resource?.id ?? null,
    names: one.names,
    by_user_id: by && 'userId' in by ? by.userId : null,
    by_contact_id: by && 'contactId' in by ? by.contactId : null,
    in_app: defaults.inApp,
    is_critical: isCritical,
    is_mailed: !kindOf(one.type)?.hasOwnMail,
  };
}
