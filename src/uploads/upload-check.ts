import type { Actor } from '@portico/domain/kernel';
import { DomainError } from '@portico/domain/kernel';
import type { CheckUpload } from '@portico/domain/uploads';
import { asAsked, askedFile } from '../files/files.module.js';
import { requireSameResource } from '../platform/http/json-api.js';
import { InvalidRequest } from '../platform/errors/problem.js';
import type { CheckUploadBody, UploadOutlookDocument } from './upload.dto.js';

const METADATA = '/data/attributes/metadata';
const NAME_AT = { pointer: '/data/attributes/filename' };

/** From the document in a body to what would become of the upload. */
export class UploadCheck {
  constructor(
    private readonly checkUpload: CheckUpload,
    private readonly mostBytes: number,
  ) {}

  /** @throws DomainError for every fault for which the upload would be refused */
  async execute(actor: Actor, { data }: CheckUploadBody): Promise<UploadOutlookDocument> {
    requireSameResource(data, 'uploads');
    const { filename, filetype = '', bytes, metadata } = data.attributes;
    const { mostBytes } = this;
    const { contentType, name, parentId } = await inMetadata(async () => {
      const asked = await askedFile({ originalName: filename, type: filetype, metadata, nameAt: NAME_AT });
      const input = { asked: asked.input, bytes, mostBytes };
      const placed = await asAsked(asked, () => this.checkUpload.execute(actor, input));
      return { ...placed, contentType: asked.input.contentType };
    });
    const parent_folder_id = Number(parentId ?? 0);
    return { meta: { name, content_type: contentType, parent_folder_id, max_bytes: mostBytes } };
  }
}

/** The faults of the document in `metadata`, and where in this body they stand. */
async function inMetadata<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof InvalidRequest) {
      const [first, ...others] = error.faults;
      throw new InvalidRequest([shifted(first), ...others.map(shifted)]);
    }
    throw error instanceof DomainError ? shifted(error) : error;
  }
}

function shifted(error: DomainError): DomainError {
  const pointer = error.source?.pointer;
  if (pointer === undefined || pointer === NAME_AT.pointer) return error;
  return error.at({ pointer: `${METADATA}${pointer}` });
}
