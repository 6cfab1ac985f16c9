import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  IsBoolean,
  IsDefined,
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  ValidateBy,
  ValidateNested,
} from 'class-validator';
import type { ContactId, FileId } from '@portico/domain/kernel';
import {
  CONTACT_NOTIFICATION,
  type ContactNotification,
  MAX_FILES,
  PORTAL_PUBLISHING,
  type PortalPublishing,
  type PublishFilesInput,
  type UnpublishFilesInput,
} from '@portico/domain/publishing';

/** How many contacts one call names. */
const MAX_CONTACTS = 10_000;

/** Whole numbers that are ids: 1 to `most` different ones, of which none are needed when `least` is 0. */
function AreIds(least: 0 | 1, most: number): PropertyDecorator {
  const isId = (value: unknown) => Number.isSafeInteger(value) && (value as number) > 0;
  return applyDecorators(
    ValidateBy({
      name: 'areIds',
      validator: {
        validate: (value) => {
          if (!Array.isArray(value) || value.length < least || !value.every(isId)) return false;
          return new Set(value).size <= most;
        },
        defaultMessage: (args) => `${args?.property} must be a list of ${least} to ${most} ids, each a whole number`,
      },
    }),
    ApiProperty({ type: 'array', minItems: least, maxItems: most, items: { type: 'integer', minimum: 1 } }),
  );
}

/** One of `values`, in any case. */
function IsOneOf(values: readonly string[]): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.toLowerCase() : value)),
    IsIn(values, { message: `$property must be one of ${values.join(', ')}` }),
    ApiProperty({ enum: [...values, ...values.map((value) => value.toUpperCase())] }),
  );
}

export class PublishAttributes {
  /** The files to publish, at most 500; one that is named twice counts once. @example [37, 38, 39] */
  @AreIds(1, MAX_FILES)
  files_id!: number[];

  /** Contacts to whom the files are published whatever `portal_publishing` says. @example [23, 25] */
  @IsOptional()
  @AreIds(0, MAX_CONTACTS)
  publish_override_contact_ids?: number[] | null;

  /** To whom: to all whom a file concerns, to those of them who want it so, or to nobody. @example PUBLISH */
  @IsOneOf(PORTAL_PUBLISHING)
  portal_publishing!: PortalPublishing;

  /** Who of them is told by mail. @example NOTIFY */
  @IsOneOf(CONTACT_NOTIFICATION)
  contact_notification!: ContactNotification;

  /** Changes nothing, and answers what the call would do. @example false */
  @IsOptional()
  @IsBoolean()
  dry_run?: boolean | null;
}

export class PublishRequest {
  /** @example publish_portal_files_request */
  @IsString()
  type!: string;

  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => PublishAttributes)
  attributes!: PublishAttributes;
}

/** The body of `POST /v1/portal/publish_files`. */
export class PublishBody {
  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => PublishRequest)
  data!: PublishRequest;
}

export class UnpublishAttributes {
  /** The files to take back, at most 500; one that is named twice counts once. @example [37, 38] */
  @AreIds(1, MAX_FILES)
  files_id!: number[];

  /** From whom; from everyone when it is not given. @example [23, 25] */
  @IsOptional()
  @AreIds(1, MAX_CONTACTS)
  contact_ids?: number[] | null;
}

export class UnpublishRequest {
  /** @example unpublish_portal_files_request */
  @IsString()
  type!: string;

  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => UnpublishAttributes)
  attributes!: UnpublishAttributes;
}

/** The body of `POST /v1/portal/unpublish_files`. */
export class UnpublishBody {
  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => UnpublishRequest)
  data!: UnpublishRequest;
}

const idsOf = <Id extends string>(numbers: readonly number[]): Id[] =>
  [...new Set(numbers)].map((id) => String(id) as Id);

/** What the attributes ask for. */
export function publishInput(attributes: PublishAttributes): PublishFilesInput {
  return {
    fileIds: idsOf<FileId>(attributes.files_id),
    overrideContactIds: idsOf<ContactId>(attributes.publish_override_contact_ids ?? []),
    portalPublishing: attributes.portal_publishing,
    contactNotification: attributes.contact_notification,
  };
}

/** What the attributes ask for. */
export function unpublishInput({ files_id, contact_ids }: UnpublishAttributes): UnpublishFilesInput {
  const contactIds = contact_ids ? idsOf<ContactId>(contact_ids) : null;
  return { fileIds: idsOf<FileId>(files_id), contactIds };
}
