import type { Clock, FileId, PortalUser, Random } from '../kernel/index.js';
import type { Publications } from './publications.js';
import type { PublishingRecord } from './publishing-record.js';

/** Publishes to contacts what they have sent themselves, so that they see it beside what the firm publishes to them. */
export class OwnPublication {
  constructor(
    private readonly publications: Publications,
    private readonly record: PublishingRecord,
    private readonly random: Random,
    private readonly clock: Clock,
  ) {}

  /**
   * Publishes a file that was made in the running unit of work, which nobody else knows yet: no other call has to wait.
   * Nobody is told by mail. It belongs at the end of the work.
   */
  async add(user: PortalUser, file: { id: FileId; name: string; sha256: string }): Promise<void> {
    const { firmId, contactId } = user;
    const scope = { portalPublishing: 'do_not_publish', contactNotification: 'do_not_notify' } as const;
    const call = { ...scope, id: this.random.uuid(), firmId, userId: null, contactId, at: this.clock.now() };
    const rule = { kind: 'override' } as const;
    await this.publications.addCall(call, [{ fileId: file.id, failed: [], told: [] }]);
    await this.publications.add(firmId, call.id, [{ fileId: file.id, contactId, rule, deliveryId: null }]);
    const decision = { contactId, rule, outcome: 'published', because: null, telling: 'do_not_notify' } as const;
    const input = { ...scope, fileIds: [file.id], overrideContactIds: [contactId] };
    await this.record.published(user, input, { call, plans: [{ file, decisions: [decision] }], mails: new Map() });
  }
}
