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
   * Queues the mails for what is due in the firm now or was to be by `due`, whatever this server's clock says; answers
   * how many. 500 at a time, each time all or nothing: when it ends before its time, the next run goes on.
   */
  async execute({ firmId, due }: { firmId: FirmId; due: Date }): Promise<number> {
    const by = new Date(Math.max(due.getTime(), this.clock.now().getTime()));
    let mails = 0;
    for (let taken = BATCH; taken === BATCH;) {
      const done = await this.unitOfWork.run(() => this.sendSome(firmId, by));
      mails += done.mails;
      taken = done.taken;
    }
    return mails;
  }

  private async sendSome(firmId: FirmId, by: Date): Promise<{ taken: number; mails: number }> {
    const due = await this.bursts.takeDue(firmId, by, BATCH);
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
