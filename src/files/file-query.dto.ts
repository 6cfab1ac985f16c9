import { applyDecorators } from '@nestjs/common';
import { ApiHideProperty, ApiProperty, IntersectionType } from '@nestjs/swagger';
import { IsIn, IsOptional, ValidateBy } from 'class-validator';
import { createdWithin, type FileFilter, instantOf } from '@portico/domain/files';
import { DomainError, type EntityId, type FolderId, type GroupId, isId } from '@portico/domain/kernel';
import { PageParameters } from '../platform/http/page-query.dto.js';

const AFTER = 'filter[files][createdAfter]';
const BEFORE = 'filter[files][createdBefore]';
/** What each value of `includedObjects` lists. */
const INCLUDED = { FILES_ONLY: 'files', FOLDERS_ONLY: 'folders', FILES_AND_FOLDERS: undefined } as const;

/** A date or an instant in a query. */
const IsInstant = () =>
  isGiven(
    'isInstant',
    (text) => instantOf(text) !== null,
    'a date (2017-04-06) or an ISO 8601 instant with its zone (2017-04-06T20:12:45Z)',
  );

/** An id in a query. */
const IsIdParameter = () => isGiven('isIdParameter', isId, 'an id');

/** The id of a folder in a query, or 0 for the top level. */
const IsFolderParameter = () =>
  isGiven('isFolderParameter', (text) => text === '0' || isId(text), 'the id of a folder, or 0');

function isGiven(name: string, isRight: (text: string) => boolean, what: string): PropertyDecorator {
  return applyDecorators(
    IsOptional(),
    ValidateBy({
      name,
      validator: {
        validate: (value) => typeof value === 'string' && isRight(value),
        defaultMessage: (args) => `${args?.property} must be given once, as ${what}`,
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

  /** Only what is associated with this entity, itself or through a folder above it. */
  @IsIdParameter()
  @ApiProperty({ required: false })
  'filter[files][entityId]'?: string;

  /** Only what is associated with this group, itself or through a folder above it; ignored beside an entity. */
  @IsIdParameter()
  @ApiProperty({ required: false })
  'filter[files][groupId]'?: string;

  /** What is listed; lists hold files only when it is not given. */
  @IsOptional()
  @IsIn(Object.keys(INCLUDED), {
    message: `$property must be given once, as one of ${Object.keys(INCLUDED).join(', ')}`,
  })
  @ApiProperty({ required: false, enum: Object.keys(INCLUDED) })
  'filter[files][includedObjects]'?: keyof typeof INCLUDED;

  /** Only what stands directly in this folder; 0 is the top level. */
  @IsFolderParameter()
  @ApiProperty({ required: false })
  'filter[files][parentFolderId]'?: string;

  // The spelling of the public documentation's examples, without "filter" (contract, section 4, "Filters").
  @IsIdParameter()
  @ApiHideProperty()
  '[files][entityId]'?: string;

  @IsIdParameter()
  @ApiHideProperty()
  '[files][groupId]'?: string;
}

export class FileListQuery extends IntersectionType(FileFilters, PageParameters) {}

/** The condition that `query` makes. @throws DomainError `invalid_period` */
export function filterOf(query: FileFilters): FileFilter {
  const parent = query['filter[files][parentFolderId]'];
  const included = query['filter[files][includedObjects]'];
  return {
    created: createdIn(query),
    entityId: (query['filter[files][entityId]'] ?? query['[files][entityId]']) as EntityId | undefined,
    groupId: (query['filter[files][groupId]'] ?? query['[files][groupId]']) as GroupId | undefined,
    kind: included && INCLUDED[included],
    parentId: parent === '0' ? null : (parent as FolderId | undefined),
  };
}

/** The condition of a list: files only when nothing is said. @throws as `filterOf` */
export function listFilterOf(query: FileListQuery): FileFilter {
  const filter = filterOf(query);
  return query['filter[files][includedObjects]'] === undefined ? { ...filter, kind: 'files' } : filter;
}

function createdIn(query: FileFilters): FileFilter['created'] {
  const [after, before] = [query[AFTER], query[BEFORE]];
  try {
    return createdWithin((after && instantOf(after)) || undefined, (before && instantOf(before)) || undefined);
  } catch (error) {
    throw error instanceof DomainError ? error.at({ parameter: AFTER }) : error;
  }
}
