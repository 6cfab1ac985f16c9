import { ERRORS } from '@tus/server';
import { DomainError } from '@portico/domain/kernel';

const OFFSET = { header: 'Upload-Offset' };
const LENGTH = { header: 'Upload-Length' };
const METADATA = { header: 'Upload-Metadata' };

/** The refusals of the protocol. */
export const tusErrors = {
  version: () =>
    new DomainError('precondition_failed', 'tus_version_unsupported', 'The header Tus-Resumable must be 1.0.0', {
      header: 'Tus-Resumable',
    }),
  header: (reason: string) => new DomainError('invalid', 'invalid_tus_header', reason),
  offsetMissing: () => new DomainError('invalid', 'upload_offset_missing', 'Upload-Offset must be given', OFFSET),
  offsetMismatch: () =>
    new DomainError('conflict', 'upload_offset_mismatch', 'The upload is not at this offset; ask for it', OFFSET),
  lengthMissing: () =>
    new DomainError('invalid', 'upload_length_missing', 'Upload-Length must say how many bytes there will be', LENGTH),
  lengthExceeded: () =>
    new DomainError('too_large', 'upload_length_exceeded', 'There are more bytes than Upload-Length has said', LENGTH),
  contentType: () =>
    new DomainError(
      'unsupported_media_type',
      'unsupported_media_type',
      'The body must be application/offset+octet-stream',
      { header: 'Content-Type' },
    ),
  invalidMetadata: () =>
    new DomainError(
      'invalid',
      'invalid_upload_metadata',
      'Upload-Metadata must be names and values in base64, such as "filename U2FtcGxlLnBkZg=="',
      METADATA,
    ),
  fileNameMissing: () =>
    new DomainError('invalid', 'upload_filename_missing', 'Upload-Metadata must hold a "filename"', METADATA),
  metadataNotJson: () =>
    new DomainError('invalid', 'invalid_json', 'The "metadata" in Upload-Metadata is not valid JSON', METADATA),
  extension: () =>
    new DomainError('invalid', 'tus_extension_unsupported', 'This extension of the protocol is not supported'),
  interrupted: () =>
    new DomainError('invalid', 'upload_interrupted', 'The request ended before its bytes did; what came is kept'),
  invalidChecksum: () =>
    new DomainError('invalid', 'invalid_checksum', 'Upload-Checksum must be sha256 or sha1 and the hash in base64', {
      header: 'Upload-Checksum',
    }),
  checksumMismatch: () =>
    new DomainError('checksum_mismatch', 'checksum_mismatch', 'The bytes have another hash; nothing of them is kept', {
      header: 'Upload-Checksum',
    }),
};

const OF_LIBRARY = new Map<unknown, () => DomainError>([
  [ERRORS.MISSING_OFFSET, tusErrors.offsetMissing],
  [ERRORS.INVALID_OFFSET, tusErrors.offsetMismatch],
  [ERRORS.INVALID_LENGTH, tusErrors.lengthMissing],
  [ERRORS.ERR_SIZE_EXCEEDED, tusErrors.lengthExceeded],
  [ERRORS.INVALID_CONTENT_TYPE, tusErrors.contentType],
  [ERRORS.INVALID_METADATA, tusErrors.invalidMetadata],
  [ERRORS.UNSUPPORTED_CONCATENATION_EXTENSION, tusErrors.extension],
  [ERRORS.UNSUPPORTED_CREATION_DEFER_LENGTH_EXTENSION, tusErrors.extension],
  [ERRORS.ABORTED, tusErrors.interrupted],
]);

/** What an error of the library means for the caller; others are passed on as they are. */
export function tusErrorOf(error: unknown): unknown {
  const known = OF_LIBRARY.get(error);
  if (known) return known();
  // the rest of what is to come is counted as it arrives
  if ((error as { status_code?: unknown } | null)?.status_code === 413) return tusErrors.lengthExceeded();
  return error;
}
