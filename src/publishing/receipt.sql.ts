import type { ContactId, DeliveryId, FileId } from '@portico/domain/kernel';
import type { DeliveryState } from '@portico/domain/notifications';
import type { ProofEventKind } from '@portico/domain/proof';
import type { ReceiptSource } from '@portico/domain/publishing';

/** The instants in milliseconds since 1970, as JSON knows no dates. */
const millis = (column: string): string => `(extract(epoch from ${column}) * 1000)::bigint`;

/**
 * Everything that a receipt is made of in one statement, so that it is of one moment. The values: the firm, the file.
 * `file` and `contact` are the conditions under which the reader sees the row `f`, and who the contact `c` is.
 */
export function receiptSource(file: string, contact: string): string {
  return `
    with file as materialized (
      select f.id, f.name, b.bytes, encode(b.sha256, 'hex') as sha256
      from files f join blobs b on b.key = f.blob_key
      where f.firm_id = $1 and f.id = $2::bigint and ${file}),
    mail as materialized (
      select d.* from file, publish_results r
        join deliveries d on d.call_id = r.call_id and d.contact_id = any (r.told_contact_ids)
      where r.firm_id = $1 and r.file_id = file.id),
    event as materialized (
      select e.* from file, proof_events e where e.firm_id = $1 and e.file_id = file.id
      union all
      select e.* from mail join proof_events e on e.delivery_id = mail.id where e.firm_id = $1),
    contact as (
      select c.id, c.first_name, c.last_name from file, contacts c
      where c.firm_id = $1 and ${contact} and c.id in (
        select contact_id from publications p where p.file_id = file.id union select contact_id from mail))
    select file.*,
      (select jsonb_agg(jsonb_build_object('seq', seq, 'at', ${millis('at')}, 'kind', kind, 'fileId', file_id::text,
          'contactId', contact_id::text, 'deliveryId', delivery_id, 'data', data::text,
          'previousHash', encode(previous_hash, 'hex'), 'hash', encode(hash, 'hex')) order by seq)
        from event) as events,
      (select jsonb_agg(jsonb_build_object('id', id, 'contactId', contact_id::text,
          'address', case when contact_id in (select id from contact) then address end, 'state', state,
          'attempts', attempts, 'answer', answer, 'queuedAt', ${millis('queued_at')},
          'attemptedAt', ${millis('attempted_at')}, 'settledAt', ${millis('settled_at')}) order by queued_at, id)
        from mail) as deliveries,
      (select jsonb_agg(jsonb_build_object('id', id::text, 'firstName', first_name, 'lastName', last_name))
        from contact) as contacts
    from file`;
}

interface EventRow {
  readonly seq: number;
  readonly at: number;
  readonly kind: ProofEventKind;
  readonly fileId: FileId | null;
  readonly contactId: ContactId | null;
  readonly deliveryId: DeliveryId | null;
  readonly data: string;
  readonly previousHash: string;
  readonly hash: string;
}
interface MailRow {
  readonly id: DeliveryId;
  readonly contactId: ContactId;
  readonly address: string | null;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly answer: string | null;
  readonly queuedAt: number;
  readonly attemptedAt: number | null;
  readonly settledAt: number | null;
}

export interface ReceiptRow {
  readonly id: FileId;
  readonly name: string;
  readonly sha256: string;
  readonly bytes: string;
  readonly events: readonly EventRow[] | null;
  readonly deliveries: readonly MailRow[] | null;
  readonly contacts: ReceiptSource['contacts'] | null;
}

export function sourceOf({ events, deliveries, contacts, bytes, ...file }: ReceiptRow): ReceiptSource {
  return {
    file: { ...file, bytes: Number(bytes) },
    events: (events ?? []).map((event) => ({ ...event, at: new Date(event.at) })),
    deliveries: (deliveries ?? []).map((mail) => ({
      ...mail,
      queuedAt: new Date(mail.queuedAt),
      attemptedAt: dateOf(mail.attemptedAt),
      settledAt: dateOf(mail.settledAt),
    })),
    contacts: contacts ?? [],
  };
}

const dateOf = (millis: number | null): Date | null => (millis === null ? null : new Date(millis));
