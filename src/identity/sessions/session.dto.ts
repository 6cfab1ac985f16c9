import { ApiProperty } from '@nestjs/swagger';
import { IsString } from 'class-validator';
import { IfGiven } from '../../platform/http/if-given.js';
import { ResourceId } from '../../platform/http/json-api.js';

/** The body of `POST /api/v2/signin`. */
export class SignInBody {
  /** In any case. */
  @IsString()
  @ApiProperty({ example: 'admin@example.test' })
  email!: string;

  @IsString()
  @ApiProperty({ example: 'correct horse battery' })
  password!: string;

  /** Needed where several firms have a user with this address. */
  @IfGiven()
  @ResourceId()
  @ApiProperty({ type: 'integer', format: 'int64', example: 1 })
  firmId?: string;
}

/** The body of `POST /api/v2/refresh`. */
export class RefreshBody {
  @IsString()
  @ApiProperty({ example: 'q7tWm0yQ2b5uKkZr1xVhG8dNcE4sJpLfRaTgYwBnUvMi3oSX' })
  refreshToken!: string;
}

/** Shown this once. */
export class SessionTokenDto {
  @ApiProperty({ example: 'q7tWm0yQ2b5uKkZr1xVhG8dNcE4sJpLfRaTgYwBnUvMi3oSX' })
  token!: string;

  @ApiProperty({ format: 'date-time', example: '2026-01-02T03:04:05Z' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time', example: '2026-01-02T04:04:05Z' })
  expiresAt!: string;
}

/** With the access token the Back Office is used; with the refresh token, once, the next two tokens are got. */
export class SessionDto {
  @ApiProperty({ example: false })
  '2faRequired'!: boolean;

  accessToken!: SessionTokenDto;

  refreshToken!: SessionTokenDto;
}
