import type { Clock, FirmId, UnitOfWork } from '../kernel/index.js';
import type { Bursts, DueBurst } from './bursts.js';
import type { DeliveryQueue } from './delivery-queue.js';
import { reasonAgainstMail } from './mail-choice.js';

/** How many people one unit of work is about. */
const BATCH = 500;

/** Makes mails of what waited long enough: one for each person and type, for those who want one now. */
export class SendBursts {
  constructor(
    private readonly bursts: Bursts,
    private readonly deliveries: DeliveryQueue,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Queues the mails for what is due, and answers how many. It goes firm by firm, 500 people at a time, each time all or
   * nothing: where it ends, or is ended by `isStopping`, the next run goes on.
   */
  async execute(isStopping: () => boolean = () => false): Promise<number> {
    const now = this.clock.now();
    let mails = 0;
    for (const firmId of await this.bursts.dueFirms(now))
      for (let taken = BATCH; taken === BATCH && !isStopping();) {
        const done = await this.unitOfWork.run(() => this.sendSome(firmId, now));
        mails += done.mails;
        taken = done.taken;
      }
    return mails;
  }

  private async sendSome(firmId: FirmId, now: Date): Promise<{ taken: number; mails: number }> {
    const due = await this.bursts.takeDue(firmId, now, BATCH);
    if (due.length === 0) return { taken: 0, mails: 0 };
    const told = due.filter(isWanted);
    const ids = await this.deliveries.addNews(
      firmId,
      told.map(({ recipient, address }) => ({ ...recipient, address })),
    );
    const mailOf = new Map(told.map((burst, at) => [burst, ids[at] ?? null]));
    const settled = due.map((burst) => ({
      recipient: burst.recipient,
      type: burst.type,
      deliveryId: mailOf.get(burst) ?? null,
    }));
    await this.bursts.settle(firmId, settled);
    return { taken: due.length, mails: told.length };
  }
}

function isWanted({ type, address, standing }: DueBurst): boolean {
  return address !== null && reasonAgainstMail(type, standing) === null;
}
