import { type ContactId, type Data, type DeliveryId, Entity, type FirmId, type UserId } from '../kernel/index.js';

export const DELIVERY_STATES = ['queued', 'sent', 'refused', 'failed'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** How often a mail is tried at most; with the pauses between them that takes a day and some hours. */
export const MAX_ATTEMPTS = 14;
/** In seconds. */
export const LONGEST_PAUSE = 6 * 3600;
const LONGEST_ANSWER = 500;

export const NO_ADDRESS = 'the contact has no address';

/** Whose mail it is, and where it goes. */
export type NewDelivery = Pick<Data<Delivery>, 'id' | 'firmId' | 'address' | 'queuedAt'> &
  Partial<Pick<Data<Delivery>, 'callId' | 'contactId' | 'userId'>>;

/** One mail to one contact or user. It is queued until it is sent, refused for good, or given up. */
export class Delivery extends Entity<Delivery> {
  readonly id!: DeliveryId;
  readonly firmId!: FirmId;
  /** The call that published what the mail tells of; null when it tells of other things. */
  readonly callId!: string | null;
  /** Null when it goes to a user. */
  readonly contactId!: ContactId | null;
  readonly userId!: UserId | null;
  /** Where it went last, or will go first. */
  readonly address!: string | null;
  readonly state!: DeliveryState;
  /** Since it was queued. */
  readonly attempts!: number;
  /** What the mail server said last, or why it was not asked. */
  readonly answer!: string | null;
  readonly queuedAt!: Date;
  /** When the last attempt began. */
  readonly attemptedAt!: Date | null;
  /** When an attempt was last answered; null before the first answer. */
  readonly answeredAt!: Date | null;
  /** Of one that is queued and was answered before. */
  readonly nextAttemptAt!: Date | null;
  readonly settledAt!: Date | null;
  readonly version!: number;

  /** Queued; without an address refused at once. */
  constructor(state: NewDelivery) {
    super();
    const instants = { attemptedAt: null, answeredAt: null, nextAttemptAt: null, settledAt: null };
    const nothing = { callId: null, contactId: null, userId: null, state: 'queued', attempts: 0, answer: null };
    Object.assign(this, { ...instants, ...nothing, ...state });
    if (state.address === null) this.settle('refused', NO_ADDRESS, state.queuedAt);
  }

  get isQueued(): boolean {
    return this.state === 'queued';
  }

  /** An attempt begins, to this address. */
  begin(address: string, now: Date): void {
    this.change({ address, attempts: this.attempts + 1, attemptedAt: now, nextAttemptAt: null });
  }

  settle(state: Exclude<DeliveryState, 'queued'>, answer: string, now: Date): void {
    const kept = { answer: keptAnswer(answer), answeredAt: now, nextAttemptAt: null, settledAt: now };
    this.change({ state, ...kept });
  }

  /** The attempt failed for now. It is tried again after a pause, or given up when it was the last. */
  postpone(answer: string, now: Date, firstPause: number): void {
    if (this.attempts >= MAX_ATTEMPTS) return this.settle('failed', `given up: ${answer}`, now);
    const nextAttemptAt = new Date(now.getTime() + pauseAfter(this.attempts, firstPause) * 1000);
    this.change({ answer: keptAnswer(answer), answeredAt: now, nextAttemptAt });
  }

  /** As if it were new; what the server said last stays to be read. */
  queueAgain(now: Date): void {
    const instants = { queuedAt: now, attemptedAt: null, answeredAt: null, nextAttemptAt: null, settledAt: null };
    this.change({ state: 'queued', attempts: 0, ...instants });
  }
}

/** How many seconds pass after that many attempts: twice as many each time, six hours at most. */
export function pauseAfter(attempts: number, firstPause: number): number {
  return Math.min(firstPause * 2 ** (attempts - 1), LONGEST_PAUSE);
}

/** On one line, and not longer than anyone reads. */
function keptAnswer(answer: string): string {
  const line = answer.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  return line.length > LONGEST_ANSWER ? `${line.slice(0, LONGEST_ANSWER - 1)}…` : line;
}
