import type { UploadLabels } from '@portico/domain/uploads';
import { type AskedFile, askedFile } from '../files/files.module.js';
import { tusErrors } from './tus-errors.js';

/**
 * What file the header `Upload-Metadata` asks for: `filename`, `filetype`, and `metadata`, which is the part of that name
 * of an upload in one piece.
 * @throws DomainError `upload_filename_missing`, `invalid_json`, and as `askedFile`
 */
export async function askedInLabels({ filename, filetype, metadata }: UploadLabels): Promise<AskedFile> {
  if (filename === undefined || filename === null) throw tusErrors.fileNameMissing();
  return askedFile({
    originalName: filename,
    type: filetype ?? '',
    metadata: metadata ? parsed(metadata) : undefined,
    nameAt: { header: 'Upload-Metadata' },
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw tusErrors.metadataNotJson();
  }
}
