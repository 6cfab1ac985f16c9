import { applyDecorators } from '@nestjs/common';
import { ApiHideProperty, ApiProperty } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { Equals, IsDefined, IsObject, IsString, ValidateBy, ValidateNested } from 'class-validator';
import { type EntityId, type FolderId, type GroupId, isId } from '@portico/domain/kernel';
import type { Linkage } from '@portico/domain/files';
import { IfGiven } from '../platform/http/if-given.js';
import { linkedIds, ResourceId } from '../platform/http/json-api.js';
import { LinkageBody } from '../platform/http/json-api.dto.js';

/** A part of a body that is a document of its own. */
function Part(type: () => new () => object): PropertyDecorator {
  return applyDecorators(IsObject(), ValidateNested(), Type(type));
}

/** The id of a folder in a body: a number or a string, 0 at the top level. */
function FolderReference(): PropertyDecorator {
  return applyDecorators(
    IfGiven(),
    Transform(({ value }: { value: unknown }) => (typeof value === 'number' ? String(value) : value)),
    ValidateBy({
      name: 'isFolderReference',
      validator: {
        validate: (value) => typeof value === 'string' && (value === '0' || isId(value)),
        defaultMessage: () => 'parent_folder_id must be the id of a folder, or 0',
      },
    }),
    ApiProperty({ oneOf: [{ type: 'integer' }, { type: 'string' }], required: false, example: 0 }),
  );
}

/** The folder that `reference` names: null at the top level, undefined when it is not given. */
export function folderOf(reference: string | undefined): FolderId | null | undefined {
  return reference === '0' ? null : (reference as FolderId | undefined);
}

export class FileLinkage {
  @IfGiven()
  @Part(() => LinkageBody)
  associated_groups?: LinkageBody;

  @IfGiven()
  @Part(() => LinkageBody)
  associated_entities?: LinkageBody;
}

/** The ids that `given` links, by kind; a kind that is not given is not there. @throws DomainError `type_mismatch` */
export function idsIn(given: FileLinkage | undefined): Linkage | undefined {
  const { associated_entities: entities, associated_groups: groups } = given ?? {};
  if (!entities && !groups) return undefined;
  const pointer = (type: string) => `/data/relationships/associated_${type}/data`;
  return {
    ...(entities && { entities: linkedIds<EntityId>(entities.data, 'entities', pointer('entities')) }),
    ...(groups && { groups: linkedIds<GroupId>(groups.data, 'groups', pointer('groups')) }),
  };
}

export class ChangedAttributes {
  /** The new name; the extension of a file stays. @example RenamedFile.txt */
  @IfGiven()
  @IsString()
  name?: string;

  /** The folder to move to; 0 is the top level. */
  @FolderReference()
  parent_folder_id?: string;
}

export class ChangedFile {
  /** The id in the URL, as a string or a number. @example 1111 */
  @ResourceId()
  @ApiProperty({ oneOf: [{ type: 'string' }, { type: 'integer' }], example: '1111' })
  id!: string;

  /** @example files */
  @IsString()
  type!: string;

  @IfGiven()
  @Part(() => ChangedAttributes)
  attributes?: ChangedAttributes;

  /** Given, they replace the associations. */
  @IfGiven()
  @Part(() => FileLinkage)
  relationships?: FileLinkage;
}

/** The body of `PATCH /v1/files/:id`. */
export class ChangeFileBody {
  @IsDefined()
  @Part(() => ChangedFile)
  data!: ChangedFile;
}

export class NewFolderAttributes {
  /** @example Test Folder */
  @IsString()
  name!: string;

  /** @example true */
  @Equals(true, { message: 'is_folder must be true: the bytes of a file are sent as multipart/form-data' })
  is_folder!: boolean;

  /** The folder that it shall stand in; 0, the default, is the top level. */
  @FolderReference()
  parent_folder_id?: string;
}

export class NewFolder {
  /** @example files */
  @IsString()
  type!: string;

  @IsDefined()
  @Part(() => NewFolderAttributes)
  attributes!: NewFolderAttributes;

  @IfGiven()
  @Part(() => FileLinkage)
  relationships?: FileLinkage;
}

/** The JSON body of `POST /v1/files`: a folder. */
export class CreateFolderBody {
  @IsDefined()
  @Part(() => NewFolder)
  data!: NewFolder;
}

export class UploadAttributes {
  /** May be said, as answers do. */
  @IfGiven()
  @Equals(false, { message: 'is_folder must be false: a folder is made with a JSON body' })
  @ApiHideProperty()
  is_folder?: boolean;

  /** What the file shall be called; without it, as its part says. Both have the same extension. @example Sample.txt */
  @IfGiven()
  @IsString()
  name?: string;

  /** The folder that it shall stand in; 0, the default, is the top level. */
  @FolderReference()
  parent_folder_id?: string;

  /** The same folder by the names of all folders from the top; each must be the only one of its name there. */
  @IfGiven()
  @IsString()
  @ApiProperty({ required: false })
  file_path?: string;
}

export class UploadData {
  /** @example files */
  @IsString()
  type!: string;

  @IfGiven()
  @Part(() => UploadAttributes)
  attributes?: UploadAttributes;

  @IfGiven()
  @Part(() => FileLinkage)
  relationships?: FileLinkage;
}

/** The part `metadata` of an upload. */
export class UploadMetadata {
  @IsDefined()
  @Part(() => UploadData)
  data!: UploadData;
}

/** An upload: the parts may come in either order. */
export class UploadBody {
  /** The bytes, with a file name. */
  @ApiProperty({ type: 'string', format: 'binary' })
  file!: unknown;

  /** JSON; optional. */
  @ApiProperty({ type: () => UploadMetadata, required: false, example: { data: { type: 'files' } } })
  metadata?: UploadMetadata;
}

export class RestoreAttributes {
  /** Another folder to restore it to; 0 is the top level. */
  @FolderReference()
  parent_folder_id?: string;
}

export class RestoredFile {
  /** The id in the URL, as a string or a number. @example 319 */
  @IfGiven()
  @ResourceId()
  @ApiProperty({ oneOf: [{ type: 'string' }, { type: 'integer' }], required: false })
  id?: string;

  /** @example files */
  @IsString()
  type!: string;

  @IfGiven()
  @Part(() => RestoreAttributes)
  attributes?: RestoreAttributes;
}

/** The optional body of `POST /v1/archive/files/:id/restore`. */
export class RestoreBody {
  @IsDefined()
  @Part(() => RestoredFile)
  data!: RestoredFile;
}
