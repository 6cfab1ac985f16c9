import type { Clock, DeliveryId, FirmId, UnitOfWork } from '../kernel/index.js';
import type { NewProofEvent, ProofChain } from '../proof/index.js';
import { type Delivery, MAX_ATTEMPTS, NO_ADDRESS } from './delivery.js';
import type { DeliveryRepository } from './delivery-repository.js';
import { reasonAgainstMail } from './mail-choice.js';
import type { MailJobs } from './mail-jobs.js';
import type { FileNotice, Notice, NoticeQueries } from './notice.js';
import type { MailOutcome, NoticeSender, ReadyMail } from './notice-sender.js';

const EVENTS = { sent: 'mail_sent', refused: 'mail_refused', failed: 'mail_failed' } as const;

/** What follows an attempt: the next one, or an event in the chain. The first pause is in seconds. */
export interface FollowUp {
  readonly jobs: MailJobs;
  readonly proof: ProofChain;
  readonly firstPause: number;
}

interface Attempt extends ReadyMail {
  readonly number: number;
}

/** Makes one attempt to send a mail. */
export class SendDelivery {
  constructor(
    private readonly deliveries: DeliveryRepository,
    private readonly notices: NoticeQueries,
    private readonly sender: NoticeSender,
    private readonly followUp: FollowUp,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Answers what came of it; null when there was nothing to send, or not any more. The attempt is counted before it is
   * made, and its outcome is written together with what follows from it.
   */
  async execute(input: { firmId: FirmId; deliveryId: DeliveryId }): Promise<MailOutcome['kind'] | null> {
    const attempt = await this.unitOfWork.run(() => this.begin(input));
    if (!attempt) return null;
    const outcome = await this.sender.send(attempt);
    await this.unitOfWork.run(() => this.conclude(attempt, outcome));
    return outcome.kind;
  }

  private async begin({ firmId, deliveryId }: { firmId: FirmId; deliveryId: DeliveryId }): Promise<Attempt | null> {
    const delivery = await this.deliveries.find(firmId, deliveryId);
    const notice = delivery?.isQueued ? await this.notices.notice(firmId, delivery) : null;
    if (!delivery || !notice) return null;
    const { address } = notice.reader;
    const against = reasonAgainst(delivery, notice);
    if (against === null && address !== null) {
      delivery.begin(address, this.clock.now());
      return { firmId, deliveryId, address, notice, number: delivery.attempts };
    }
    delivery.settle(address === null ? 'refused' : 'failed', against ?? NO_ADDRESS, this.clock.now());
    await this.followUp.proof.append(firmId, settledEvents([delivery]));
    return null;
  }

  private async conclude({ firmId, deliveryId, number }: Attempt, outcome: MailOutcome): Promise<void> {
    const delivery = await this.deliveries.find(firmId, deliveryId);
    if (!delivery?.isQueued) return;
    const now = this.clock.now();
    if (outcome.kind === 'accepted') delivery.settle('sent', outcome.answer, now);
    else if (delivery.attempts !== number)
      return; // another attempt is under way, and has the last word
    else if (outcome.kind === 'refused') delivery.settle('refused', outcome.answer, now);
    else delivery.postpone(outcome.answer, now, this.followUp.firstPause);
    if (delivery.isQueued) await this.followUp.jobs.add([delivery]);
    else await this.followUp.proof.append(firmId, settledEvents([delivery], outcome.messageId));
  }
}

/** Why nothing is sent, whatever the mail server would say. */
function reasonAgainst(delivery: Delivery, notice: Notice): string | null {
  if (notice.reader.address === null) return NO_ADDRESS;
  const reason = notice.kind === 'files' ? reasonAgainstFiles(notice) : reasonAgainstMail(notice.type, notice.standing);
  if (reason !== null) return reason;
  if (delivery.attempts >= MAX_ATTEMPTS) return `given up: ${delivery.answer ?? 'no attempt came to its end'}`;
  return null;
}

function reasonAgainstFiles({ reader, count }: FileNotice): string | null {
  if (!reader.hasAccess) return 'the contact has no access to the portal any more';
  return count === 0 ? 'the files were withdrawn or archived before the mail was sent' : null;
}

/** What the chain keeps of mails that are settled: of those about published files, which are what it proves. */
export function settledEvents(deliveries: readonly Delivery[], messageId: string | null = null): NewProofEvent[] {
  return deliveries.flatMap(({ id, state, callId, contactId, address, answer, attempts }) => {
    if (state === 'queued' || callId === null) return [];
    const data = { address, answer, attempts, messageId };
    return [{ kind: EVENTS[state], fileId: null, contactId, deliveryId: id, data }];
  });
}
