import { LockMode } from '@mikro-orm/core';
import type { DeliveryId, FirmId } from '@portico/domain/kernel';
import { Delivery, DeliveryRepository } from '@portico/domain/notifications';
import type { Database } from '../platform/database/database.js';

const ADD = `insert into deliveries (id, firm_id, call_id, contact_id, user_id, address, state, attempts, answer, queued_at,
    answered_at, settled_at)
  select id, firm_id, call_id, contact_id, user_id, address, state, attempts, answer, queued_at, answered_at, settled_at
  from jsonb_to_recordset(?::jsonb) as d (id uuid, firm_id bigint, call_id uuid, contact_id bigint, user_id bigint,
    address text, state text, attempts integer, answer text, queued_at timestamptz, answered_at timestamptz,
    settled_at timestamptz)`;
const LOCKED = { lockMode: LockMode.PESSIMISTIC_WRITE } as const;

export class MikroOrmDeliveryRepository extends DeliveryRepository {
  constructor(private readonly database: Database) {
    super();
  }

  async add(deliveries: readonly Delivery[]): Promise<void> {
    if (deliveries.length === 0) return;
    const rows = deliveries.map((delivery) => ({
      id: delivery.id,
      firm_id: delivery.firmId,
      call_id: delivery.callId,
      contact_id: delivery.contactId,
      user_id: delivery.userId,
      address: delivery.address,
      state: delivery.state,
      attempts: delivery.attempts,
      answer: delivery.answer,
      queued_at: delivery.queuedAt,
      answered_at: delivery.answeredAt,
      settled_at: delivery.settledAt,
    }));
    await this.database.em.execute(ADD, [JSON.stringify(rows)]);
  }

  find(firmId: FirmId, id: DeliveryId): Promise<Delivery | null> {
    return this.database.em.findOne(Delivery, { firmId, id }, LOCKED);
  }

  listLocked(ids: readonly DeliveryId[]): Promise<readonly Delivery[]> {
    return this.database.em.find(Delivery, { id: { $in: [...ids] } }, { ...LOCKED, orderBy: { id: 'asc' } });
  }

  undelivered(firmId: FirmId | null, before: Date, most: number): Promise<readonly Delivery[]> {
    return this.database.em.find(
      Delivery,
      { state: { $in: ['refused', 'failed'] }, settledAt: { $lt: before }, ...(firmId && { firmId }) },
      { ...LOCKED, orderBy: { settledAt: 'asc', id: 'asc' }, limit: most },
    );
  }
}
