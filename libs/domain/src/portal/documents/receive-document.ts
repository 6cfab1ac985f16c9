import type { FileId, PortalUser, UnitOfWork } from '../../kernel/index.js';
import type { Notifier } from '../../notifications/index.js';
import type { OwnPublication } from '../../publishing/index.js';
import type { DocumentFiling, SentDocument } from './document-filing.js';

/** Takes a document that a contact sends, shows it to them, and tells who looks after the company (contract, section 7). */
export class ReceiveDocument {
  constructor(
    private readonly filing: DocumentFiling,
    private readonly publication: OwnPublication,
    private readonly notifier: Notifier,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * The id of the new file.
   * @throws DomainError `invalid_name`, `documents_closed`, `folder_too_deep`, `blob_missing`
   */
  async execute(user: PortalUser, document: SentDocument): Promise<FileId> {
    const { firmId, companyId: clientId, contactId } = user;
    return this.unitOfWork.run(async () => {
      const { file, inbox } = await this.filing.add(user, document);
      const { id, name } = file;
      if (inbox.managerId !== null)
        await this.notifier.raise(firmId, [
          {
            type: 'document_received',
            to: { userIds: [inbox.managerId] },
            clientId,
            resource: { type: 'file', id },
            names: { name },
            by: { contactId },
          },
        ]);
      await this.publication.add(user, { id, name, sha256: document.blob.sha256 });
      return id;
    });
  }
}
