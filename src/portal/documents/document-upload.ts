import type { Response } from 'express';
import type { FileId, PortalUser } from '@portico/domain/kernel';
import type { ReceiveDocument } from '@portico/domain/portal';
import { contentTypeOf, type UploadReceiver } from '../../files/files.module.js';
import type { ObservedRequest } from '../../platform/http/observed-request.js';

/** The part beside the bytes. */
export const TEXT_PARTS = ['caption'] as const;

/** From the parts of an upload to the document. */
export class DocumentUpload {
  constructor(
    private readonly receiver: UploadReceiver,
    private readonly receiveDocument: ReceiveDocument,
  ) {}

  /** The id of the new file. @throws DomainError for every fault of the parts; then nothing is kept */
  receive(user: PortalUser, request: ObservedRequest, response: Response): Promise<FileId> {
    return this.receiver.receive(request, response, ({ blob, originalName, partType, texts: { caption } }) => {
      const contentType = contentTypeOf(originalName, partType);
      return this.receiveDocument.execute(user, { caption, originalName, contentType, blob });
    });
  }
}
