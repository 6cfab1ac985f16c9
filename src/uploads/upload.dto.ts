import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsDefined, IsInt, IsObject, IsString, Min, ValidateNested } from 'class-validator';
import { IfGiven } from '../platform/http/if-given.js';
import { SelfLink } from '../platform/http/json-api.dto.js';
import { UploadMetadata } from '../files/files.module.js';

/** How far an upload has come. */
export class UploadProgress {
  /** As it was said when the upload began. @example Sample.pdf */
  filename!: string;

  /** How many bytes there will be. @example 256201 */
  bytes!: number;

  /** How many bytes have arrived. @example 131072 */
  offset!: number;

  /** `receiving`; `received` while its file could not be made, which PATCH with no bytes tries again; or `finished`. @example receiving */
  @ApiProperty({ enum: ['receiving', 'received', 'finished'] })
  state!: string;

  /** @example 2026-06-20T20:55:07Z */
  @ApiProperty({ format: 'date-time' })
  created_at!: string;

  /** Until when its next byte is waited for; of one that is finished, until when it is known. @example 2026-06-21T20:55:07Z */
  @ApiProperty({ format: 'date-time' })
  expires_at!: string;
}

export class UploadedFileIdentifier {
  /** @example files */
  @ApiProperty({ example: 'files' })
  type!: string;

  /** @example 123 */
  @ApiProperty({ example: '123' })
  id!: string;
}

export class UploadedFileLinks {
  /** @example /v1/files/123 */
  related!: string;
}

/** The file that it has become. */
export class UploadedFile {
  data!: UploadedFileIdentifier;

  links!: UploadedFileLinks;
}

export class UploadRelationships {
  file!: UploadedFile;
}

export class UploadResource {
  /** @example 0199b2d5-7c1e-7f3a-9d60-5e2c8f1b4a77 */
  id!: string;

  /** @example uploads */
  type!: 'uploads';

  attributes!: UploadProgress;

  /** Once it is finished. */
  @ApiProperty({ required: false })
  relationships?: UploadRelationships;

  links!: SelfLink;
}

export class UploadDocument {
  data!: UploadResource;
}

export class CheckedAttributes {
  /** The name under which the file would arrive. @example Sample.pdf */
  @IsString()
  filename!: string;

  /** Its media type, which counts where the extension says nothing. @example application/pdf */
  @IfGiven()
  @IsString()
  filetype?: string;

  /** How many bytes there would be. @example 256201 */
  @IsInt()
  @Min(0)
  @ApiProperty({ type: 'integer', example: 256201 })
  bytes!: number;

  /** What would go with it: the part `metadata` of an upload. */
  @IfGiven()
  @IsObject()
  @ApiProperty({ type: () => UploadMetadata, required: false })
  metadata?: object;
}

export class CheckedUpload {
  /** @example uploads */
  @IsString()
  type!: string;

  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => CheckedAttributes)
  attributes!: CheckedAttributes;
}

/** The body of `POST /v1/uploads/check`. */
export class CheckUploadBody {
  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => CheckedUpload)
  data!: CheckedUpload;
}

/** What would become of the upload. */
export class UploadOutlook {
  /** What the file would be called. @example Sample.pdf */
  name!: string;

  /** @example application/pdf */
  content_type!: string;

  /** The folder that it would stand in; 0 is the top level. @example 0 */
  parent_folder_id!: number;

  /** The largest file that there may be, in bytes. @example 5368709120 */
  max_bytes!: number;
}

/** An upload that would be let through: there is nothing yet that could have an id. */
export class UploadOutlookDocument {
  meta!: UploadOutlook;
}
