import { ApiProperty } from '@nestjs/swagger';
import { GroupRelationship, PageLinks, Relationship, SelfLink } from '../platform/http/json-api.dto.js';

/** What a file or folder is. `parent_folder_id` is 0 at the top level. */
export class FileAttributes {
  /** `folder` for a folder. @example application/pdf */
  content_type!: string;

  /** Size in bytes; files only. @example 256201 */
  bytes?: number;

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

  /** The SHA-256 of the bytes, lower-case hex; files only. @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 */
  sha256?: string;
}

/** The groups and entities with which the file is associated, inherited ones included. */
export class FileRelationships {
  associated_groups!: GroupRelationship;

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

  /** Empty, and only where `includedObjects` is given: related resources have routes of their own. */
  @ApiProperty({ type: 'array', items: { type: 'object' }, example: [], required: false })
  included?: [];

  links!: PageLinks;
}
