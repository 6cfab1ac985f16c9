import type { Clock, PortalUser, Principal, UnitOfWork } from '../kernel/index.js';
import { type Inbox, inboxOf } from './inbox.js';

/** Marks everything that somebody was told, and has not archived, as read. */
export class ReadAllNotifications {
  constructor(
    private readonly inbox: Inbox,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async execute(actor: PortalUser | Principal): Promise<void> {
    await this.unitOfWork.run(() => this.inbox.markAllRead(inboxOf(actor), this.clock.now()));
  }
}
