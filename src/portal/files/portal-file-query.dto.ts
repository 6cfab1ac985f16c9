import { ApiProperty } from '@nestjs/swagger';
import { DomainError, isId, type PageRequest } from '@portico/domain/kernel';
import { IsGivenOnce } from '../../platform/http/page-query.dto.js';

const DEFAULT_LIMIT = 100;
const MOST = 500;

/** The query of `GET /api/portal/files`. */
export class PortalFileListQuery {
  /** How many on a page: 1 to 500, 100 when not given. */
  @IsGivenOnce()
  @ApiProperty({ required: false, type: 'integer', minimum: 1, default: DEFAULT_LIMIT })
  limit?: string;

  /** The cursor after which the page begins: `next` of the page before. */
  @IsGivenOnce()
  @ApiProperty({ required: false })
  after?: string;

  /** Only what the user has not seen yet, or with `false` only what they have. */
  @IsGivenOnce()
  @ApiProperty({ required: false, type: 'boolean' })
  unread?: string;

  /** @throws DomainError `invalid_value` naming the parameter */
  static page({ limit, after }: PortalFileListQuery): PageRequest {
    const rows = limit === undefined ? DEFAULT_LIMIT : /^\d{1,9}$/.test(limit) ? Number(limit) : 0;
    if (rows < 1 || rows > MOST) throw invalid('limit', `must be a whole number from 1 to ${MOST}`);
    if (after !== undefined && !isId(after)) throw invalid('after', 'must be a cursor of this list');
    return { limit: rows, after: after ?? null };
  }

  /** @throws DomainError `invalid_value` naming the parameter */
  static filter({ unread }: PortalFileListQuery): { isRead?: boolean } {
    if (unread === undefined) return {};
    if (unread !== 'true' && unread !== 'false') throw invalid('unread', 'must be true or false');
    return { isRead: unread === 'false' };
  }
}

function invalid(parameter: string, reason: string): DomainError {
  return new DomainError('invalid', 'invalid_value', `${parameter} ${reason}`, { parameter });
}
