import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsDefined, IsObject, IsString, ValidateNested } from 'class-validator';
import { IfGiven } from '../platform/http/if-given.js';
import { ResourceId } from '../platform/http/json-api.js';
import { PageLinks, Relationship, SelfLink } from '../platform/http/json-api.dto.js';

/** What a file is. `parent_folder_id` is 0 at the top level. */
export class FileAttributes {
  /** @example application/pdf */
  content_type!: string;

  /** Size in bytes. @example 256201 */
  bytes!: number;

  /** @example Sample.pdf */
  name!: string;

  /** @example 2014-06-20T20:55:07Z */
  @ApiProperty({ format: 'date-time' })
  created_at!: string;

  /** @example 2014-06-20T20:55:07Z */
  @ApiProperty({ format: 'date-time' })
  modified_at!: string;

  /** When it was archived; archived files only. @example 2017-03-15T20:32:16Z */
  @ApiProperty({ format: 'date-time' })
  deleted_at?: string;

  /** @example false */
  is_folder!: boolean;

  /** @example 0 */
  parent_folder_id!: number;

  /** The SHA-256 of the bytes, lower-case hex. @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 */
  sha256!: string;
}

/** The groups and entities with which the file is associated, inherited ones included. */
export class FileRelationships {
  associated_groups!: Relationship;

  associated_entities!: Relationship;
}

export class FileResource {
  /** @example 123 */
  @ApiProperty({ example: '123' })
  id!: string;

  /** @example files */
  type!: 'files';

  attributes!: FileAttributes;

  relationships!: FileRelationships;

  links!: SelfLink;
}

export class FileDocument {
  data!: FileResource;
}

export class FileListDocument {
  data!: FileResource[];

  links!: PageLinks;
}

export class ChangedAttributes {
  /** The new name; the extension stays. @example RenamedFile.txt */
  @IfGiven()
  @IsString()
  name?: string;
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
  @IsObject()
  @ValidateNested()
  @Type(() => ChangedAttributes)
  attributes?: ChangedAttributes;
}

/** The body of `PATCH /v1/files/:id`. */
export class ChangeFileBody {
  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => ChangedFile)
  data!: ChangedFile;
}
