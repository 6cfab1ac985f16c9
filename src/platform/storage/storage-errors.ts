import { DomainError } from '@portico/domain/kernel';

const FULL = new Set(['ENOSPC', 'EDQUOT']);
const BROKEN = new Set([
  'EACCES',
  'EEXIST',
  'EIO',
  'EISDIR',
  'EMFILE',
  'ENFILE',
  'ENODEV',
  'ENOENT', // also what a missing folder on a read-only disk comes to
  'ENOTCONN',
  'ENOTDIR',
  'ENXIO',
  'EPERM',
  'EROFS',
  'ESTALE',
]);

/** What a failing disk means for the caller; any other error is passed on as it is. */
export function storageErrorOf(error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException | null)?.code ?? '';
  if (FULL.has(code)) return new DomainError('unavailable', 'storage_full', 'The storage is full; nothing was kept');
  if (BROKEN.has(code)) return new DomainError('unavailable', 'storage_unavailable', 'The storage can not be used');
  return error;
}
