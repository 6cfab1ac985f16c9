import type { Clock, PortalUser, Principal, UnitOfWork } from '../kernel/index.js';
import { type Inbox, inboxOf } from './inbox.js';
import { notificationErrors } from './notification.errors.js';

/** Puts a notification away: it counts no longer, and stays to be read. */
export class ArchiveNotification {
  constructor(
    private readonly inbox: Inbox,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** A second time changes nothing and is no error. @throws DomainError `notification_not_found` */
  async execute(actor: PortalUser | Principal, { id }: { id: string }): Promise<void> {
    await this.unitOfWork.run(async () => {
      if (!(await this.inbox.archive(inboxOf(actor), id, this.clock.now()))) throw notificationErrors.notFound(id);
    });
  }
}
