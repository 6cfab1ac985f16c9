import { applyDecorators } from '@nestjs/common';
import { ApiProperty, IntersectionType } from '@nestjs/swagger';
import { IsOptional, ValidateBy } from 'class-validator';
import { createdWithin, type CreatedWithin, instantOf } from '@portico/domain/files';
import { DomainError } from '@portico/domain/kernel';
import { PageParameters } from '../platform/http/page-query.dto.js';

const AFTER = 'filter[files][createdAfter]';
const BEFORE = 'filter[files][createdBefore]';

/** A date or an instant in a query. */
function IsInstant(): PropertyDecorator {
  const validate = (value: unknown) => typeof value === 'string' && instantOf(value) !== null;
  return applyDecorators(
    IsOptional(),
    ValidateBy({
      name: 'isInstant',
      validator: {
        validate,
        defaultMessage: (args) =>
          `${args?.property} must be given once, as a date (2017-04-06) or an ISO 8601 instant with its zone (2017-04-06T20:12:45Z)`,
      },
    }),
  );
}

/** The filters of single reads, where they are a condition, and of lists. */
export class FileFilters {
  /** Only what was created after this date or instant (exclusive), such as 2017-04-05T20:12:45Z. */
  @IsInstant()
  @ApiProperty({ required: false })
  'filter[files][createdAfter]'?: string;

  /** Only what was created before this date or instant (exclusive), such as 2017-04-06. */
  @IsInstant()
  @ApiProperty({ required: false })
  'filter[files][createdBefore]'?: string;

  /** @throws DomainError `invalid_period` */
  static createdWithin(filters: FileFilters): CreatedWithin | undefined {
    const [after, before] = [filters[AFTER], filters[BEFORE]];
    try {
      return createdWithin((after && instantOf(after)) || undefined, (before && instantOf(before)) || undefined);
    } catch (error) {
      throw error instanceof DomainError ? error.at({ parameter: AFTER }) : error;
    }
  }
}

export class FileListQuery extends IntersectionType(FileFilters, PageParameters) {}
