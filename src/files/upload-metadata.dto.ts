import { ApiProperty } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { Equals, IsDefined, IsObject, IsString, ValidateNested } from 'class-validator';
import { IfGiven } from '../platform/http/if-given.js';

export class UploadAttributes {
  /** What the file shall be called; without it, as its part says. Both have the same extension. @example Sample.txt */
  @IfGiven()
  @IsString()
  name?: string;

  /** 0: the top level. @example 0 */
  @IfGiven()
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' && value !== '' ? Number(value) : value))
  @Equals(0, { message: 'there is no folder with this id' })
  parent_folder_id?: number;
}

export class UploadData {
  /** @example files */
  @IsString()
  type!: string;

  @IfGiven()
  @IsObject()
  @ValidateNested()
  @Type(() => UploadAttributes)
  attributes?: UploadAttributes;
}

/** The part `metadata` of an upload. */
export class UploadMetadata {
  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => UploadData)
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
