import type { ProblemExample } from './problem-example.js';

/** What the routes of resumable uploads refuse. */
export const UPLOADS: Readonly<Record<string, ProblemExample>> = {
  upload_not_found: { status: 404, detail: 'There is no upload with this id' },
  upload_expired: { status: 410, detail: 'The upload has expired and its bytes are gone; begin anew' },
  upload_finished: { status: 409, detail: 'The upload has become a file; archive the file instead' },
  upload_in_use: {
    status: 409,
    detail: 'Another request is writing to this upload; ask for its offset again',
  },
  upload_offset_mismatch: {
    status: 409,
    detail: 'The upload is not at this offset; ask for it',
    source: { header: 'Upload-Offset' },
  },
  upload_offset_missing: {
    status: 400,
    detail: 'Upload-Offset must be given',
    source: { header: 'Upload-Offset' },
  },
  upload_length_missing: {
    status: 400,
    detail: 'Upload-Length must say how many bytes there will be',
    source: { header: 'Upload-Length' },
  },
  upload_length_exceeded: {
    status: 413,
    detail: 'There are more bytes than Upload-Length has said',
    source: { header: 'Upload-Length' },
  },
  invalid_upload_metadata: {
    status: 400,
    detail: 'Upload-Metadata must be names and values in base64, such as "filename U2FtcGxlLnBkZg=="',
    source: { header: 'Upload-Metadata' },
  },
  upload_filename_missing: {
    status: 400,
    detail: 'Upload-Metadata must hold a "filename"',
    source: { header: 'Upload-Metadata' },
  },
  invalid_tus_header: { status: 400, detail: 'Invalid upload-length' },
  tus_version_unsupported: {
    status: 412,
    detail: 'The header Tus-Resumable must be 1.0.0',
    source: { header: 'Tus-Resumable' },
  },
  tus_extension_unsupported: { status: 400, detail: 'This extension of the protocol is not supported' },
  upload_interrupted: { status: 400, detail: 'The request ended before its bytes did; what came is kept' },
  invalid_checksum: {
    status: 400,
    detail: 'Upload-Checksum must be sha256 or sha1 and the hash in base64',
    source: { header: 'Upload-Checksum' },
  },
  checksum_mismatch: {
    status: 460,
    detail: 'The bytes have another hash; nothing of them is kept',
    source: { header: 'Upload-Checksum' },
  },
};
