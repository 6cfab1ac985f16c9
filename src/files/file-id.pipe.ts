import { Injectable, type PipeTransform } from '@nestjs/common';
import { DomainError, type FileId, isId } from '@portico/domain/kernel';

/** The `:id` of a path; what can't be an id is one that nothing has. */
@Injectable()
export class FileIdPipe implements PipeTransform<string, FileId> {
  transform(value: string): FileId {
    if (isId(value)) return value as FileId;
    throw new DomainError('not_found', 'file_not_found', 'There is no file with this id');
  }
}
