import { ApiProperty } from '@nestjs/swagger';
import { DomainError } from '@portico/domain/kernel';
import { PROJECT_STATUSES, type ProjectStatus } from '@portico/domain/portal';
import { IsGivenOnce } from '../../platform/http/page-query.dto.js';
import { ListWindowQuery } from './list-window.dto.js';

/** The query of `GET /api/portal/projects`. */
export class ProjectListQuery extends ListWindowQuery {
  /** Only projects with one of these statuses, separated by commas: planned, active, on_hold, completed, cancelled, archived. */
  @IsGivenOnce()
  @ApiProperty({ required: false })
  status?: string;

  /** Null for all of them. @throws DomainError `invalid_value` naming the parameter */
  static statuses({ status }: ProjectListQuery): readonly ProjectStatus[] | null {
    if (status === undefined) return null;
    return status.split(',').map((given) => {
      const known = PROJECT_STATUSES.find((one) => one === given.trim());
      if (known) return known;
      const message = `status must be among ${PROJECT_STATUSES.join(', ')}`;
      throw new DomainError('invalid', 'invalid_value', message, { parameter: 'status' });
    });
  }
}
