import type { Actor, ContactId, DeliveryId, EntityId, FileId, FirmId, GroupId } from '@portico/domain/kernel';
import { DeliveryQueue, type Recipient } from '@portico/domain/notifications';
import {
  type Affiliated,
  type AudienceMember,
  type NewPublication,
  type Pair,
  type PublishableFile,
  type PublishCall,
  Publications,
  type PublishResult,
  type Standing,
} from '@portico/domain/publishing';
import type { Reversible } from './in-memory-unit-of-work.js';

/** A file of the tests: nothing is archived and everything may be read. */
export function aPublishableFile(id: string, changes: Partial<PublishableFile> = {}): PublishableFile {
  const file = { name: `file ${id}.pdf`, isFolder: false, mayChange: true, sha256: 'ab', entityIds: [], groupIds: [] };
  return { id: id as FileId, ...file, ...changes };
}

interface Kept extends Omit<NewPublication, 'rule'> {
  readonly withdrawnAt: Date | null;
}

/** The publications of one firm. Contacts are affiliated to single entities. */
export class InMemoryPublications extends Publications implements Reversible {
  readonly calls: { readonly call: PublishCall; readonly results: readonly PublishResult[] }[] = [];
  kept: readonly Kept[] = [];

  constructor(
    private readonly given: readonly PublishableFile[],
    private readonly contacts: readonly (AudienceMember & { readonly entityId?: string })[],
    /** The mails that are not on their way and have not arrived. */
    private readonly lost: ReadonlySet<DeliveryId> = new Set(),
  ) {
    super();
  }

  hold(): Promise<void> {
    return Promise.resolve();
  }

  files(_actor: Actor, ids: readonly FileId[]): Promise<readonly PublishableFile[]> {
    return Promise.resolve(this.given.filter(({ id }) => ids.includes(id)));
  }

  unknownContacts(_actor: Actor, ids: readonly ContactId[]): Promise<readonly ContactId[]> {
    return Promise.resolve(ids.filter((id) => !this.contacts.some(({ contactId }) => contactId === id)));
  }

  affiliated(
    _firmId: FirmId,
    of: { entityIds: readonly EntityId[]; groupIds: readonly GroupId[]; contactIds: readonly ContactId[] },
  ): Promise<Affiliated> {
    const members = this.contacts.filter(
      ({ contactId, entityId }) => of.contactIds.includes(contactId) || of.entityIds.includes(entityId as EntityId),
    );
    const ofEntity = (id: EntityId) =>
      members.filter(({ entityId }) => entityId === id).map(({ contactId }) => contactId);
    return Promise.resolve({
      members: new Map(members.map((member) => [member.contactId, member])),
      ofEntity: new Map(of.entityIds.map((id) => [id, ofEntity(id)])),
      ofGroup: new Map(),
      groupsOf: new Map(),
    });
  }

  standing(): Promise<Standing> {
    const { kept, lost } = this;
    const find = (fileId: FileId, contactId: ContactId) =>
      kept.find((one) => one.fileId === fileId && one.contactId === contactId && one.withdrawnAt === null);
    return Promise.resolve({
      of(fileId, contactId) {
        const found = find(fileId, contactId);
        return found ? { isTold: found.deliveryId !== null && !lost.has(found.deliveryId) } : null;
      },
    });
  }

  addCall(call: PublishCall, results: readonly PublishResult[]): Promise<void> {
    this.calls.push({ call, results });
    return Promise.resolve();
  }

  add(_firmId: FirmId, _callId: string, publications: readonly NewPublication[]): Promise<void> {
    const added = publications.map(({ fileId, contactId, deliveryId }) => ({ fileId, contactId, deliveryId }));
    this.kept = [...this.kept, ...added.map((one) => ({ ...one, withdrawnAt: null }))];
    return Promise.resolve();
  }

  retell(_firmId: FirmId, told: readonly (Pair & { deliveryId: DeliveryId })[]): Promise<void> {
    const mailOf = ({ fileId, contactId, deliveryId }: Kept) =>
      told.find((one) => one.fileId === fileId && one.contactId === contactId)?.deliveryId ?? deliveryId;
    this.kept = this.kept.map((one) => ({ ...one, deliveryId: mailOf(one) }));
    return Promise.resolve();
  }

  withdraw(
    _firmId: FirmId,
    fileIds: readonly FileId[],
    contactIds: readonly ContactId[] | null,
    now: Date,
  ): Promise<readonly Pair[]> {
    const isMeant = ({ fileId, contactId, withdrawnAt }: Kept) =>
      withdrawnAt === null && fileIds.includes(fileId) && (contactIds?.includes(contactId) ?? true);
    const ended = this.kept.filter(isMeant);
    this.kept = this.kept.map((one) => (isMeant(one) ? { ...one, withdrawnAt: now } : one));
    return Promise.resolve(ended.map(({ fileId, contactId }) => ({ fileId, contactId })));
  }

  snapshot(): () => void {
    const { kept } = this;
    const { length } = this.calls;
    return () => {
      this.kept = kept;
      this.calls.splice(length);
    };
  }
}

/** Remembers to whom mails were queued; the delivery of a contact is called after them and their number. */
export class RecordingDeliveryQueue extends DeliveryQueue {
  readonly queued: Recipient[] = [];

  add(_firmId: FirmId, _callId: string, recipients: readonly Recipient[]): Promise<ReadonlyMap<ContactId, DeliveryId>> {
    return Promise.resolve(
      new Map(
        recipients.map((recipient) => {
          const number = this.queued.push(recipient);
          return [recipient.contactId, `mail ${number} to ${recipient.contactId}` as DeliveryId];
        }),
      ),
    );
  }

  addNews(): Promise<readonly DeliveryId[]> {
    return Promise.reject(new Error('publishing has no other mails'));
  }

  firstAttempts(): Promise<void> {
    return Promise.resolve();
  }
}
