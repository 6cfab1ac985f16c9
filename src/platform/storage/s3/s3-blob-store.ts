import { createHash, randomUUID } from 'node:crypto';
import { Readable, Transform } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  paginateListObjectsV2,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import {
  type BlobEntry,
  type BlobKey,
  BlobStore,
  type ByteRange,
  DomainError,
  type GiveBytes,
  type StoredBlob,
  type TakeBytes,
  WrongBytes,
} from '@portico/domain/kernel';
import type { S3Location } from '../../config/storage-location.js';
import { hashBlob } from '../hash-blob.js';
import { readableOf } from './readable-of.js';
import { unfinishedUploads } from './unfinished-uploads.js';
import { isNotThere, s3ErrorOf, unavailable } from './s3-errors.js';

/** 10,000 parts are what S3 takes: 80 GiB. An upload holds two parts under way and one that fills. */
const PART_BYTES = 8 * 1024 * 1024;
const PARTS_AT_ONCE = 2;
const KEY = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A client for the store. Checksums that other stores do not know are left out: some keep them as part of the bytes. */
export function s3Client({ endpoint, region }: S3Location): S3Client {
  return new S3Client({
    region,
    ...(endpoint !== null && { endpoint, forcePathStyle: true }),
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    maxAttempts: 4,
    requestHandler: { connectionTimeout: 5000, requestTimeout: 60_000 },
  });
}

/** Blobs as objects of an S3-compatible store: `<prefix><key>`. */
export class S3BlobStore extends BlobStore {
  /** Uploads that somebody broke off, by the key that they were to have. */
  private readonly unfinished = new Map<BlobKey, string>();

  constructor(
    private readonly client: S3Client,
    private readonly location: Pick<S3Location, 'bucket' | 'prefix'>,
  ) {
    super();
  }

  async put(source: Readable): Promise<StoredBlob> {
    const key = randomUUID() as BlobKey;
    const measure = new Measure();
    try {
      await this.send(key, source, measure);
    } catch (error) {
      const fault = source.errored ?? s3ErrorOf(error);
      source.destroy();
      await this.remove(key).catch(() => undefined); // a second failure must not hide the first; the sweep comes by
      throw fault;
    }
    return { key, bytes: measure.bytes, sha256: measure.sha256 };
  }

  /** The object appears when its last byte was sent, and that is not done before the hash is known to be right. */
  async putAs(blob: StoredBlob, give: GiveBytes): Promise<void> {
    const source = readableOf(give);
    const measure = new Measure(blob);
    try {
      await this.send(blob.key, source, measure);
    } catch (error) {
      // of parts under way the store may say that their upload is gone, which is what follows and not what was wrong
      const fault = measure.errored instanceof WrongBytes ? measure.errored : (source.errored ?? s3ErrorOf(error));
      source.destroy();
      throw fault;
    }
  }

  async read(key: BlobKey, { start, end }: ByteRange, take: TakeBytes): Promise<void> {
    if (end < start) {
      if (!(await this.has(key))) throw blobMissing();
      return;
    }
    const body = await this.open(key, `bytes=${start}-${end}`);
    let left = end + 1 - start;
    try {
      for await (const piece of body) {
        left -= (piece as Uint8Array).length;
        await take(piece as Uint8Array);
      }
    } finally {
      body.destroy();
    }
    if (left > 0) throw new WrongBytes('a blob is shorter than its row says');
  }

  hash(key: BlobKey, bytes: number): Promise<string> {
    return hashBlob(this, key, bytes);
  }

  async has(key: BlobKey): Promise<boolean> {
    return (await this.sizeOf(key)) !== null;
  }

  async remove(key: BlobKey): Promise<void> {
    const uploadId = this.unfinished.get(key);
    try {
      await this.client.send(new DeleteObjectCommand(this.object(key)));
      if (uploadId === undefined) return;
      await this.client.send(new AbortMultipartUploadCommand({ ...this.object(key), UploadId: uploadId }));
    } catch (error) {
      if (!isNotThere(error)) throw s3ErrorOf(error);
    }
    this.unfinished.delete(key);
  }

