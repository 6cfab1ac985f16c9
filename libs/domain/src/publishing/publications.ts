import type { Actor, ContactId, DeliveryId, EntityId, FileId, FirmId, GroupId, UserId } from '../kernel/index.js';
import type { Affiliated, PublishableFile, PublishingRule } from './audience.js';
import type { Standing } from './publishing-plan.js';
import type { PublishingScope } from './publishing-scope.js';

/** A call that publishes. */
export interface PublishCall extends PublishingScope {
  /** A UUID v7. */
  readonly id: string;
  readonly firmId: FirmId;
  /** Who publishes; null when a contact sees what they have sent themselves. */
  readonly userId: UserId | null;
  /** That contact. */
  readonly contactId?: ContactId;
  readonly at: Date;
}

/** What a call did with one file; results are kept in the order of the call. */
export interface PublishResult {
  readonly fileId: FileId;
  /** To whom it could not be published. */
  readonly failed: readonly ContactId[];
  /** Whom a mail of this call tells of it. */
  readonly told: readonly ContactId[];
}

/** That a contact can see a file. */
export interface NewPublication {
  readonly fileId: FileId;
  readonly contactId: ContactId;
  readonly rule: PublishingRule;
  /** The mail that tells of it. */
  readonly deliveryId: DeliveryId | null;
}

/** A file and a contact. */
export interface Pair {
  readonly fileId: FileId;
  readonly contactId: ContactId;
}

/** What is published to whom; used inside a unit of work. Each method is one statement, whatever the number of rows. */
export abstract class Publications {
  /**
   * Keeps other calls of the firm waiting until the unit of work ends: what stands stays so, and nobody is told twice.
   */
  abstract hold(firmId: FirmId): Promise<void>;

  /** Those of `ids` that the firm has and `actor` may read, in no order; archived ones only when asked for. */
  abstract files(actor: Actor, ids: readonly FileId[], withArchived: boolean): Promise<readonly PublishableFile[]>;

  /** Those of `ids` that are contacts whom `actor` may not read, or whom the firm has not. */
  abstract unknownContacts(actor: Actor, ids: readonly ContactId[]): Promise<readonly ContactId[]>;

  /** The contacts to whom these entities and groups lead, and those named. */
  abstract affiliated(
    firmId: FirmId,
    of: { entityIds: readonly EntityId[]; groupIds: readonly GroupId[]; contactIds: readonly ContactId[] },
  ): Promise<Affiliated>;

  abstract standing(firmId: FirmId, fileIds: readonly FileId[]): Promise<Standing>;

  /** Writes the call and its results. */
  abstract addCall(call: PublishCall, results: readonly PublishResult[]): Promise<void>;

  /** Adds what does not stand yet. */
  abstract add(firmId: FirmId, callId: string, publications: readonly NewPublication[]): Promise<void>;

  /** Notes that these mails tell of what is published already. */
  abstract retell(firmId: FirmId, told: readonly (Pair & { deliveryId: DeliveryId })[]): Promise<void>;

  /** Ends what these contacts, or with null all, can see of the files; answers what was ended. */
  abstract withdraw(
    firmId: FirmId,
    fileIds: readonly FileId[],
    contactIds: readonly ContactId[] | null,
    now: Date,
  ): Promise<readonly Pair[]>;
}
