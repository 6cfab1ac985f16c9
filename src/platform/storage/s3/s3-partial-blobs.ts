import { randomUUID } from 'node:crypto';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import {
  type BlobKey,
  DomainError,
  emptyBlob,
  type PartialBlob,
  PartialBlobs,
  type PartialWriter,
  type StoredBlob,
} from '@portico/domain/kernel';
import type { S3Location } from '../../config/storage-location.js';
import { RunningHash } from '../running-hash.js';
import { isNotImplemented, isNotThere, s3ErrorOf, unavailable } from './s3-errors.js';
import { type PartStore, S3PartialWriter } from './s3-partial-writer.js';

/**
 * Blobs that grow as uploads in parts to an S3-compatible store. What does not fill a part is kept with the rest of what
 * is known of the blob, so that it is as durable as that, and changes with it in one step.
 */
export class S3PartialBlobs extends PartialBlobs implements PartStore {
  constructor(
    private readonly client: S3Client,
    private readonly location: Pick<S3Location, 'bucket' | 'prefix'>,
  ) {
    super();
  }

  begin(): PartialBlob {
    return emptyBlob(randomUUID() as BlobKey);
  }

  async resume(partial: PartialBlob): Promise<PartialWriter> {
    return new S3PartialWriter(this, partial, await RunningHash.from(partial.hash));
  }

  async complete(partial: PartialBlob): Promise<StoredBlob> {
    const { key, bytes, hash } = partial;
    if ((await this.sizeOf(key)) !== bytes) await this.make(partial); // else it was made before a crash
    const size = await this.sizeOf(key);
    if (size === null) throw blobMissing();
    if (size !== bytes) throw unavailable(new Error(`${bytes} bytes were sent, and ${size} are in the store`));
    return { key, bytes, sha256: (await RunningHash.from(hash)).digest() };
  }

  async drop({ key, parts }: Pick<PartialBlob, 'key' | 'parts'>): Promise<void> {
    await unlessGone(() => this.client.send(new DeleteObjectCommand(this.object(key))));
    if (!parts) return;
    const command = new AbortMultipartUploadCommand({ ...this.object(key), UploadId: parts.uploadId });
    await unlessGone(() => this.client.send(command));
  }

  async beginParts(key: BlobKey): Promise<string> {
    const { UploadId } = await told(() => this.client.send(new CreateMultipartUploadCommand(this.object(key))));
    if (!UploadId) throw unavailable(new Error('the store began no upload'));
    return UploadId;
  }

  async addPart(key: BlobKey, uploadId: string, number: number, body: Uint8Array): Promise<string> {
    const command = new UploadPartCommand({
      ...this.object(key),
      ...{ UploadId: uploadId, PartNumber: number, Body: body },
    });
    const { ETag } = await told(() => this.client.send(command));
    if (!ETag) throw unavailable(new Error('the store took no part'));
    return ETag;
  }

  /** One object of the parts and the tail. */
  private async make({ key, parts, tail }: PartialBlob): Promise<void> {
    const rest = tail ?? new Uint8Array();
    if (!parts) {
      await told(() => this.client.send(new PutObjectCommand({ ...this.object(key), Body: rest })));
      return;
    }
    const { uploadId: UploadId, etags } = parts;
    const all = rest.length === 0 ? etags : [...etags, await this.addPart(key, UploadId, etags.length + 1, rest)];
    const MultipartUpload = { Parts: all.map((ETag, at) => ({ ETag, PartNumber: at + 1 })) };
    const command = new CompleteMultipartUploadCommand({ ...this.object(key), UploadId, MultipartUpload });
    await unlessGone(() => this.client.send(command));
  }

  private async sizeOf(key: BlobKey): Promise<number | null> {
    try {
      const { ContentLength = 0 } = await this.client.send(new HeadObjectCommand(this.object(key)));
      return ContentLength;
    } catch (error) {
      if (isNotThere(error)) return null;
      throw s3ErrorOf(error);
    }
  }

  private object(key: BlobKey): { Bucket: string; Key: string } {
    return { Bucket: this.location.bucket, Key: `${this.location.prefix}${key}` };
  }
}

/** What `ask` answers; a refusal in our words, with that of the store as its cause. */
async function told<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw s3ErrorOf(error);
  }
}

/** What is gone needs no ending; a store that can't end an upload in parts keeps it until its operator sees to it. */
async function unlessGone(ask: () => Promise<unknown>): Promise<void> {
  try {
    await told(ask);
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

/** Whether the store does not know what it was asked about, or how. */
function isGone(error: unknown): boolean {
  return error instanceof DomainError && (isNotThere(error.cause) || isNotImplemented(error.cause));
}

function blobMissing(): DomainError {
  return new DomainError('unavailable', 'blob_missing', 'The bytes of this upload are not in the storage; begin anew');
}
