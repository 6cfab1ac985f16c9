import { pipeline } from 'node:stream/promises';
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
    const source = bodiless ? null : await this.blobs.open(content.blobKey, range);
    response.setHeader('Content-Type', 'application/binary');
    response.setHeader('Content-Disposition', attachment(content.name));
    if (redirect) response.setHeader('X-Accel-Redirect', redirect);
    else setLength(response, content.bytes, range);
    if (!source) {
      response.end();
      return;
    }
    try {
      await pipeline(source, response);
    } catch (error) {
      if (!response.destroyed) throw error; // else the caller went away: nobody is left to tell
    }
  }
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
