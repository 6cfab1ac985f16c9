import type { Response } from 'express';
import type { UploadFile } from '@portico/domain/files';
import type { Actor, FileId } from '@portico/domain/kernel';
import type { ObservedRequest } from '../platform/http/observed-request.js';
import { asAsked, askedFile } from './asked-file.js';
import { uploadErrors } from './upload.errors.js';
import type { UploadReceiver } from './upload-receiver.js';

/** From the parts of an upload to the file. */
export class FileUpload {
  constructor(
    private readonly receiver: UploadReceiver,
    private readonly uploadFile: UploadFile,
  ) {}

  /** The id of the new file. @throws DomainError for every fault of the parts; then nothing is kept */
  receive(actor: Actor, request: ObservedRequest, response: Response): Promise<FileId> {
    return this.receiver.receive(request, response, async ({ blob, originalName, partType, texts }) => {
      const text = texts['metadata'];
      const metadata = text === undefined ? undefined : parsed(text);
      const asked = await askedFile({ originalName, type: partType, metadata, nameAt: { parameter: 'file' } });
      return (await asAsked(asked, () => this.uploadFile.execute(actor, { ...asked.input, blob }))).id;
    });
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw uploadErrors.metadataNotJson();
  }
}
