import { NoSuchKey, NotFound, S3ServiceException } from '@aws-sdk/client-s3';
import { DomainError } from '@portico/domain/kernel';

const FULL = new Set(['QuotaExceeded', 'InsufficientStorage', 'XMinioStorageFull', 'XMinioAdminBucketQuotaExceeded']);
const NETWORK = new Set(['ECONNREFUSED', 'ECONNRESET', 'EHOSTUNREACH', 'ENOTFOUND', 'EPIPE', 'ETIMEDOUT', 'EAI_AGAIN']);

export function isNotThere(error: unknown): boolean {
  if (error instanceof NoSuchKey || error instanceof NotFound) return true;
  return error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404 && error.name !== 'NoSuchBucket';
}

/** Whether the store does not know what it is asked. */
export function isNotImplemented(error: unknown): boolean {
  if (!(error instanceof S3ServiceException)) return false;
  return error.name === 'NotImplemented' || [405, 501].includes(error.$metadata.httpStatusCode ?? 0);
}

/** What a failing store means for the caller; any other error, such as one of the source, is passed on as it is. */
export function s3ErrorOf(error: unknown): unknown {
  if (error instanceof S3ServiceException && (FULL.has(error.name) || error.$metadata.httpStatusCode === 507))
    return storageFull(error);
  return isOfStore(error) ? unavailable(error) : error;
}

/** Also of the way to the store, and of its credentials. */
function isOfStore(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { code, name } = error as { code?: unknown; name?: unknown };
  return '$metadata' in error || name === 'CredentialsProviderError' || NETWORK.has(String(code));
}

export function unavailable(cause: unknown): DomainError {
  const error = new DomainError('unavailable', 'storage_unavailable', 'The storage can not be used');
  error.cause = cause;
  return error;
}

function storageFull(cause: unknown): DomainError {
  const error = new DomainError('unavailable', 'storage_full', 'The storage is full; nothing was kept');
  error.cause = cause;
  return error;
}
