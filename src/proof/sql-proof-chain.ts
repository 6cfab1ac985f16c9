import type { Clock, FirmId } from '@portico/domain/kernel';
import { hashedText, type NewProofEvent, NO_HASH, ProofChain, type ProofEvent } from '@portico/domain/proof';
import type { Database } from '../platform/database/database.js';
import { hashOf, type HeadSeal } from './head-seal.js';

interface HeadRow {
  seq: string;
  hash: string;
}

const FIRST = `insert into proof_heads (firm_id, seq, hash, seal) values (?, 0, decode(?, 'hex'), decode(?, 'hex'))
  on conflict do nothing`;
const HOLD = `select seq::text, encode(hash, 'hex') as hash from proof_heads where firm_id = ? for update`;
const APPEND = `insert into proof_events
    (firm_id, seq, at, kind, file_id, contact_id, delivery_id, data, previous_hash, hash)
  select ?, e.seq, ?, e.kind, e.file_id, e.contact_id, e.delivery_id, e.data::json,
    decode(e.previous_hash, 'hex'), decode(e.hash, 'hex')
  from jsonb_to_recordset(?::jsonb) as e (seq bigint, kind text, file_id bigint, contact_id bigint, delivery_id uuid,
    data text, previous_hash text, hash text)`;
const MOVE_HEAD = `update proof_heads set seq = ?, hash = decode(?, 'hex'), seal = decode(?, 'hex') where firm_id = ?`;

export class SqlProofChain extends ProofChain {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly seal: HeadSeal,
  ) {
    super();
  }

  async append(firmId: FirmId, events: readonly NewProofEvent[]): Promise<void> {
    if (events.length === 0) return;
    const { em } = this.database;
    const head = await this.hold(firmId);
    const at = this.clock.now();
    const chained = chain(firmId, { seq: Number(head.seq), hash: head.hash }, at, events);
    const rows = chained.map((event) => ({
      seq: event.seq,
      kind: event.kind,
      file_id: event.fileId,
      contact_id: event.contactId,
      delivery_id: event.deliveryId,
      data: event.data,
      previous_hash: event.previousHash,
      hash: event.hash,
    }));
    await em.execute(APPEND, [firmId, at, JSON.stringify(rows)]);
    const last = chained[chained.length - 1] as ProofEvent;
    await em.execute(MOVE_HEAD, [last.seq, last.hash, this.seal.of(firmId, last.seq, last.hash), firmId]);
  }

  /** The head of the chain, which nobody else moves until the unit of work ends. */
  private async hold(firmId: FirmId): Promise<HeadRow> {
    const { em } = this.database;
    const found: HeadRow[] = await em.execute(HOLD, [firmId]);
    if (found[0]) return found[0];
    await em.execute(FIRST, [firmId, NO_HASH, this.seal.of(firmId, 0, NO_HASH)]);
    const made: HeadRow[] = await em.execute(HOLD, [firmId]);
    if (!made[0]) throw new Error(`firm ${firmId} has no chain of events`);
    return made[0];
  }
}

/** `events` as they follow on `head`. */
function chain(
  firmId: FirmId,
  head: { readonly seq: number; readonly hash: string },
  at: Date,
  events: readonly NewProofEvent[],
): ProofEvent[] {
  let { seq, hash } = head;
  return events.map(({ data, ...event }) => {
    const unhashed = { ...event, seq: ++seq, at, data: JSON.stringify(data), previousHash: hash };
    hash = hashOf(hashedText(firmId, unhashed));
    return { ...unhashed, hash };
  });
}
