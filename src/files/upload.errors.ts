import { MulterError } from 'multer';
import { fileErrors } from '@portico/domain/files';
import { DomainError } from '@portico/domain/kernel';

/** The refusals of the upload itself. */
export const uploadErrors = {
  tooLarge: (limit: number) => fileErrors.tooLarge(limit).at({ parameter: 'file' }),
  fileMissing: () =>
    new DomainError('invalid', 'file_missing', 'The part "file" with a file name is missing', { parameter: 'file' }),
  /** `parts`: those that there may be. */
  unexpectedPart: (name: string, parts: readonly string[]) =>
    new DomainError(
      'invalid',
      'unexpected_part',
      `There may be ${parts.map((part) => `one part "${part}"`).join(' and ')}; "${name}" is too much`,
      { parameter: name },
    ),
  textTooLarge: (part: string) =>
    new DomainError(
      'too_large',
      `${part === 'metadata' ? part : 'part'}_too_large`,
      `The part "${part}" is too large`,
      {
        parameter: part,
      },
    ),
  metadataNotJson: () =>
    new DomainError('invalid', 'invalid_json', 'The part "metadata" is not valid JSON', { parameter: 'metadata' }),
  invalidMultipart: (reason: string) =>
    new DomainError('invalid', 'invalid_multipart', `The body is not valid multipart/form-data: ${reason}`),
};

/** What a refusal by the parser means; errors of the storage are passed on as they are. */
export function parserRefusal(error: Error, limit: number): Error {
  if (error instanceof MulterError) {
    if (error.code === 'LIMIT_FILE_SIZE') return uploadErrors.tooLarge(limit);
    if (error.code === 'LIMIT_FIELD_VALUE') return uploadErrors.textTooLarge(error.field ?? 'metadata');
    return uploadErrors.invalidMultipart(error.message);
  }
  const fromSystem = error instanceof DomainError || (error as NodeJS.ErrnoException).code !== undefined;
  return fromSystem ? error : uploadErrors.invalidMultipart(error.message);
}
