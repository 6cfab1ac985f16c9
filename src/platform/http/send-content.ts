import type { Response } from 'express';
import type { BlobKey, BlobStore, ByteRange } from '@portico/domain/kernel';
import { DomainError } from '@portico/domain/kernel';
import { attachment } from './content-disposition.js';
import { answerTo } from './content-request.js';
import type { ObservedRequest } from './observed-request.js';

/** What is sent: the bytes under `blobKey`, offered under `name`. */
export interface Content {
  readonly name: string;
  readonly blobKey: BlobKey;
  readonly bytes: number;
  /** Lower-case hex; its entity tag. */
  readonly sha256: string;
}

/** Bytes that are about to leave. */
export interface Sending {
  /** From the first to the last, both counted; of empty content from 0 to -1. */
  readonly range: ByteRange;
  /** Whether a proxy in front sends them. */
  readonly isHandedOver: boolean;
}

/** Is told of the bytes that leave. */
export interface ContentWatch {
  /** Before the first byte leaves; when it throws, none does, and the call is refused. */
  begins(sending: Sending): Promise<void>;
  /** Instead of the last byte: the caller went away, or the bytes did not come; `sent` of them have left. */
  breaksOff(sending: Sending, sent: number): Promise<void>;
}

/** Where a reverse proxy in front finds the bytes of `key`; null when it must get them from here. */
export type AccelRedirect = (key: BlobKey) => string | null;

/** Answers a download: ranges, conditions and HEAD (contract, section 4, "Download"; RFC 9110, sections 13 and 14). */
export class ContentSender {
  constructor(
    private readonly blobs: BlobStore,
    private readonly accelRedirect: AccelRedirect,
  ) {}

  /**
   * What leaves is told to `watch`. Behind a proxy that sends the bytes conditions and ranges are the proxy's, but what
   * is watched is decided here first, so that the proxy sends what was told.
   * @throws DomainError `precondition_failed`, `range_not_satisfiable`, `blob_missing`, before anything is sent
   */
  async send(request: ObservedRequest, response: Response, content: Content, watch?: ContentWatch): Promise<void> {
    const etag = `"${content.sha256}"`;
    response.setHeader('ETag', etag);
    response.setHeader('Accept-Ranges', 'bytes');
    response.setHeader('Cache-Control', 'private, no-cache');
    const redirect = this.accelRedirect(content.blobKey);
    const answer = redirect && !watch ? WHOLE : decide(request, response, etag, content.bytes);
    if (answer.status === 304) {
      response.status(304).end();
      return;
    }
    const part = answer.status === 206 ? answer.range : undefined;
    const sending = { range: part ?? { start: 0, end: content.bytes - 1 }, isHandedOver: redirect !== null };
    const describe = () => {
      response.statusCode = redirect ? WHOLE.status : answer.status;
      response.setHeader('Content-Type', 'application/binary');
      response.setHeader('Content-Disposition', attachment(content.name));
      if (redirect) response.setHeader('X-Accel-Redirect', redirect);
      else setLength(response, content.bytes, part);
    };
    if (redirect === null && request.method !== 'HEAD' && content.bytes > 0) {
      await this.stream(response, content.blobKey, { sending, describe, watch });
      return;
    }
    if (request.method !== 'HEAD') await watch?.begins(sending);
    describe();
    response.end();
  }

  private async stream(
    response: Response,
    key: BlobKey,
    { sending, describe, watch }: { sending: Sending; describe: () => void; watch: ContentWatch | undefined },
  ): Promise<void> {
    let sent = 0;
    let hasBegun = false;
    try {
      await this.blobs.read(key, sending.range, async (piece) => {
        if (!hasBegun) {
          await watch?.begins(sending);
          hasBegun = true;
          describe(); // only now is it sure that the bytes are there
        }
        await write(response, piece);
        sent += piece.length;
      });
      response.end();
    } catch (error) {
      if (hasBegun) await watch?.breaksOff(sending, sent);
      if (!response.destroyed) throw error; // else the caller went away: nobody is left to tell
    }
  }
}

const WHOLE = { status: 200 } as const;

/** Ends when `piece` is on its way and its memory is free again. @throws Error when the caller went away */
function write(response: Response, piece: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    const gone = () => reject(new Error('the caller went away'));
    response.once('close', gone);
    response.write(piece, (error) => {
      response.off('close', gone);
      if (error) reject(error);
      else resolve();
    });
  });
}

function setLength(response: Response, bytes: number, range?: ByteRange): void {
  if (range) response.setHeader('Content-Range', `bytes ${range.start}-${range.end}/${bytes}`);
  response.setHeader('Content-Length', range ? range.end - range.start + 1 : bytes);
}

function decide(
  request: ObservedRequest,
  response: Response,
  etag: string,
  bytes: number,
): ReturnType<typeof answerTo> {
  try {
    return answerTo(request.headers, etag, bytes);
  } catch (error) {
    if (error instanceof DomainError && error.kind === 'range_not_satisfiable')
      response.setHeader('Content-Range', `bytes */${bytes}`);
    throw error;
  }
}
