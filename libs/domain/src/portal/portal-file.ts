import type { BlobKey, FileId } from '../kernel/index.js';

/** A file that is published to a contact, as the contact sees it. */
export interface PortalFile {
  /** Of this publication, among all of the firm: the greater, the newer. */
  readonly publicationId: string;
  readonly id: FileId;
  readonly name: string;
  readonly contentType: string;
  readonly bytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
  readonly publishedAt: Date;
  /** The name of the user who published it, or of the contact who has sent it. */
  readonly publishedBy: string;
  /** Whether it is what the contact has sent. */
  readonly isOwn: boolean;
  /** When the contact first did so; null: not yet. */
  readonly viewedAt: Date | null;
  readonly downloadedAt: Date | null;
  readonly acknowledgedAt: Date | null;
}

/** Where its bytes are. */
export interface PortalContent {
  readonly name: string;
  readonly blobKey: BlobKey;
  readonly bytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
}

/** Whether the contact has seen anything of it, or knows it because it is their own. */
export function isRead({ isOwn, viewedAt, downloadedAt, acknowledgedAt }: PortalFile): boolean {
  return isOwn || viewedAt !== null || downloadedAt !== null || acknowledgedAt !== null;
}
