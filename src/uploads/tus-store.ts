import type { Readable } from 'node:stream';
import { DataStore, Upload as TusUpload } from '@tus/server';
import type { Actor, Clock, UploadId } from '@portico/domain/kernel';
import { getUpload, type Upload, UPLOAD_LIFETIME_MS } from '@portico/domain/uploads';
import { asAsked } from '../files/files.module.js';
import type { Checksum } from './checksum.js';
import { askedInLabels } from './upload-metadata.js';
import type { UploadUseCases } from './upload-use-cases.js';

/** What of the protocol there is beside its core. */
export const TUS_EXTENSIONS = ['creation', 'creation-with-upload', 'termination', 'expiration', 'checksum'];

/** One call of the protocol, as it goes on. */
export interface TusCall {
  readonly actor: Actor;
  readonly checksum: Checksum | null;
  readonly mostBytes: number;
}

/** The uploads of one caller as the library for the protocol sees them, during one call. */
export class TusStore extends DataStore {
  override extensions = TUS_EXTENSIONS;
  /** The upload as it was last seen. */
  upload: Upload | null = null;
  private writing: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly useCases: UploadUseCases,
    private readonly clock: Clock,
    private readonly call: TusCall,
  ) {
    super();
  }

  override async create(given: TusUpload): Promise<TusUpload> {
    const { actor, mostBytes } = this.call;
    const labels = given.metadata ?? {};
    const asked = await askedInLabels(labels);
    const id = given.id as UploadId;
    const input = { id, asked: asked.input, bytes: given.size ?? 0, mostBytes, labels };
    this.upload = await asAsked(asked, () => this.useCases.begin.execute(actor, input));
    return given;
  }

  override async getUpload(id: string): Promise<TusUpload> {
    const { uploads } = this.useCases;
    const upload = await getUpload(uploads, this.clock, this.call.actor, id as UploadId);
    this.upload = upload;
    return new TusUpload({
      ...{ id, size: upload.bytes, offset: upload.received, metadata: { ...upload.labels } },
      creation_date: new Date(upload.expiresAt.getTime() - UPLOAD_LIFETIME_MS).toISOString(), // of the last byte
    });
  }

  override async write(stream: Readable, id: string, offset: number): Promise<number> {
    const { actor, checksum } = this.call;
    const bytes = stream as AsyncIterable<Uint8Array>;
    const checked = checksum?.over(bytes) ?? { source: bytes };
    const writing = this.useCases.append.execute(actor, { id: id as UploadId, offset, ...checked });
    this.writing = writing.catch(() => undefined); // told by whoever called
    return writing;
  }

  override async remove(id: string): Promise<void> {
    await this.useCases.abandon.execute(this.call.actor, id as UploadId);
  }

  override getExpiration(): number {
    return UPLOAD_LIFETIME_MS;
  }

  async finish(id: string): Promise<void> {
    await this.useCases.finish.execute(this.call.actor, id as UploadId);
  }

  /** Until all that was begun has come to its end: the library does not wait for that when a request breaks. */
  async settled(): Promise<void> {
    await this.writing;
  }
}
