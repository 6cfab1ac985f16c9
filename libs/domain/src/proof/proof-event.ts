import type { ContactId, DeliveryId, FileId } from '../kernel/index.js';

export const PROOF_EVENTS = [
  'published',
  'withdrawn',
  'mail_sent',
  'mail_refused',
  'mail_failed',
  'viewed',
  'downloaded',
  'download_interrupted',
  'acknowledged',
] as const;
export type ProofEventKind = (typeof PROOF_EVENTS)[number];

/** What happened to a published file, as it is told to the chain. */
export interface NewProofEvent {
  readonly kind: ProofEventKind;
  /** Null when it is about a mail, which may tell of many files. */
  readonly fileId: FileId | null;
  /** Null when it is about several contacts: `data` names them. */
  readonly contactId: ContactId | null;
  readonly deliveryId: DeliveryId | null;
  /** Only what JSON holds as it is: no dates, no undefined. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** An event as it stands in the chain of its firm. Hashes are SHA-256 in lower-case hex. */
export interface ProofEvent extends Omit<NewProofEvent, 'data'> {
  /** From 1 on, without gaps. */
  readonly seq: number;
  readonly at: Date;
  /** JSON, letter by letter as it was hashed. */
  readonly data: string;
  /** Of the event before it; 64 zeros for the first. */
  readonly previousHash: string;
  readonly hash: string;
}

/** The hash before the first event of a chain. */
export const NO_HASH = '0'.repeat(64);

/**
 * The text of which an event's hash is the SHA-256 (in UTF-8): anyone who has the event can hash it again. Instants are
 * ISO 8601 in UTC with milliseconds.
 */
export function hashedText(firmId: string, event: Omit<ProofEvent, 'hash'>): string {
  const { seq, at, kind, fileId, contactId, deliveryId, data, previousHash } = event;
  return JSON.stringify([firmId, seq, at.toISOString(), kind, fileId, contactId, deliveryId, data, previousHash]);
}
