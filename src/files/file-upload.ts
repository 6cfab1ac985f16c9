import type { Response } from 'express';
import { fileName, type UploadFile } from '@portico/domain/files';
import type { Actor, FileId } from '@portico/domain/kernel';
import { requireSameResource } from '../platform/http/json-api.js';
import type { ObservedRequest } from '../platform/http/observed-request.js';
import { checkedBody } from '../platform/http/request.pipe.js';
import { contentTypeOf } from './content-type.js';
import { NAME, named } from './named.js';
import { UploadMetadata } from './upload-metadata.dto.js';
import type { UploadReceiver } from './upload-receiver.js';

const PART = { parameter: 'file' };

/** From the parts of an upload to the file. */
export class FileUpload {
  constructor(
    private readonly receiver: UploadReceiver,
    private readonly uploadFile: UploadFile,
  ) {}

  /** The id of the new file. @throws DomainError for every fault of the parts; then nothing is kept */
  receive(actor: Actor, request: ObservedRequest, response: Response): Promise<FileId> {
    return this.receiver.receive(request, response, async ({ blob, originalName, partType, metadata }) => {
      const name = nameIn(metadata);
      await named(PART, () => fileName(originalName));
      const contentType = contentTypeOf(originalName, partType);
      const input = { name, originalName, contentType, blob };
      const file = await named(name === undefined ? PART : NAME, () => this.uploadFile.execute(actor, input));
      return file.id;
    });
  }
}

function nameIn(metadata: unknown): string | undefined {
  if (metadata === undefined) return undefined;
  const { data } = checkedBody(UploadMetadata, metadata);
  requireSameResource(data, 'files');
  return data.attributes?.name;
}
