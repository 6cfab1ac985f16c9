import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsOptional, IsString, IsUUID } from 'class-validator';
import { CLIENT_STATUSES, type ClientStatus } from '@portico/domain/directory';
import { IfGiven } from '../../platform/http/if-given.js';
import { ResourceId } from '../../platform/http/json-api.js';

const ID = { type: 'integer', format: 'int64', nullable: true } as const;

/** What can be said of a client beside the name; null takes away what was said. */
class OptionalClientFields {
  /** The client above it in its group, which has none above it. */
  @IsOptional()
  @ResourceId()
  @ApiProperty({ ...ID, example: null })
  parentClientId?: string | null;

  /** Who looks after it: a user of the firm. */
  @IsOptional()
  @ResourceId()
  @ApiProperty({ ...ID, example: null })
  deliveryManagerId?: string | null;

  /** The SLA policy of its requests: one of the client, or of everybody. */
  @IsOptional()
  @IsUUID('all')
  @ApiProperty({ type: 'string', format: 'uuid', nullable: true, example: null })
  slaPolicyId?: string | null;

  /** Whether the portal shows its figures; true unless given. */
  @IfGiven()
  @IsBoolean()
  @ApiProperty({ example: true })
  dashboardEnabled?: boolean;

  /** The name of an IANA time zone; UTC unless given. */
  @IfGiven()
  @IsString()
  @ApiProperty({ example: 'Europe/Berlin' })
  timeZone?: string;

  /** ISO 4217; USD unless given. */
  @IfGiven()
  @IsString()
  @ApiProperty({ example: 'EUR' })
  currency?: string;

  /** `active` unless given. */
  @IfGiven()
  @IsIn(CLIENT_STATUSES)
  @ApiProperty({ enum: [...CLIENT_STATUSES], example: 'active' })
  status?: ClientStatus;

  /** What the firm's own ranking calls it, at most 40 characters. */
  @IsOptional()
  @IsString()
  @ApiProperty({ type: 'string', nullable: true, example: 'core' })
  tier?: string | null;
}

/** The body of `PUT` and `PATCH /api/v2/clients/{id}`: what is not given stays. */
export class ChangedClientBody extends OptionalClientFields {
  /** At most 160 characters. */
  @IfGiven()
  @IsString()
  @ApiProperty({ example: 'Byron Family' })
  name?: string;

  /** What another system calls it, at most 255 characters; one client of the firm for each. */
  @IsOptional()
  @IsString()
  @ApiProperty({ type: 'string', nullable: true, example: 'crm-4711' })
  externalId?: string | null;
}

/** The body of `POST /api/v2/clients`. */
export class NewClientBody extends OptionalClientFields {
  /** At most 160 characters. */
  @IsString()
  @ApiProperty({ example: 'Byron Family' })
  name!: string;

  /** What another system calls it, at most 255 characters; one client of the firm for each. */
  @IsOptional()
  @IsString()
  @ApiProperty({ type: 'string', nullable: true, example: 'crm-4711' })
  externalId?: string | null;

  /** The kind of its entity; `HOUSEHOLD` unless given. */
  @IfGiven()
  @IsString()
  @ApiProperty({ example: 'HOUSEHOLD' })
  modelType?: string;
}

/** A row of `PUT /api/v2/clients`. */
export class ClientRowBody extends OptionalClientFields {
  /** What the other system calls it, at most 255 characters. */
  @IsString()
  @ApiProperty({ example: 'crm-4711' })
  externalId!: string;

  /** At most 160 characters; needed for a new one. */
  @IfGiven()
  @IsString()
  @ApiProperty({ example: 'Byron Family' })
  name?: string;

  /** Instead of `parentClientId`: what the other system calls the client above it, which may be another row. */
  @IsOptional()
  @IsString()
  @ApiProperty({ type: 'string', nullable: true, example: null })
  parentClientExternalId?: string | null;

  /** Instead of `slaPolicyId`: what the other system calls the policy. */
  @IsOptional()
  @IsString()
  @ApiProperty({ type: 'string', nullable: true, example: null })
  slaPolicyExternalId?: string | null;
}
