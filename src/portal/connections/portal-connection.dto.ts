import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsObject, IsOptional, IsString } from 'class-validator';
import {
  CONNECTION_SOURCES,
  CONNECTION_STATUSES,
  type ConnectionSource,
  type ConnectionStatus,
  type Platform,
  PLATFORMS,
} from '@portico/domain/connections';
import { Instant, Text, Uuid } from '../documented.js';

/** The connection of the company to an account of a platform. */
export class PortalConnectionDto {
  @Uuid()
  id!: string;

  @ApiProperty({ enum: [...PLATFORMS], example: 'shopify' })
  platform!: Platform;

  /** `error`: the platform does not take the credentials any more. */
  @ApiProperty({ enum: [...CONNECTION_STATUSES], example: 'connected' })
  status!: ConnectionStatus;

  /** Who manages it: what the agency manages, the client can not end. */
  @ApiProperty({ enum: [...CONNECTION_SOURCES], example: 'client' })
  source!: ConnectionSource;

  @Text('Example Shop')
  display_name!: string;

  /** As the platform calls the account. */
  @Text('548380009')
  account_id!: string;

  @Text('https://example.myshopify.com', { nullable: true })
  store_url!: string | null;

  /** What the credentials may be used for, where the platform tells. */
  @ApiProperty({ type: 'array', items: { type: 'string' }, nullable: true, example: ['read_orders'] })
  scopes!: string[] | null;

  @Instant('2026-01-02T03:04:05Z')
  connected_at!: string;

  /** When a sync last came to its end. */
  @Instant('2026-01-03T04:00:00Z', { nullable: true })
  last_synced_at!: string | null;

  /** Why the last one did not, or not yet. */
  @Text('The access token has expired', { nullable: true })
  last_sync_error!: string | null;

  @Instant('2026-03-02T03:04:05Z', { nullable: true })
  token_expires_at!: string | null;

  @Instant('2026-01-02T03:04:05Z')
  created_at!: string;

  @Instant('2026-01-03T04:00:00Z')
  updated_at!: string;
}

export class PortalConnectionList {
  connections!: PortalConnectionDto[];

  /** Whether the company has a dashboard; without one nothing is connected. */
  @ApiProperty({ example: true })
  dashboard_enabled!: boolean;
}

export class PortalConnectionDocument {
  connection!: PortalConnectionDto;
}

/** The body of `POST /api/portal/connections`. */
export class NewPortalConnection {
  /** The key of the platform. */
  @IsIn(PLATFORMS)
  @ApiProperty({ enum: [...PLATFORMS], example: 'shopify' })
  platform!: Platform;

  /** What opens the account, in the platform's own terms (`docs/operations/connections.md`); never shown again. */
  @IsObject()
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    example: { store_url: 'example.myshopify.com', access_token: 'shpat_0123456789abcdef' },
  })
  credentials!: Record<string, unknown>;

  /** How the connection is called, at most 120 characters; without it, as the platform calls the account. */
  @IsOptional()
  @IsString()
  @ApiProperty({ type: 'string', required: false, nullable: true, maxLength: 120, example: 'Example Shop' })
  display_name?: string | null;
}

export class ConnectionEndedDto {
  @ApiProperty({ example: true })
  ok!: true;
}

export class SyncStartedDto {
  @ApiProperty({ example: 'Sync started' })
  message!: 'Sync started';
}
