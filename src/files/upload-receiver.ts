import { buffer } from 'node:stream/consumers';
import type { Response } from 'express';
import multer, { type StorageEngine } from 'multer';
import { type BlobStore, DomainError, type StoredBlob } from '@portico/domain/kernel';
import type { ObservedRequest } from '../platform/http/observed-request.js';
import { parserRefusal, uploadErrors } from './upload.errors.js';

/** What an upload brought. */
export interface ReceivedUpload {
  readonly blob: StoredBlob;
  /** As the part says. */
  readonly originalName: string;
  readonly partType: string;
  /** The part `metadata`, parsed; undefined without one. */
  readonly metadata: unknown;
}

/** A part as the storage leaves it: bytes of the file in the blob store, or the text of the metadata. */
type Part = Express.Multer.File & { blob?: StoredBlob; text?: string };
/** A request of which parts are arriving. */
interface Receiving {
  refuse(error: Error): void;
  /** The parts that are being kept, or were. */
  readonly keeping: Promise<unknown>[];
}

/** Room for boundaries, part headers and the metadata beside the file. */
const MAX_METADATA = 1024 * 1024;
const MAX_AROUND = 2 * MAX_METADATA;
const CHUNK = 256 * 1024;

/** Streams `multipart/form-data` into the blob store; memory does not grow with the file. */
export class UploadReceiver {
  private readonly receiving = new WeakMap<object, Receiving>();
  private readonly parse: ReturnType<multer.Multer['any']>;

  constructor(
    private readonly blobs: BlobStore,
    private readonly maxBytes: number,
  ) {
    const options: multer.Options & { highWaterMark: number; fileHwm: number } = {
      storage: this.storage(),
      limits: { fileSize: maxBytes, fieldSize: MAX_METADATA, files: 2, fields: 2, parts: 4, headerPairs: 50 },
      defParamCharset: 'utf8',
      preservePath: true, // a path in a name is refused, not cut off
      highWaterMark: CHUNK,
      fileHwm: CHUNK,
      fileFilter: (request, part, accept) => {
        if (part.fieldname === 'file' || part.fieldname === 'metadata') return accept(null, true);
        const refusal = uploadErrors.unexpectedPart(part.fieldname);
        this.receiving.get(request)?.refuse(refusal);
        accept(refusal); // the parser gives back what other parts have brought
      },
    };
    this.parse = multer(options).any();
  }

  /**
   * Receives the parts, in either order, and hands them to `use`; when that refuses, the bytes are given back.
   * @throws DomainError `file_too_large` while they stream in, `file_missing`, `unexpected_part`, `invalid_multipart`,
   *   `invalid_json`, `metadata_too_large`, `storage_full`, and what `use` throws
   */
  async receive<T>(
    request: ObservedRequest,
    response: Response,
    use: (upload: ReceivedUpload) => Promise<T>,
  ): Promise<T> {
    if (Number(request.headers['content-length'] ?? 0) > this.maxBytes + MAX_AROUND)
      throw uploadErrors.tooLarge(this.maxBytes);
    const parts = await this.parts(request, response);
    try {
      return await use(uploadOf(parts, request.body as Record<string, unknown> | undefined));
    } catch (error) {
      // any other error may have struck after the commit: then the row counts, and the sweep settles the rest
      if (error instanceof DomainError) await this.giveBack(parts);
      throw error;
    }
  }

  /** A refusal is answered when no part is being written any more, not after the rest of the body has arrived. */
  private parts(request: ObservedRequest, response: Response): Promise<Part[]> {
    return new Promise((resolve, reject) => {
      const keeping: Promise<unknown>[] = [];
      const refuse = (error: Error) =>
        void Promise.allSettled(keeping).then(() => reject(parserRefusal(error, this.maxBytes)));
      this.receiving.set(request, { refuse, keeping });
      this.parse(request, response, (error?: unknown) =>
        error ? refuse(error as Error) : resolve((request.files ?? []) as Part[]),
      );
    });
  }

  private storage(): StorageEngine {
    return {
      _handleFile: (request, part, done) => {
        part.stream.once('limit', () => part.stream.destroy(uploadErrors.tooLarge(this.maxBytes)));
        const keeping = this.keep(part);
        const receiving = this.receiving.get(request);
        receiving?.keeping.push(keeping);
        keeping.then(
          (kept) => done(null, kept),
          (error: Error) => {
            receiving?.refuse(error);
            done(error);
          },
        );
      },
      _removeFile: (_request, part, done) => {
        this.giveBack([part]).then(() => done(null), done);
      },
    };
  }

  private async keep(part: Express.Multer.File): Promise<Partial<Part>> {
    if (part.fieldname === 'file') return { blob: await this.blobs.put(part.stream) };
    const text = await buffer(part.stream);
    if (text.length > MAX_METADATA) throw uploadErrors.metadataTooLarge();
    return { text: text.toString('utf8') };
  }

  private async giveBack(parts: readonly Part[]): Promise<void> {
    for (const { blob } of parts) if (blob) await this.blobs.remove(blob.key);
  }
}

function uploadOf(parts: readonly Part[], fields: Readonly<Record<string, unknown>> | undefined): ReceivedUpload {
  if (!fields) throw uploadErrors.invalidMultipart('there are no parts in it');
  const names = [...parts.map((part) => part.fieldname), ...Object.keys(fields)];
  const unexpected = names.find((name, at) => !['file', 'metadata'].includes(name) || names.indexOf(name) !== at);
  if (unexpected !== undefined) throw uploadErrors.unexpectedPart(unexpected);
  const file = parts.find((part) => part.fieldname === 'file');
  if (!file?.blob) throw uploadErrors.fileMissing();
  const text = parts.find((part) => part.fieldname === 'metadata')?.text ?? fields['metadata'];
  return {
    blob: file.blob,
    originalName: file.originalname,
    partType: file.mimetype,
    metadata: text === undefined ? undefined : parsed(text),
  };
}

function parsed(text: unknown): unknown {
  if (typeof text !== 'string') throw uploadErrors.unexpectedPart('metadata');
  try {
    return JSON.parse(text);
  } catch {
    throw uploadErrors.metadataNotJson();
  }
}
