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

/** Where a reverse proxy in front finds the bytes of `key`; null when it must get them from here. */
export type AccelRedirect = (key: BlobKey) => string | null;

/** Answers a download: ranges, conditions and HEAD (contract, section 4, "Download"; RFC 9110, sections 13 and 14). */
export class ContentSender {
  constructor(
    private readonly blobs: BlobStore,
    private readonly accelRedirect: AccelRedirect,
  ) {}

  /** @throws DomainError `precondition_failed`, `range_not_satisfiable`, `blob_missing`, before anything is sent */
  async send(request: ObservedRequest, response: Response, content: Content): Promise<void> {
    const etag = `"${content.sha256}"`;
    response.setHeader('ETag', etag);
    response.setHeader('Accept-Ranges', 'bytes');
    response.setHeader('Cache-Control', 'private, no-cache');
    const redirect = this.accelRedirect(content.blobKey);
    const answer = redirect ? ({ status: 200 } as const) : decide(request, response, etag, content.bytes);
    response.statusCode = answer.status;
    if (answer.status === 304) {
      response.end();
      return;
    }
    const bodiless = redirect !== null || request.method === 'HEAD' || content.bytes === 0;
    const range = answer.status === 206 ? answer.range : undefined;
    const describe = () => {
      response.setHeader('Content-Type', 'application/binary');
      response.setHeader('Content-Disposition', attachment(content.name));
      if (redirect) response.setHeader('X-Accel-Redirect', redirect);
      else setLength(response, content.bytes, range);
    };
    if (bodiless) {
      describe();
      response.end();
      return;
    }
    try {
      await this.blobs.read(content.blobKey, range ?? { start: 0, end: content.bytes - 1 }, (piece) => {
        if (!response.headersSent) describe(); // only now is it sure that the bytes are there
        return write(response, piece);
      });
      response.end();
    } catch (error) {
      if (!response.destroyed) throw error; // else the caller went away: nobody is left to tell
    }
  }
}

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
