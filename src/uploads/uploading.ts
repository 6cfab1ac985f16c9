import type { Response } from 'express';
import type { Actor, Clock, UploadId } from '@portico/domain/kernel';
import { getUpload, type Uploads } from '@portico/domain/uploads';
import type { ObservedRequest } from '../platform/http/observed-request.js';
import { CHECKSUM_ALGORITHMS } from './checksum.js';
import { TUS_VERSION } from './tus-calls.js';
import type { TusExchange } from './tus-exchange.js';
import { TUS_EXTENSIONS } from './tus-store.js';
import type { CheckUploadBody, UploadDocument, UploadOutlookDocument } from './upload.dto.js';
import type { UploadCheck } from './upload-check.js';
import { uploadDocument } from './upload.presenter.js';

/** What the routes of uploads do. */
export class Uploading {
  constructor(
    private readonly exchange: TusExchange,
    private readonly uploadCheck: UploadCheck,
    private readonly uploads: Uploads,
    private readonly clock: Clock,
    private readonly mostBytes: number,
  ) {}

  options(response: Response): void {
    response.set({
      'Tus-Version': TUS_VERSION,
      'Tus-Extension': TUS_EXTENSIONS.join(','),
      'Tus-Max-Size': String(this.mostBytes),
      'Tus-Checksum-Algorithm': CHECKSUM_ALGORITHMS.join(','),
    });
    response.status(204).end();
  }

  /** @throws DomainError for every refusal of the protocol and of the use cases */
  serve(actor: Actor, request: ObservedRequest, response: Response): Promise<void> {
    return this.exchange.serve(actor, request, response);
  }

  /** @throws DomainError for every fault for which the upload would be refused */
  check(actor: Actor, body: CheckUploadBody): Promise<UploadOutlookDocument> {
    return this.uploadCheck.execute(actor, body);
  }

  /** @throws DomainError `upload_not_found`, `upload_expired` */
  async read(actor: Actor, id: UploadId): Promise<UploadDocument> {
    return uploadDocument(await getUpload(this.uploads, this.clock, actor, id));
  }
}
