import type { FirmId, UserId } from '@portico/domain/kernel';
import { Bursts, type DueBurst, type NewsRecipient, type SettledBurst } from '@portico/domain/notifications';
import type { Database } from '../../platform/database/database.js';
import { statement } from '../../platform/database/statement.js';
import { Statements } from '../../platform/database/statements.js';
import { ADDRESS, HAS_ACCESS, STANDING, type StandingRow, standingOf, STANDS_WITH, UNSEEN } from '../standing.sql.js';

const DUE_FIRMS = statement(
  'select distinct firm_id::text as id from notification_bursts where due_at <= $1 order by 1',
);
const TAKE = `
  with d as (
    delete from notification_bursts b
    where b.id in (select o.id from notification_bursts o where o.firm_id = ? and o.due_at <= ?
      order by o.due_at, o.id limit ? for update skip locked)
    returning b.id, b.firm_id, b.contact_id, b.user_id, b.recipient, b.type)
  select d.contact_id::text as contact_id, d.user_id::text as user_id, d.type, ${ADDRESS} as address,
    ${HAS_ACCESS} as has_access, ${STANDING},
    (select count(*)::int from notifications n
      where n.firm_id = d.firm_id and n.recipient = d.recipient and n.type = d.type and n.mail = 'waiting'
        and ${UNSEEN}) as unread
  from d left join contacts c on c.firm_id = d.firm_id and c.id = d.contact_id
    left join users u on u.firm_id = d.firm_id and u.id = d.user_id ${STANDS_WITH}
  order by d.id`;

/** What waits is told by the mail, unless it was seen meanwhile or there is none. */
const SETTLE = `
  update notifications n
  set mail = case when s.told then 'mailed' else 'dropped' end, delivery_id = case when s.told then s.delivery_id end
  from (
    select n.id, s.delivery_id, s.delivery_id is not null and ${UNSEEN} as told
    from jsonb_to_recordset(?::jsonb) as s (recipient text, type text, delivery_id uuid)
      join notifications n on n.recipient = s.recipient and n.type = s.type and n.mail = 'waiting'
      left join contacts c on c.firm_id = n.firm_id and c.id = n.contact_id
    where n.firm_id = ?
    for no key update of n) s
  where n.id = s.id`;

interface Row extends StandingRow {
  readonly user_id: string | null;
  readonly address: string | null;
}

export class SqlBursts extends Bursts {
  private readonly statements: Statements;

  constructor(private readonly database: Database) {
    super();
    this.statements = new Statements(database);
  }

  async dueFirms(now: Date): Promise<readonly FirmId[]> {
    const rows = await this.database.query<{ id: FirmId }>(DUE_FIRMS, [now]);
    return rows.map(({ id }) => id);
  }

  async takeDue(firmId: FirmId, now: Date, most: number): Promise<readonly DueBurst[]> {
    const rows = await this.statements.run<Row>(TAKE, [firmId, now, most]);
    return rows.map((row) => ({
      recipient: recipientOf(row),
      type: row.type,
      address: row.address,
      standing: standingOf(row),
    }));
  }

  async settle(firmId: FirmId, bursts: readonly SettledBurst[]): Promise<void> {
    const rows = bursts.map(({ recipient, type, deliveryId }) => ({
      recipient: recipient.contactId === null ? `user:${recipient.userId}` : `contact:${recipient.contactId}`,
      type,
      delivery_id: deliveryId,
    }));
    await this.statements.run(SETTLE, [JSON.stringify(rows), firmId]);
  }
}

function recipientOf({ contact_id: contactId, user_id: userId }: Row): NewsRecipient {
  return contactId === null ? { contactId: null, userId: userId as UserId } : { contactId, userId: null };
}
