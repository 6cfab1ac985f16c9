import { applyDecorators, UseInterceptors } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import type { AssociationChange } from '@portico/domain/associations';
import type { AssociationKind, FileState } from '@portico/domain/files';
import { EntityListDocument, GroupListDocument } from '../directory/directory.module.js';
import { ApiFileId, ApiLinkageBody, CHANGE_FILES, READ_FILES } from '../files/files.module.js';
import { RequireAccess } from '../platform/access/access.js';
import { GroupRelationship, Relationship } from '../platform/http/json-api.dto.js';
import { JsonBodyInterceptor } from '../platform/http/json-body.interceptor.js';
import { ApiProblems } from '../platform/openapi/api-problems.js';

const KINDS = {
  entities: { word: 'Entities', linkage: Relationship, document: EntityListDocument, example: ['100', '101'] },
  groups: { word: 'Groups', linkage: GroupRelationship, document: GroupListDocument, example: ['200', '201'] },
} as const;
const STATES = {
  active: { what: 'a file', word: '', missing: 'file_not_found' },
  archived: { what: 'an archived file', word: 'Archived', missing: 'archived_file_not_found' },
} as const;

const CHANGES: Readonly<
  Record<AssociationChange, (kind: AssociationKind) => { summary: string; description: string }>
> = {
  add: (kind) => ({
    summary: `Associate ${kind} with a file`,
    description: `Adds to the ${kind} that a file or folder is associated with itself. Adding one twice is no error.`,
  }),
  replace: (kind) => ({
    summary: `Replace ${kind} associated with a file`,
    description:
      `Makes these the ${kind} that a file or folder is associated with. Those that come from a folder above must ` +
      'be among them.',
  }),
  remove: (kind) => ({
    summary: `Remove ${kind} associated with a file`,
    description:
      `Removes these from the ${kind} that a file or folder is associated with itself. One that is not among them ` +
      'is no error; one that comes only from a folder above is.',
  }),
};

/** A route that answers the linkage. */
export function ReadsLinkage(kind: AssociationKind, state: FileState): MethodDecorator {
  const { what, word, missing } = STATES[state];
  return applyDecorators(
    ApiOperation({
      operationId: `get${word}File${KINDS[kind].word}`,
      summary: `Get all ${kind} associated with ${what}`,
      description: `Which ${kind} ${what} or folder is associated with, itself or through a folder above it.`,
    }),
    ApiFileId(),
    ApiOkResponse({ type: KINDS[kind].linkage, description: 'The linkage' }),
    ApiProblems('unknown_member', missing),
    RequireAccess(READ_FILES),
  );
}

/** A route that answers full resources. */
export function ReadsRelated(kind: AssociationKind, state: FileState): MethodDecorator {
  const { what, word, missing } = STATES[state];
  return applyDecorators(
    ApiOperation({
      operationId: `list${word}File${KINDS[kind].word}`,
      summary: `Get the ${kind} of ${what} as full resources`,
      description: `One page of the ${kind} that ${what} or folder is associated with: those that the caller may see.`,
    }),
    ApiFileId(),
    ApiOkResponse({ type: KINDS[kind].document, description: 'One page of them' }),
    ApiProblems('unknown_member', 'invalid_value', missing),
    RequireAccess(READ_FILES),
  );
}

/** A route that changes the relationship. */
export function ChangesLinkage(kind: AssociationKind, change: AssociationChange): MethodDecorator {
  return applyDecorators(
    ApiOperation({ operationId: `${change}File${KINDS[kind].word}`, ...CHANGES[change](kind) }),
    ApiLinkageBody(kind, ...KINDS[kind].example),
    ApiFileId(),
    ApiNoContentResponse({ description: 'Done' }),
    ApiProblems(
      'invalid_value',
      'invalid_json',
      `unknown_${kind}`,
      ...(change === 'add' ? [] : ['association_inherited']),
      'file_not_changeable',
      'file_not_found',
      'type_mismatch',
      'body_too_large',
      'unsupported_media_type',
    ),
    RequireAccess(CHANGE_FILES),
    UseInterceptors(JsonBodyInterceptor),
  );
}
