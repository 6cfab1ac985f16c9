import type { History } from '../history/index.js';
import type { Actor, Author, ContactId, DeliveryId, FileId } from '../kernel/index.js';
import type { Notifier } from '../notifications/index.js';
import type { NewProofEvent, ProofChain } from '../proof/index.js';
import type { CarriedOut } from './carried-out.js';
import { publishedNotifications } from './published-notifications.js';
import type { Decision } from './publishing-plan.js';
import type { PublishFilesInput, UnpublishFilesInput } from './publishing-input.js';

/**
 * Keeps what was published and withdrawn, in the history and in the chain of events, and shows contacts in the portal
 * that there is something new; the last step of the work.
 */
export class PublishingRecord {
  constructor(
    private readonly history: History,
    private readonly proof: ProofChain,
    private readonly notifier: Notifier,
  ) {}

  async published(author: Author, input: PublishFilesInput, done: CarriedOut): Promise<void> {
    const { portalPublishing, contactNotification, fileIds, overrideContactIds } = input;
    const details = { portalPublishing, contactNotification, fileIds, overrideContactIds };
    const subject = { type: 'publish_call', id: done.call.id };
    await this.history.record(author, { action: 'files.published', subject, details });
    // who publishes to themselves knows it
    if (done.call.userId !== null) await this.notifier.raise(author.firmId, publishedNotifications(done));
    await this.proof.append(author.firmId, publishedEvents(done));
  }

  /** One history entry for the call, one event for each file that was taken from anyone. */
  async withdrawn(
    actor: Actor,
    { fileIds, contactIds }: UnpublishFilesInput,
    ended: ReadonlyMap<FileId, readonly ContactId[]>,
  ): Promise<void> {
    const events = [...ended].flatMap(([fileId, contacts]): NewProofEvent[] => {
      const data = { user: actor.userId, contacts };
      return contacts.length === 0 ? [] : [{ kind: 'withdrawn', fileId, contactId: null, deliveryId: null, data }];
    });
    if (events.length === 0) return;
    const subject = { type: 'file', id: String(fileIds[0]) };
    const details = { fileIds, contactIds };
    await this.history.record(actor, { action: 'files.unpublished', subject, details });
    await this.proof.append(actor.firmId, events);
  }
}

/**
 * One event for each file to which the call did something: to whom it was published and through which rule, and which
 * mail tells whom.
 */
function publishedEvents({ call, plans, mails }: CarriedOut): NewProofEvent[] {
  return plans.flatMap(({ file, decisions }): NewProofEvent[] => {
    const contacts = decisions
      .filter(({ outcome }) => outcome === 'published')
      .map(({ contactId, rule }) => ({ contact: contactId, rule: rule.kind, of: 'id' in rule ? rule.id : null }));
    const told = decisions.flatMap((decision) => mailIn(decision, mails));
    if (contacts.length + told.length === 0) return [];
    const by = call.contactId === undefined ? { user: call.userId } : { user: null, contact: call.contactId };
    const data = { call: call.id, ...by, name: file.name, sha256: file.sha256, contacts, told };
    return [{ kind: 'published', fileId: file.id, contactId: null, deliveryId: null, data }];
  });
}

function mailIn({ contactId, telling }: Decision, mails: ReadonlyMap<ContactId, DeliveryId>) {
  const delivery = telling === 'told' ? mails.get(contactId) : undefined;
  return delivery === undefined ? [] : [{ contact: contactId, delivery }];
}
