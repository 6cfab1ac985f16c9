import type { BlobStore, PartialBlobs } from '@portico/domain/kernel';
import type { StorageLocation } from '../config/storage-location.js';
import { LocalBlobStore } from './local-blob-store.js';
import { LocalPartialBlobs } from './local-partial-blobs.js';
import { S3BlobStore, s3Client } from './s3/s3-blob-store.js';
import { S3PartialBlobs } from './s3/s3-partial-blobs.js';

/** The store at that place; nothing is asked of it before the first blob. */
export function openBlobStore(location: StorageLocation): BlobStore {
  return location.kind === 'folder' ? new LocalBlobStore(location.root) : new S3BlobStore(s3Client(location), location);
}

/** The blobs in the making at that place. */
export function openPartialBlobs(location: StorageLocation): PartialBlobs {
  if (location.kind === 'folder') return new LocalPartialBlobs(location.root);
  return new S3PartialBlobs(s3Client(location), location);
}
