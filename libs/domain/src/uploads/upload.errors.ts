import { DomainError } from '../kernel/index.js';

/** The refusals of resumable uploads. */
export const uploadErrors = {
  notFound: () => new DomainError('not_found', 'upload_not_found', 'There is no upload with this id'),
  expired: () => new DomainError('gone', 'upload_expired', 'The upload has expired and its bytes are gone; begin anew'),
  unfinished: (received: number, bytes: number) =>
    new DomainError('conflict', 'upload_unfinished', `Only ${received} of ${bytes} bytes have arrived`),
  finished: () =>
    new DomainError('conflict', 'upload_finished', 'The upload has become a file; archive the file instead'),
  inUse: () =>
    new DomainError('conflict', 'upload_in_use', 'Another request is writing to this upload; ask for its offset again'),
};
