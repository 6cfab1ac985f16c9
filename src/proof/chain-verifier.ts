import type { ContactId, DeliveryId, FileId, FirmId } from '@portico/domain/kernel';
import {
  ChainWalk,
  hashedText,
  type ProofEvent,
  type ProofEventKind,
  type ProofFault,
  type ProofHead,
} from '@portico/domain/proof';
import type { Database } from '../platform/database/database.js';
import { hashOf, type HeadSeal } from './head-seal.js';

const PAGE = 5000;
const ONE_MOMENT = 'set transaction isolation level repeatable read, read only';
const HEAD = `select seq::text, encode(hash, 'hex') as hash, encode(seal, 'hex') as seal from proof_heads where firm_id = ?`;
const EVENTS = `select seq::text, at, kind, file_id::text, contact_id::text, delivery_id::text, data::text,
    encode(previous_hash, 'hex') as previous_hash, encode(hash, 'hex') as hash
  from proof_events e where e.firm_id = ? and e.seq > ? order by e.seq limit ${PAGE}`; // `seq` alone is the text

interface EventRow {
  readonly seq: string;
  readonly at: Date | string;
  readonly kind: ProofEventKind;
  readonly file_id: FileId | null;
  readonly contact_id: ContactId | null;
  readonly delivery_id: DeliveryId | null;
  readonly data: string;
  readonly previous_hash: string;
  readonly hash: string;
}

/** What was found out about the chain of a firm. */
export interface Verification {
  readonly firmId: FirmId;
  readonly events: number;
  readonly faults: readonly ProofFault[];
}

/** Walks along chains of events, and finds what was changed or removed. */
export class ChainVerifier {
  constructor(
    private readonly database: Database,
    private readonly seal: HeadSeal,
  ) {}

  /** All firms, ascending, with the number of their events as the heads tell it. */
  async firms(): Promise<{ firmId: FirmId; events: number }[]> {
    const rows: { id: string; seq: string }[] = await this.database.em.execute(
      `select f.id::text, coalesce(h.seq, 0)::text as seq from firms f left join proof_heads h on h.firm_id = f.id
       order by f.id`,
    );
    return rows.map(({ id, seq }) => ({ firmId: id as FirmId, events: Number(seq) }));
  }

  /** One moment of the chain is looked at, whatever is added meanwhile. `seen` is told how many events it has walked. */
  verify(firmId: FirmId, seen: (events: number) => void = () => undefined): Promise<Verification> {
    const walk = new ChainWalk(firmId, (firm, event) => hashOf(hashedText(firm, event)));
    return this.database.em.transactional(async () => {
      await this.database.em.execute(ONE_MOMENT);
      const head = await this.head(firmId);
      for (let after = 0; ;) {
        const events = await this.events(firmId, after);
        for (const event of events) walk.step(event);
        const last = events.at(-1);
        if (!last) break;
        after = last.seq;
        seen(events.length);
      }
      walk.end(head);
      return { firmId, ...walk.result };
    });
  }

  private async head(firmId: FirmId): Promise<ProofHead | null> {
    const rows: { seq: string; hash: string; seal: string }[] = await this.database.em.execute(HEAD, [firmId]);
    if (!rows[0]) return null;
    const [seq, { hash, seal }] = [Number(rows[0].seq), rows[0]];
    return { seq, hash, isSealed: this.seal.isGood(firmId, seq, hash, seal) };
  }

  private async events(firmId: FirmId, after: number): Promise<ProofEvent[]> {
    const rows: EventRow[] = await this.database.em.execute(EVENTS, [firmId, after]);
    return rows.map((row) => ({
      seq: Number(row.seq),
      at: new Date(row.at),
      kind: row.kind,
      fileId: row.file_id,
      contactId: row.contact_id,
      deliveryId: row.delivery_id,
      data: row.data,
      previousHash: row.previous_hash,
      hash: row.hash,
    }));
  }
}
