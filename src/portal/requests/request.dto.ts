import { ApiProperty } from '@nestjs/swagger';
import { Instant, Text, Uuid } from '../documented.js';

const NULLABLE = { nullable: true };

/** That a request was made. */
export class RequestMadeDto {
  /** The id of the task that it is now. */
  @Uuid()
  taskId!: string;

  @ApiProperty({ example: true })
  ok!: true;
}

/** What the company has asked for. */
export class RequestDto {
  /** The id of the task that it is. */
  @Uuid()
  id!: string;

  @Text('A banner for the summer sale')
  title!: string;

  @Text('In the sizes of the last one.', NULLABLE)
  description!: string | null;

  /** Where it stands, for programs. */
  @Text('in_progress')
  status_value!: string;

  @Text('In progress', NULLABLE)
  status_label!: string | null;

  @Text('#2563eb', NULLABLE)
  status_color!: string | null;

  @Text('high', NULLABLE)
  priority_value!: string | null;

  @Text('High', NULLABLE)
  priority_label!: string | null;

  @Uuid(NULLABLE)
  project_id!: string | null;

  @Text('Relaunch of the web shop', NULLABLE)
  project_name!: string | null;

  /** The contact who asked. */
  @Text('Adam Smith', NULLABLE)
  created_by_name!: string | null;

  @Instant('2026-03-02T09:00:00Z')
  created_at!: string;

  @Instant('2026-03-02T11:30:00Z')
  updated_at!: string;

  /** Until when somebody begins with it; null where nothing was promised. */
  @Instant('2026-03-02T13:00:00Z', NULLABLE)
  response_deadline!: string | null;

  /** Until when it is done. */
  @Instant('2026-03-04T17:00:00Z', NULLABLE)
  resolution_deadline!: string | null;

  @Instant('2026-03-02T11:30:00Z', NULLABLE)
  responded_at!: string | null;

  @Instant('2026-03-03T16:00:00Z', NULLABLE)
  resolved_at!: string | null;
}

export class RequestList {
  requests!: RequestDto[];
}

export class RequestDocument {
  request!: RequestDto;
}
