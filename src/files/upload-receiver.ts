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
  /** The other parts, by their names. */
  readonly texts: Readonly<Record<string, string | undefined>>;
}

/** A part as the storage leaves it: bytes of the file in the blob store, or the text of another part. */
type Part = Express.Multer.File & { blob?: StoredBlob; text?: string };
/** A request of which parts are arriving. */
interface Receiving {
  refuse(error: Error): void;
  /** The parts that are being kept, or were. */
  readonly keeping: Promise<unknown>[];
}

/** Room for boundaries, part headers and the texts beside the file. */
const MAX_TEXT = 1024 * 1024;
const MAX_AROUND = 2 * MAX_TEXT;
const CHUNK = 256 * 1024;

/** Streams `multipart/form-data` into the blob store; memory does not grow with the file. */
export class UploadReceiver {
  private readonly receiving = new WeakMap<object, Receiving>();
  private readonly parse: ReturnType<multer.Multer['any']>;

  constructor(
    private readonly blobs: BlobStore,
    private readonly maxBytes: number,
    /** The parts of text that there may be beside the part `file`. */
    private readonly textParts: readonly string[],
  ) {
    const most = 1 + textParts.length;
    const options: multer.Options & { highWaterMark: number; fileHwm: number } = {
      storage: this.storage(),
      limits: {
        fileSize: maxBytes,
        fieldSize: MAX_TEXT,
        files: most,
        fields: most,
        parts: 2 * most,
        headerPairs: 50,
      },
      defParamCharset: 'utf8',
      preservePath: true, // a path in a name is refused, not cut off
      highWaterMark: CHUNK,
      fileHwm: CHUNK,
      fileFilter: (request, part, accept) => {
        if (this.parts.includes(part.fieldname)) return accept(null, true);
        const refusal = uploadErrors.unexpectedPart(part.fieldname, this.parts);
        this.receiving.get(request)?.refuse(refusal);
        accept(refusal); // the parser gives back what other parts have brought
      },
    };
    this.parse = multer(options).any();
  }

  /**
   * Receives the parts, in either order, and hands them to `use`; when that refuses, the bytes are given back.
   * @throws DomainError `file_too_large` while they stream in, `file_missing`, `unexpected_part`, `invalid_multipart`,
   *   `metadata_too_large`, `storage_full`, and what `use` throws
   */
  async receive<T>(
    request: ObservedRequest,
    response: Response,
    use: (upload: ReceivedUpload) => Promise<T>,
  ): Promise<T> {
    if (Number(request.headers['content-length'] ?? 0) > this.maxBytes + MAX_AROUND)
      throw uploadErrors.tooLarge(this.maxBytes);
    const parts = await this.arrived(request, response);
    try {
      return await use(this.uploadOf(parts, request.body as Record<string, unknown> | undefined));
    } catch (error) {
      // any other error may have struck after the commit: then the row counts, and the sweep settles the rest
      if (error instanceof DomainError) await this.giveBack(parts);
      throw error;
    }
  }

  /** A refusal is answered when no part is being written any more, not after the rest of the body has arrived. */
  private arrived(request: ObservedRequest, response: Response): Promise<Part[]> {
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
    if (text.length > MAX_TEXT) throw uploadErrors.textTooLarge(part.fieldname);
    return { text: text.toString('utf8') };
  }

  private async giveBack(parts: readonly Part[]): Promise<void> {
    for (const { blob } of parts) if (blob) await this.blobs.remove(blob.key);
  }

  private get parts(): readonly string[] {
    return ['file', ...this.textParts];
  }

  private uploadOf(parts: readonly Part[], fields: Readonly<Record<string, unknown>> | undefined): ReceivedUpload {
    if (!fields) throw uploadErrors.invalidMultipart('there are no parts in it');
    const names = [...parts.map((part) => part.fieldname), ...Object.keys(fields)];
    const unexpected = names.find((name, at) => !this.parts.includes(name) || names.indexOf(name) !== at);
    if (unexpected !== undefined) throw uploadErrors.unexpectedPart(unexpected, this.parts);
    const file = parts.find((part) => part.fieldname === 'file');
    if (!file?.blob) throw uploadErrors.fileMissing();
    const texts = this.textParts.map((name) => {
      const text = parts.find((part) => part.fieldname === name)?.text ?? fields[name];
      if (text !== undefined && typeof text !== 'string') throw uploadErrors.unexpectedPart(name, this.parts);
      return [name, text] as const;
    });
    return {
      blob: file.blob,
      originalName: file.originalname,
      partType: file.mimetype,
      texts: Object.fromEntries(texts),
    };
  }
}
