import { ApiProperty } from '@nestjs/swagger';
import { DomainError } from '@portico/domain/kernel';
import type { ListWindow } from '@portico/domain/portal';
import { IsGivenOnce } from '../../platform/http/page-query.dto.js';

const MOST = 1000;

/** The query of a list of the portal that is sent in parts. */
export class ListWindowQuery {
  /** How many rows: 1 to 1000, 1000 when not given. */
  @IsGivenOnce()
  @ApiProperty({ required: false, type: 'integer', minimum: 1, maximum: MOST, default: MOST })
  limit?: string;

  /** After how many rows the part begins; 0 when not given. */
  @IsGivenOnce()
  @ApiProperty({ required: false, type: 'integer', minimum: 0, default: 0 })
  offset?: string;

  /** @throws DomainError `invalid_value` naming the parameter */
  static window({ limit, offset }: ListWindowQuery): ListWindow {
    return { limit: wholeNumber('limit', limit, MOST, 1, MOST), offset: wholeNumber('offset', offset, 0, 0, 1e9) };
  }
}

function wholeNumber(
  parameter: string,
  text: string | undefined,
  otherwise: number,
  least: number,
  most: number,
): number {
  if (text === undefined) return otherwise;
  const value = /^\d{1,10}$/.test(text) ? Number(text) : NaN;
  if (value >= least && value <= most) return value;
  const message = `${parameter} must be a whole number from ${least} to ${most}`;
  throw new DomainError('invalid', 'invalid_value', message, { parameter });
}
