import type { ContactId, DeliveryId, EntityId, GroupId, UserId } from '../kernel/index.js';
import type { ProofEvent } from '../proof/index.js';
import type { PublishingRule } from './audience.js';
import type { DeliveryItem, ReceiptSource } from './publishing-queries.js';

/** A time during which a contact could see a file. */
export interface ReceiptPublication {
  readonly publishedAt: Date;
  /** Null: the contact, who has sent it. */
  readonly publishedBy: UserId | null;
  readonly rule: PublishingRule['kind'];
  readonly ruleId: EntityId | GroupId | null;
  /** Of the bytes that were published. */
  readonly sha256: string;
  readonly withdrawnAt: Date | null;
  readonly withdrawnBy: UserId | null;
}

/** When something was done first and last, and how often. */
export interface ReceiptTimes {
  readonly firstAt: Date;
  readonly lastAt: Date;
  readonly count: number;
}

/** Which bytes have left: ranges from the first byte to the last, both counted, ascending and apart. */
export interface ReceiptDownloads extends ReceiptTimes {
  readonly sha256: string;
  readonly ranges: readonly (readonly [from: number, to: number])[];
  /** Whether that is every byte of the file. */
  readonly isComplete: boolean;
}

/** Everything that is known of one contact and one file. */
export interface ContactReceipt {
  readonly contactId: ContactId;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly publications: readonly ReceiptPublication[];
  readonly mails: readonly (DeliveryItem & { readonly address: string | null })[];
  readonly viewed: ReceiptTimes | null;
  readonly downloaded: ReceiptDownloads | null;
  readonly acknowledgedAt: Date | null;
}

interface PublishedData {
  readonly user: UserId | null;
  readonly sha256: string;
  readonly contacts: readonly { contact: ContactId; rule: PublishingRule['kind']; of: EntityId | GroupId | null }[];
  readonly told: readonly { contact: ContactId; delivery: DeliveryId }[];
}
interface WithdrawnData {
  readonly user: UserId;
  readonly contacts: readonly ContactId[];
}
interface DownloadedData {
  readonly sha256: string;
  readonly bytes: number;
  readonly from: number;
  readonly to: number;
  /** Fetched by a program before the contact had asked for it. */
  readonly prefetch?: boolean;
}

interface InterruptedData {
  readonly from: number;
  readonly to: number;
  /** How many bytes of the range had left. */
  readonly sent: number;
}

/** Tells, contact by contact in ascending order, what the events of a file prove. */
export function receiptOf(source: ReceiptSource): ContactReceipt[] {
  const contacts = new Map<ContactId, ContactFold>();
  const of = (id: ContactId): ContactFold => {
    const fold = contacts.get(id) ?? new ContactFold(id);
    contacts.set(id, fold);
    return fold;
  };
  for (const event of source.events) tell(event, of);
  for (const { contactId, ...delivery } of source.deliveries) of(contactId).mails.push(delivery);
  const names = new Map(source.contacts.map((contact) => [contact.id, contact]));
  return [...contacts.values()]
    .map((fold) => fold.receipt(names.get(fold.contactId) ?? null))
    .sort((one, other) => (BigInt(one.contactId) < BigInt(other.contactId) ? -1 : 1));
}

function tell(event: ProofEvent, of: (id: ContactId) => ContactFold): void {
  const data: unknown = JSON.parse(event.data);
  if (event.kind === 'published') {
    const { user, sha256, contacts } = data as PublishedData;
    for (const { contact, rule, of: ruleId } of contacts)
      of(contact).publish({ publishedAt: event.at, publishedBy: user, rule, ruleId, sha256 });
  } else if (event.kind === 'withdrawn') {
    const { user, contacts } = data as WithdrawnData;
    for (const contact of contacts) of(contact).withdraw(event.at, user);
  } else if (event.contactId !== null) {
    const fold = of(event.contactId);
    if (event.kind === 'viewed') fold.viewed = counted(fold.viewed, event.at);
    if (event.kind === 'downloaded') fold.download(event.at, data as DownloadedData);
    if (event.kind === 'download_interrupted') fold.interrupt(data as InterruptedData);
    if (event.kind === 'acknowledged') fold.acknowledgedAt ??= event.at;
  }
}

class ContactFold {
  readonly mails: ContactReceipt['mails'][number][] = [];
  viewed: ReceiptTimes | null = null;
  acknowledgedAt: Date | null = null;
  private readonly publications: ReceiptPublication[] = [];
  private times: ReceiptTimes | null = null;
  private readonly parts: [number, number][] = [];
  private content = { sha256: '', bytes: 0 };

  constructor(readonly contactId: ContactId) {}

  publish(publication: Omit<ReceiptPublication, 'withdrawnAt' | 'withdrawnBy'>): void {
    this.publications.push({ ...publication, withdrawnAt: null, withdrawnBy: null });
  }

  withdraw(withdrawnAt: Date, withdrawnBy: UserId): void {
    const last = this.publications.pop();
    if (last) this.publications.push({ ...last, withdrawnAt, withdrawnBy });
  }

  download(at: Date, { sha256, bytes, from, to, prefetch = false }: DownloadedData): void {
    if (prefetch) return; // the events show it, but it was nobody's look
    this.times = counted(this.times, at);
    this.content = { sha256, bytes };
    if (to >= from) this.parts.push([from, to]);
  }

  /** What was recorded before the first byte left is cut to what really did. */
  interrupt({ from, to, sent }: InterruptedData): void {
    const index = this.parts.findLastIndex((part) => part[0] === from && part[1] === to);
    if (index < 0) return;
    if (sent > 0) this.parts[index] = [from, from + sent - 1];
    else this.parts.splice(index, 1);
  }

  receipt(name: { readonly firstName: string; readonly lastName: string } | null): ContactReceipt {
    const { contactId, publications, mails, viewed, acknowledgedAt, times } = this;
    const ranges = joined(this.parts);
    const { sha256, bytes } = this.content;
    const isComplete = bytes === 0 || (ranges.length === 1 && ranges[0]?.[0] === 0 && ranges[0][1] === bytes - 1);
    const downloaded = times && { ...times, sha256, ranges, isComplete };
    const { firstName = null, lastName = null } = name ?? {};
    return { contactId, firstName, lastName, publications, mails, viewed, downloaded, acknowledgedAt };
  }
}

function counted(times: ReceiptTimes | null, at: Date): ReceiptTimes {
  return times ? { ...times, lastAt: at, count: times.count + 1 } : { firstAt: at, lastAt: at, count: 1 };
}

/** The same bytes as ranges that neither overlap nor touch. */
function joined(parts: readonly [number, number][]): [number, number][] {
  const apart: [number, number][] = [];
  for (const [from, to] of [...parts].sort(([one], [other]) => one - other)) {
    const last = apart.at(-1);
    if (last && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else apart.push([from, to]);
  }
  return apart;
}
