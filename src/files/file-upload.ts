import type { Response } from 'express';
import { fileName, type UploadFile, type UploadFileInput } from '@portico/domain/files';
import type { Actor, FileId } from '@portico/domain/kernel';
import { requireSameResource } from '../platform/http/json-api.js';
import { located } from '../platform/http/located.js';
import type { ObservedRequest } from '../platform/http/observed-request.js';
import { checkedBody } from '../platform/http/request.pipe.js';
import { contentTypeOf } from './content-type.js';
import { inPart, placesIn } from './fault-places.js';
import { folderOf, idsIn, type UploadData, UploadMetadata } from './file-body.dto.js';
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
      const { data } = text === undefined ? {} : checkedBody(UploadMetadata, parsed(text));
      const asked = data ? askedIn(data) : {};
      await inPart(() => fileName(originalName));
      const input = { ...asked, originalName, contentType: contentTypeOf(originalName, partType), blob };
      const execute = () => this.uploadFile.execute(actor, input);
      const places = placesIn(data?.relationships);
      const file = await located(() => (asked.name === undefined ? inPart(execute) : execute()), places);
      return file.id;
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

/** What the part `metadata` asks for. */
function askedIn(data: UploadData): Pick<UploadFileInput, 'name' | 'parentId' | 'filePath' | 'associations'> {
  requireSameResource(data, 'files');
  return {
    name: data.attributes?.name,
    parentId: folderOf(data.attributes?.parent_folder_id),
    filePath: data.attributes?.file_path,
    associations: idsIn(data.relationships),
  };
}
