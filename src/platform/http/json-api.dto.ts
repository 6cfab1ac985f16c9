import { ApiHideProperty, ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsObject, IsOptional, IsString, ValidateNested } from 'class-validator';
import { ResourceId } from './json-api.js';

export class ResourceIdentifier {
  /** @example entities */
  type!: string;

  /** @example 10000 */
  @ApiProperty({ example: '10000' })
  id!: string;
}

export class RelationshipLinks {
  /** @example /v1/files/123/relationships/associated_entities */
  self!: string;

  /** @example /v1/files/123/associated_entities */
  related!: string;
}

/** A relationship to many: as a member of a resource, and as the document of its own route. */
export class Relationship {
  links!: RelationshipLinks;

  data!: ResourceIdentifier[];
}

export class GroupIdentifier {
  /** @example groups */
  type!: string;

  /** @example 200 */
  @ApiProperty({ example: '200' })
  id!: string;
}

export class GroupRelationshipLinks {
  /** @example /v1/files/123/relationships/associated_groups */
  self!: string;

  /** @example /v1/files/123/associated_groups */
  related!: string;
}

/** A `Relationship` to groups. */
export class GroupRelationship {
  links!: GroupRelationshipLinks;

  data!: GroupIdentifier[];
}

export class SelfLink {
  /** @example /v1/files/123 */
  self!: string;
}

export class PageLinks {
  /** The next page, or null on the last. @example /v1/files?page[limit]=100&page[after]=10001 */
  next!: string | null;
}

/** How many resources one request may link. */
const MAX_LINKED = 10_000;

/** A resource that a body links. */
export class LinkedResource {
  /** @example entities */
  @IsString()
  type!: string;

  /** A string or a number. @example 100 */
  @ResourceId()
  @ApiProperty({ oneOf: [{ type: 'string' }, { type: 'integer' }], example: '100' })
  id!: string;
}

/** Resources that a body links: the body of a relationship route, and a member of `relationships`. */
export class LinkageBody {
  @IsArray()
  @ArrayMaxSize(MAX_LINKED)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => LinkedResource)
  data!: LinkedResource[];

  /** Answers have it, so it may come back; it says nothing. */
  @IsOptional()
  @IsObject()
  @ApiHideProperty()
  links?: object;
}
