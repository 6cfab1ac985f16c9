import { ApiProperty } from '@nestjs/swagger';
import { DomainError } from '@portico/domain/kernel';
import { INBOX_FILTERS, type InboxPart } from '@portico/domain/notifications';
import { IsGivenOnce } from '../../platform/http/page-query.dto.js';

const DEFAULT_LIMIT = 50;
const MOST = 100;

/** The query of `GET /api/portal/notifications`. */
export class NotificationListQuery {
  /** All that are not archived, of these the unread ones, or the archived ones. */
  @IsGivenOnce()
  @ApiProperty({ required: false, enum: [...INBOX_FILTERS], default: 'all' })
  filter?: string;

  /** How many at most: from 1; more than 100 counts as 100. */
  @IsGivenOnce()
  @ApiProperty({ required: false, type: 'integer', minimum: 1, default: DEFAULT_LIMIT })
  limit?: string;

  /** How many to leave out at the beginning. */
  @IsGivenOnce()
  @ApiProperty({ required: false, type: 'integer', minimum: 0, default: 0 })
  offset?: string;

  /** @throws DomainError `invalid_value` naming the parameter */
  static part({ filter = 'all', limit, offset }: NotificationListQuery): InboxPart {
    const known = INBOX_FILTERS.find((one) => one === filter);
    if (!known) throw invalid('filter', `must be one of ${INBOX_FILTERS.join(', ')}`);
    const rows = wholeNumber('limit', limit, DEFAULT_LIMIT, 1);
    return { filter: known, limit: Math.min(rows, MOST), offset: wholeNumber('offset', offset, 0, 0) };
  }
}

function wholeNumber(parameter: string, text: string | undefined, otherwise: number, least: number): number {
  if (text === undefined) return otherwise;
  const value = /^\d{1,15}$/.test(text) ? Number(text) : NaN;
  if (value >= least) return value;
  throw invalid(parameter, `must be a whole number from ${least}`);
}

function invalid(parameter: string, reason: string): DomainError {
  return new DomainError('invalid', 'invalid_value', `${parameter} ${reason}`, { parameter });
}
