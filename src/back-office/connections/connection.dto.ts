import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsObject, IsOptional, IsString } from 'class-validator';
import {
  CONNECTION_SOURCES,
  CONNECTION_STATUSES,
  type ConnectionSource,
  type ConnectionStatus,
  type Platform,
  PLATFORMS,
  SYNC_STATES,
  type SyncState,
} from '@portico/domain/connections';
import { ResourceId } from '../../platform/http/json-api.js';

const INSTANT = { type: 'string', format: 'date-time' } as const;
const TEXT = { type: 'string', nullable: true } as const;
const CLIENT_ID = { type: 'integer', format: 'int64', example: 5 } as const;

/** The connection of a client to an account of a platform. */
export class ConnectionDto {
  @ApiProperty({ type: 'string', format: 'uuid', example: '01989a3e-5f00-7000-8000-000000000001' })
  id!: string;

  @ApiProperty(CLIENT_ID)
  clientId!: number;

  @ApiProperty({ example: 'Smith Holding' })
  clientName!: string;

  @ApiProperty({ enum: [...PLATFORMS], example: 'google_ads' })
  platform!: Platform;

  /** `error`: the platform does not take the credentials any more. */
  @ApiProperty({ enum: [...CONNECTION_STATUSES], example: 'connected' })
  status!: ConnectionStatus;

  /** Who made it: what the agency made, the client can not end. */
  @ApiProperty({ enum: [...CONNECTION_SOURCES], example: 'agency' })
  source!: ConnectionSource;

  @ApiProperty({ example: 'Search and display' })
  displayName!: string;

  /** As the platform calls the account. */
  @ApiProperty({ example: '1234567890' })
  accountId!: string;

  @ApiProperty({ ...TEXT, example: null })
  storeUrl!: string | null;

  /** What the credentials may be used for, where the platform tells. */
  @ApiProperty({ type: 'array', items: { type: 'string' }, nullable: true, example: null })
  scopes!: string[] | null;

  @ApiProperty({ ...INSTANT, example: '2026-01-02T03:04:05Z' })
  connectedAt!: string;

  /** When a sync last came to its end. */
  @ApiProperty({ ...INSTANT, nullable: true, example: '2026-01-03T04:00:00Z' })
  lastSyncedAt!: string | null;

  /** Why the last one did not, or not yet. */
  @ApiProperty({ ...TEXT, example: null })
  lastSyncError!: string | null;

  @ApiProperty({ ...INSTANT, nullable: true, example: null })
  tokenExpiresAt!: string | null;

  /** Whether a sync waits, or is under way. */
  @ApiProperty({ enum: [...SYNC_STATES], example: 'running' })
  syncState!: SyncState;

  /** How many days of the sync are there. */
  @ApiProperty({ type: 'integer', example: 14 })
  syncDaysDone!: number;

  /** Of how many; null before that is known. */
  @ApiProperty({ type: 'integer', nullable: true, example: 30 })
  syncDaysTotal!: number | null;

  @ApiProperty({ ...INSTANT, example: '2026-01-02T03:04:05Z' })
  createdAt!: string;

  @ApiProperty({ ...INSTANT, example: '2026-01-03T04:00:00Z' })
  updatedAt!: string;
}

/** The body of `POST /api/v2/platform-connections`. */
export class NewConnectionBody {
  /** Whose account it is. */
  @ResourceId()
  @ApiProperty(CLIENT_ID)
  clientId!: string;

  /** The key of the platform. */
  @IsIn(PLATFORMS)
  @ApiProperty({ enum: [...PLATFORMS], example: 'meta_ads' })
  platform!: Platform;

  /** What opens the account, in the platform's own terms (`docs/operations/connections.md`); never shown again. */
  @IsObject()
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    example: { ad_account_id: 'act_1234567890', access_token: 'EAAB0123456789' },
  })
  credentials!: Record<string, unknown>;

  /** How the connection is called, at most 120 characters; without it, as the platform calls the account. */
  @IsOptional()
  @IsString()
  @ApiProperty({ ...TEXT, required: false, maxLength: 120, example: 'Social' })
  displayName?: string | null;
}
