import { ApiProperty } from '@nestjs/swagger';
import { Count, Instant, NeverKept, NumberedId, Text, Uuid } from '../documented.js';

const NULLABLE = { nullable: true };

/** Something of which the user was told. */
export class NotificationDto {
  @Uuid()
  id!: string;

  @Text('invoice_issued')
  type!: string;

  /** In the language of the user. */
  @Text('New invoice INV-2026-0117')
  title!: string;

  @Text('The invoice INV-2026-0117 was issued.', NULLABLE)
  body!: string | null;

  /** The name of a sign, for programs. */
  @Text('receipt', NULLABLE)
  icon!: string | null;

  /** What it is about, for programs. */
  @Text('invoice', NULLABLE)
  resource_type!: string | null;

  @Text('01989a3e-5f00-7000-8000-000000000001', NULLABLE)
  resource_id!: string | null;

  /** Where what it is about stands: an address of this API, without `/api/portal`. */
  @Text('/invoices/01989a3e-5f00-7000-8000-000000000001', NULLABLE)
  action_url!: string | null;

  /** Whoever did it: a member of staff or a contact. */
  @NumberedId('3', NULLABLE)
  actor_id!: string | null;

  @Text('Ann Miller', NULLABLE)
  actor_name!: string | null;

  @NeverKept()
  actor_picture!: string | null;

  @ApiProperty({ example: false })
  is_read!: boolean;

  @Instant('2026-03-02T09:00:00Z', NULLABLE)
  read_at!: string | null;

  @ApiProperty({ example: false })
  archived!: boolean;

  @Instant('2026-03-02T09:00:00Z', NULLABLE)
  archived_at!: string | null;

  @Instant('2026-03-02T08:00:00Z')
  created_at!: string;
}

/** A part of the list, the newest first. */
export class NotificationList {
  notifications!: NotificationDto[];

  @Count(50)
  limit!: number;

  @Count(0)
  offset!: number;
}

export class UnreadCount {
  /** How many are neither read nor archived. */
  @Count(3)
  unread_count!: number;
}

/** It is done. */
export class DoneDto {
  @ApiProperty({ example: true })
  ok!: true;
}
