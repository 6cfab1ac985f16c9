import type { Actor, Clock, ContactId, DeliveryId, Random, UnitOfWork } from '../kernel/index.js';
import type { DeliveryQueue } from '../notifications/index.js';
import type { Publications, PublishCall, PublishResult } from './publications.js';
import type { PublishFilesInput } from './publishing-input.js';
import { PublishingPlanner } from './publishing-planner.js';
import type { Decision, FilePlan } from './publishing-plan.js';
import type { CarriedOut } from './carried-out.js';
import type { PublishingRecord } from './publishing-record.js';
import { requireSomeoneToTell } from './publishing-scope.js';

/** Publishes files to everyone who should see them, and queues the mails that tell them (contract, section 5). */
export class PublishFiles {
  private readonly planner: PublishingPlanner;

  constructor(
    private readonly publications: Publications,
    private readonly deliveries: DeliveryQueue,
    private readonly record: PublishingRecord,
    private readonly random: Random,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {
    this.planner = new PublishingPlanner(publications);
  }

  /**
   * Publishes all or nothing, and answers the id of the call, by which its results are found, and whether mails tell
   * of it; they are queued with it and sent after it.
   * @throws DomainError `notification_without_publishing`, `files_not_publishable`, `folders_not_publishable`,
   *   `unknown_contacts`
   */
  async execute(actor: Actor, input: PublishFilesInput): Promise<{ callId: string; isTelling: boolean }> {
    requireSomeoneToTell(input, input.overrideContactIds);
    const { portalPublishing, contactNotification } = input;
    const { firmId, userId } = actor;
    return this.unitOfWork.run(async () => {
      await this.publications.hold(firmId);
      const { plans, addresses } = await this.planner.plan(actor, input);
      const at = this.clock.now();
      const call = { id: this.random.uuid(), firmId, userId, at, portalPublishing, contactNotification };
      const done = await this.carryOut(call, plans, addresses);
      await this.record.published(actor, input, done);
      return { callId: call.id, isTelling: done.mails.size > 0 };
    });
  }

  /**
   * What `execute` would do now; changes nothing.
   * @throws as `execute`
   */
  async preview(actor: Actor, input: PublishFilesInput): Promise<readonly FilePlan[]> {
    requireSomeoneToTell(input, input.overrideContactIds);
    return this.unitOfWork.run(async () => (await this.planner.plan(actor, input)).plans);
  }

  private async carryOut(
    call: PublishCall,
    plans: readonly FilePlan[],
    addresses: ReadonlyMap<ContactId, string | null>,
  ): Promise<CarriedOut> {
    await this.publications.addCall(call, plans.map(resultOf));
    const told = [...new Set(plans.flatMap(({ decisions }) => toldIn(decisions)))];
    const recipients = told.map((contactId) => ({ contactId, address: addresses.get(contactId) ?? null }));
    const mails =
      recipients.length === 0
        ? new Map<ContactId, DeliveryId>()
        : await this.deliveries.add(call.firmId, call.id, recipients);
    await this.addPublications(call, plans, mails);
    return { call, plans, mails };
  }

  private async addPublications(
    { firmId, id: callId }: PublishCall,
    plans: readonly FilePlan[],
    mails: ReadonlyMap<ContactId, DeliveryId>,
  ): Promise<void> {
    const all = plans.flatMap(({ file, decisions }) =>
      decisions.map((decision) => {
        const deliveryId = decision.telling === 'told' ? (mails.get(decision.contactId) ?? null) : null;
        return { ...decision, fileId: file.id, deliveryId };
      }),
    );
    const fresh = all.filter(({ outcome }) => outcome === 'published');
    if (fresh.length > 0) await this.publications.add(firmId, callId, fresh);
    const retold = all.flatMap(({ outcome, deliveryId, ...one }) =>
      outcome === 'already_published' && deliveryId !== null ? [{ ...one, deliveryId }] : [],
    );
    if (retold.length > 0) await this.publications.retell(firmId, retold);
  }
}

function toldIn(decisions: readonly Decision[]): ContactId[] {
  return decisions.filter(({ telling }) => telling === 'told').map(({ contactId }) => contactId);
}

function resultOf({ file, decisions }: FilePlan): PublishResult {
  const failed = decisions.filter(({ outcome }) => outcome === 'failed').map(({ contactId }) => contactId);
  return { fileId: file.id, failed, told: toldIn(decisions) };
}
