import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsDefined, IsObject, IsString, ValidateIf, ValidateNested } from 'class-validator';
import type { ChosenEntityFields, NewEntityFields } from '@portico/domain/directory';
import { IfGiven } from '../platform/http/if-given.js';
import { ResourceId } from '../platform/http/json-api.js';

/** What may be left out, or null. */
const IfSome = (): PropertyDecorator => ValidateIf((_object, value) => value !== undefined && value !== null);

export class NewEntityAttributes {
  /** 1 to 255 characters. @example "Adam Smith" */
  @IsString()
  original_name!: string;

  /** The name to show, when it is not the original one. @example "Mr. Smith" */
  @IfSome()
  @IsString()
  display_name?: string | null;

  /** Letters, digits and underscores; kept in upper case. @example PERSON_NODE */
  @IsString()
  model_type!: string;

  /** The code of its currency. @example USD */
  @IfSome()
  @IsString()
  currency_factor?: string | null;

  /** What another system calls it; one entity of the firm for each. @example crm-4711 */
  @IfSome()
  @IsString()
  external_id?: string | null;
}

export class NewEntity {
  /** @example entities */
  @IsString()
  type!: string;

  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => NewEntityAttributes)
  attributes!: NewEntityAttributes;
}

/** The body of `POST /v1/entities`. */
export class CreateEntityBody {
  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => NewEntity)
  data!: NewEntity;
}

/** What is left out stays as it is; null takes away what may be absent. */
export class ChangedEntityAttributes {
  /** 1 to 255 characters. @example "Adam Smith" */
  @IfGiven()
  @IsString()
  original_name?: string;

  /** The name to show, when it is not the original one. @example "Mr. Smith" */
  @IfSome()
  @IsString()
  display_name?: string | null;

  /** Letters, digits and underscores; kept in upper case. @example TRUST */
  @IfGiven()
  @IsString()
  model_type?: string;

  /** The code of its currency. @example USD */
  @IfSome()
  @IsString()
  currency_factor?: string | null;

  /** What another system calls it; one entity of the firm for each. @example crm-4711 */
  @IfSome()
  @IsString()
  external_id?: string | null;
}

export class ChangedEntity {
  /** The id in the URL, as a string or a number. @example 10000 */
  @ResourceId()
  @ApiProperty({ oneOf: [{ type: 'string' }, { type: 'integer' }], example: '10000' })
  id!: string;

  /** @example entities */
  @IsString()
  type!: string;

  @IfGiven()
  @IsObject()
  @ValidateNested()
  @Type(() => ChangedEntityAttributes)
  attributes?: ChangedEntityAttributes;
}

/** The body of `PATCH /v1/entities/:id`. */
export class ChangeEntityBody {
  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => ChangedEntity)
  data!: ChangedEntity;
}

/** The fields that the attributes of a new entity mean. */
export function newFields(attributes: NewEntityAttributes): NewEntityFields {
  const { original_name: originalName, model_type: modelType } = attributes;
  return { ...changedFields(attributes), originalName, modelType };
}

/** The fields that given attributes mean; what is left out is undefined. */
export function changedFields(attributes: ChangedEntityAttributes): Partial<ChosenEntityFields> {
  return {
    originalName: attributes.original_name,
    displayName: attributes.display_name,
    modelType: attributes.model_type,
    currencyFactor: attributes.currency_factor,
    externalId: attributes.external_id,
  };
}
