import { type PipeTransform } from '@nestjs/common';
import { DomainError, isId } from '@portico/domain/kernel';

/** The `:id` of a path; what can't be an id is one that nothing has (decision 6). */
export class ResourceIdPipe implements PipeTransform<string, string> {
  /** `what` as the refusal calls it, such as `file`: the code is then `file_not_found`. */
  constructor(private readonly what: string) {}

  transform(value: string): string {
    if (isId(value)) return value;
    const words = this.what.replaceAll('_', ' ');
    throw new DomainError('not_found', `${this.what}_not_found`, `There is no ${words} with this id`);
  }
}
