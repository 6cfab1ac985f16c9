import type { Response } from 'express';
import { activeRoot, type ClientFileQueries, type ClientRoot, type ImportFolder } from '@portico/domain/client-files';
import { fileName, type UploadFile } from '@portico/domain/files';
import {
  type Actor,
  type BlobStore,
  type ClientId,
  DomainError,
  type FileId,
  type StoredBlob,
} from '@portico/domain/kernel';
import { contentTypeOf, type UploadReceiver } from '../files/files.module.js';
import type { ObservedRequest } from '../platform/http/observed-request.js';
import { checkedBody } from '../platform/http/request.pipe.js';
import { inBody } from './client-changes.js';
import { ImportedClientFile, UploadedClientFile } from './client-file-body.dto.js';

/** The parts beside the bytes. */
export const TEXT_PARTS = ['caption', 'directoryId'] as const;

/** Bytes that have arrived, and the name under which they did. */
interface Arrived {
  readonly blob: StoredBlob;
  readonly originalName: string;
  readonly partType: string;
}

/** From what an upload brings to the client's file. */
export class ClientFileUpload {
  constructor(
    private readonly queries: ClientFileQueries,
    private readonly receiver: UploadReceiver,
    private readonly imports: ImportFolder,
    private readonly blobs: BlobStore,
    private readonly uploadFile: UploadFile,
  ) {}

  /**
   * The id of the new file.
   * @throws DomainError `client_not_found`, `client_folder_archived`, and for every fault of the parts or the body; then
   *   nothing is kept
   */
  async receive(actor: Actor, clientId: ClientId, request: ObservedRequest, response: Response): Promise<FileId> {
    const root = await activeRoot(this.queries, actor, clientId);
    if (!request.is('multipart/form-data')) return this.take(actor, root, request.body);
    return this.receiver.receive(request, response, ({ texts, ...arrived }) => {
      const given = Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== undefined));
      return this.keep(actor, root, arrived, checkedBody(UploadedClientFile, given));
    });
  }

  /** The same with bytes that are in the import folder. */
  private async take(actor: Actor, root: ClientRoot, body: unknown): Promise<FileId> {
    const given = checkedBody(ImportedClientFile, body);
    const { name, content } = await inFile(() => this.imports.open(actor.firmId, given.file));
    const blob = await inFile(() => this.blobs.put(content));
    try {
      return await this.keep(actor, root, { blob, originalName: name, partType: '' }, given);
    } catch (error) {
      // any other error may have struck after the commit: then the row counts, and the sweep settles the rest
      if (error instanceof DomainError) await this.blobs.remove(blob.key);
      throw error;
    }
  }

  private async keep(
    actor: Actor,
    { folderId: within }: ClientRoot,
    { blob, originalName, partType }: Arrived,
    given: UploadedClientFile,
  ): Promise<FileId> {
    await inFile(() => fileName(originalName));
    const { caption, directoryId } = given;
    const contentType = contentTypeOf(originalName, partType);
    const input = { caption, originalName, contentType, blob, parentId: directoryId ?? within, within };
    return (await inBody(given, () => this.uploadFile.execute(actor, input))).id;
  }
}

/** Runs `work`; a refusal is about the field or part `file`. */
async function inFile<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof DomainError && error.kind !== 'unavailable' ? error.at({ pointer: '/file' }) : error;
  }
}
