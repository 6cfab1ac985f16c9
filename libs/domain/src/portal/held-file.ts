import type { FileId, PortalUser } from '../kernel/index.js';
import type { NewProofEvent } from '../proof/index.js';
import { portalErrors } from './portal.errors.js';
import type { PortalFile } from './portal-file.js';
import type { PublishedFiles } from './published-files.js';

/** The file, held. @throws DomainError `file_not_found` unless it is published to the contact now */
export async function heldFile(published: PublishedFiles, user: PortalUser, id: FileId): Promise<PortalFile> {
  const file = await published.hold(user, id);
  if (!file) throw portalErrors.fileNotFound(id);
  return file;
}

/** An event about one contact and one file. */
export function eventOf(
  user: PortalUser,
  fileId: FileId,
  kind: NewProofEvent['kind'],
  data: NewProofEvent['data'],
): NewProofEvent {
  return { kind, fileId, contactId: user.contactId, deliveryId: null, data };
}
