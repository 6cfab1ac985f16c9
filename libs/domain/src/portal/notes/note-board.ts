import type { ClientId, ContactId, FirmId, UserId } from '../../kernel/index.js';

/** On what clients write notes. */
export const NOTED_BY_CLIENTS = ['project', 'invoice'] as const;
export type NotedResource = (typeof NOTED_BY_CLIENTS)[number];

export interface NotePlace {
  readonly resourceType: NotedResource;
  readonly resourceId: string;
}

/** A project or invoice that the client sees. */
export interface NoteSubject extends NotePlace {
  readonly clientId: ClientId;
  /** The name of the project, or the number of the invoice. */
  readonly name: string;
  /** Who delivers the project, or that of the invoice's budget, else who delivers to the client; null: nobody. */
  readonly deliveryManagerId: UserId | null;
}

/** A note by a client, which clients see. */
export interface NewPortalNote {
  readonly id: string;
  readonly subject: NoteSubject;
  readonly content: string;
  readonly parentId: string | null;
  readonly contactId: ContactId;
  readonly at: Date;
}

/** Where clients write notes. */
export abstract class NoteBoard {
  /**
   * What a note is to be on, which then stays until the running unit of work ends. Null when the companies do not see
   * it: it is not theirs, or a draft.
   */
  abstract hold(firmId: FirmId, companyIds: readonly ClientId[], place: NotePlace): Promise<NoteSubject | null>;

  /** The id of a note on the subject that clients see, which then stays as well; null when there is none. */
  abstract holdParent(firmId: FirmId, subject: NoteSubject, parentId: string): Promise<string | null>;

  abstract add(firmId: FirmId, note: NewPortalNote): Promise<void>;
}
