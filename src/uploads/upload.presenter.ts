import type { Upload } from '@portico/domain/uploads';
import { instant } from '../platform/http/json-api.js';
import type { UploadDocument } from './upload.dto.js';

/** An upload as a JSON:API resource. */
export function uploadDocument({
  id,
  asked,
  bytes,
  received,
  state,
  createdAt,
  expiresAt,
  fileId,
}: Upload): UploadDocument {
  return {
    data: {
      id,
      type: 'uploads',
      attributes: {
        ...{ filename: asked.originalName, bytes, offset: received, state },
        ...{ created_at: instant(createdAt), expires_at: instant(expiresAt) },
      },
      ...(fileId !== null && {
        relationships: { file: { data: { type: 'files', id: fileId }, links: { related: `/v1/files/${fileId}` } } },
      }),
      links: { self: `/v1/uploads/${id}` },
    },
  };
}
