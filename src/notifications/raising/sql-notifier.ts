import type { Clock, FirmId } from '@portico/domain/kernel';
import { type FirmType, kindOf, type NewNotification, Notifier, settingsOf } from '@portico/domain/notifications';
import type { Statements } from '../../platform/database/statements.js';
import type { BurstJobs } from '../bursts/burst-jobs.js';
import { RAISE } from './raise.sql.js';

const FIRM_TYPES = `select type, supports_portal as "supportsPortal", default_in_app as "defaultInApp",
    default_email as "defaultEmail"
  from notification_types where firm_id = ? and type = any (?::text[])`;

/** For how long mails wait for more to tell, in seconds: since the last, and at most since the first. */
export interface Debounce {
  readonly after: number;
  readonly most: number;
}

/** Three statements: what the firm says of the types, the rows, and the job that looks at the mails when they are due. */
export class SqlNotifier extends Notifier {
  constructor(
    private readonly statements: Statements,
    private readonly jobs: BurstJobs,
    private readonly debounce: Debounce,
    private readonly clock: Clock,
  ) {
    super();
  }

  async raise(firmId: FirmId, notifications: readonly NewNotification[]): Promise<void> {
    if (notifications.length === 0) return;
    const own = await this.firmTypes(firmId, notifications);
    const rows = notifications.flatMap((one, n) => rowOf(one, n, own.get(one.type) ?? null) ?? []);
    if (rows.length === 0) return;
    const { after, most } = this.debounce;
    const now = this.clock.now();
    const due = new Date(now.getTime() + after * 1000);
    const values = [JSON.stringify(rows), firmId, now, due, `${most} seconds`];
    const [raised] = await this.statements.run<{ is_waiting: boolean }>(RAISE, values);
    if (raised?.is_waiting) await this.jobs.add(firmId, due);
  }

  private async firmTypes(
    firmId: FirmId,
    notifications: readonly NewNotification[],
  ): Promise<ReadonlyMap<string, FirmType>> {
    const types = [...new Set(notifications.map(({ type }) => type))];
    const rows = await this.statements.run<FirmType>(FIRM_TYPES, [firmId, `{${types.join(',')}}`]);
    return new Map(rows.map((row) => [row.type, row]));
  }
}

/** Null when the firm does not tell clients of it. */
function rowOf({ to, by, ...one }: NewNotification, n: number, own: FirmType | null): object | null {
  const { isForClients, isCritical, defaults } = settingsOf(one.type, own);
  const isForUsers = 'userIds' in to;
  if (!isForUsers && !isForClients) return null;
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