  /** Uploads that were begun and not ended are among them. */
  async *keysWrittenBefore(instant: Date): AsyncIterable<BlobKey> {
    for await (const { key, writtenAt } of this.entries()) if (writtenAt < instant) yield key;
    const { bucket: Bucket, prefix: Prefix } = this.location;
    try {
      for await (const { name, uploadId, begunAt } of unfinishedUploads(this.client, { Bucket, Prefix })) {
        const key = this.keyOf(name);
        if (!key || begunAt >= instant) continue;
        this.unfinished.set(key, uploadId);
        yield key;
      }
    } catch (error) {
      throw s3ErrorOf(error);
    }
  }

  async *entries(): AsyncIterable<BlobEntry> {
    const { bucket: Bucket, prefix: Prefix } = this.location;
    try {
      for await (const page of paginateListObjectsV2({ client: this.client }, { Bucket, Prefix }))
        for (const { Key = '', Size: bytes = 0, LastModified: writtenAt } of page.Contents ?? []) {
          const key = this.keyOf(Key);
          if (key && writtenAt) yield { key, bytes, writtenAt };
        }
    } catch (error) {
      throw s3ErrorOf(error);
    }
  }

  async check(): Promise<void> {
    const { bucket, prefix } = this.location;
    try {
      await this.client.send(new PutObjectCommand({ Bucket: bucket, Key: `${prefix}probe`, Body: 'x' }));
    } catch (error) {
      throw s3ErrorOf(error);
    }
  }

  private async send(key: BlobKey, source: Readable, measure: Measure): Promise<void> {
    source.once('error', (error) => measure.destroy(error));
    const upload = new Upload({
      ...{ client: this.client, params: { ...this.object(key), Body: source.pipe(measure) } },
      ...{ partSize: PART_BYTES, queueSize: PARTS_AT_ONCE },
    });
    await upload.done();
    await this.requireWhole(key, measure.bytes);
  }

  /** What the store says that it has: a store that alters the bytes on their way is noticed here. */
  private async requireWhole(key: BlobKey, bytes: number): Promise<void> {
    const size = await this.sizeOf(key);
    if (size !== bytes) throw unavailable(new Error(`${bytes} bytes were sent, and ${size} are in the store`));
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

  private async open(key: BlobKey, Range: string): Promise<Readable> {
    try {
      const { Body } = await this.client.send(new GetObjectCommand({ ...this.object(key), Range }));
      if (Body instanceof Readable) return Body;
    } catch (error) {
      throw isNotThere(error) ? blobMissing() : s3ErrorOf(error);
    }
    throw unavailable(new Error('the store answered without bytes'));
  }

  private object(key: BlobKey): { Bucket: string; Key: string } {
    return { Bucket: this.location.bucket, Key: `${this.location.prefix}${key}` };
  }

  private keyOf(name: string): BlobKey | null {
    const key = name.slice(this.location.prefix.length);
    return KEY.test(key) ? (key as BlobKey) : null;
  }
}

/** Counts and hashes what passes through; where it is announced, nothing else passes to its end. */
class Measure extends Transform {
  bytes = 0;
  sha256 = '';
  private readonly hash = createHash('sha256');

  constructor(private readonly announced: Pick<StoredBlob, 'bytes' | 'sha256'> | null = null) {
    super();
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: (error: null, chunk: Buffer) => void): void {
    this.hash.update(chunk);
    this.bytes += chunk.length;
    done(null, chunk);
  }

  override _flush(done: (error?: Error) => void): void {
    this.sha256 = this.hash.digest('hex');
    const { bytes, sha256 } = this.announced ?? this;
    const isRight = this.bytes === bytes && this.sha256 === sha256;
    done(isRight ? undefined : new WrongBytes('other bytes came than were announced'));
  }
}

function blobMissing(): DomainError {
  return new DomainError('unavailable', 'blob_missing', 'The bytes of this file are not in the storage');
}
