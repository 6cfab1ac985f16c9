import type { Language } from '../directory/index.js';
import type { ContactId, DeliveryId, FileId, FirmId } from '../kernel/index.js';

/** How many files a mail names. */
export const NAMED_FILES = 50;

/** What a mail tells, as it stands when it is sent. */
export interface Notice {
  readonly firmName: string;
  /** When the files were published. */
  readonly publishedAt: Date;
  readonly contact: {
    readonly id: ContactId;
    readonly firstName: string;
    readonly lastName: string;
    readonly language: Language;
    /** The name of an IANA time zone. */
    readonly timeZone: string;
    readonly address: string | null;
    /** Whether their portal access is `invited` or `active`. */
    readonly hasPortalAccess: boolean;
  };
  /** Of the files that the contact can still see, in the order of the call; the first 50. */
  readonly files: readonly { readonly id: FileId; readonly name: string }[];
  /** Of all of them. */
  readonly fileCount: number;
}

/** What is to be told to whom. */
export abstract class NoticeQueries {
  /** What the mail tells now; read in the running unit of work, in one statement. Null when there is no such mail. */
  abstract notice(firmId: FirmId, id: DeliveryId): Promise<Notice | null>;
}
