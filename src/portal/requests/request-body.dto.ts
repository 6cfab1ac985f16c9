import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsOptional, IsString } from 'class-validator';
import { PRIORITIES } from '@portico/domain/portal';

const asText = ({ value }: { value: unknown }): unknown => (typeof value === 'number' ? String(value) : value);
const OPTIONAL = { type: 'string', required: false, nullable: true } as const;

/** The body of `POST /api/portal/requests`. */
export class NewRequestBody {
  /** What is asked for, on one line: 300 characters at most. */
  @IsString()
  @ApiProperty({ maxLength: 300, example: 'A banner for the summer sale' })
  title!: string;

  /** What there is to say about it: 20000 characters at most. */
  @IsOptional()
  @IsString()
  @ApiProperty({ ...OPTIONAL, maxLength: 20_000, example: 'In the sizes of the last one.' })
  description?: string | null;

  /** How urgent it is, in any case; `medium` unless given. */
  @IsOptional()
  @IsString()
  @ApiProperty({ ...OPTIONAL, enum: [...PRIORITIES], default: 'medium', example: 'high' })
  priority?: string | null;

  /** A project of the company of which it is. */
  @IsOptional()
  @IsString()
  @ApiProperty({ ...OPTIONAL, format: 'uuid', example: null })
  projectId?: string | null;

  /** The contact who asks: the one of `X-Portal-User-Id`, where that header is sent too. */
  @IsOptional()
  @Transform(asText)
  @IsString()
  @ApiProperty({ ...OPTIONAL, example: null })
  portalUserId?: string | null;
}
