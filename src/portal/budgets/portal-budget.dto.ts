import { ApiProperty } from '@nestjs/swagger';
import { Count, Instant, Money, NeverKept, NumberedId, Quantity, Text, Uuid } from '../documented.js';

export class PortalBudgetDto {
  @Uuid()
  id!: string;

  @Text('Second phase of the relaunch')
  name!: string;

  /** What it is of; null of a budget that is of the company as a whole. */
  @ApiProperty({ type: 'string', enum: ['project', 'deal'], nullable: true, example: 'project' })
  resource_type!: 'project' | 'deal' | null;

  /** The id of the project or deal. */
  @Uuid({ nullable: true })
  resource_id!: string | null;

  /** The name of the project or deal. */
  @Text('Relaunch of the web shop', { nullable: true })
  resource_name!: string | null;

  @NumberedId('500')
  company_id!: string;

  @Text('Smith Holdings')
  company_name!: string;

  /** The user who answers for it. */
  @NumberedId('11', { nullable: true })
  owner_id!: string | null;

  @Text('Ann Smith', { nullable: true })
  owner_name!: string | null;

  /** The client's purchase order. */
  @Text('PO-2026-17', { nullable: true })
  po_number!: string | null;

  /** ISO 4217. */
  @Text('EUR')
  currency!: string;

  @ApiProperty({
    type: 'string',
    enum: ['pending_approval', 'approved', 'active', 'completed'],
    example: 'pending_approval',
  })
  status!: 'pending_approval' | 'approved' | 'active' | 'completed';

  @Money(1250.5)
  total_amount!: number;

  @Count(2)
  line_item_count!: number;

  /** The sum of the line items. */
  @Money(1250.5)
  spent_amount!: number;

  /** Hours worked on it. */
  @Quantity(12.5)
  logged_hours!: number;

  @Instant('2026-03-05T09:30:00Z', { nullable: true })
  approved_at!: string | null;

  @Instant('2026-03-01T09:00:00Z')
  created_at!: string;

  @Instant('2026-03-05T09:30:00Z')
  updated_at!: string;
}

export class PortalBudgetLineDto {
  @Uuid()
  id!: string;

  @Uuid()
  budget_id!: string;

  @Text('Design')
  name!: string;

  @Text('Basket and payment', { nullable: true })
  description!: string | null;

  /** Always null: kinds of service have names only. */
  @NeverKept()
  service_type_id!: null;

  @Text('Design', { nullable: true })
  service_type_name!: string | null;

  /** Null also when the task is private. */
  @Uuid({ nullable: true })
  task_id!: string | null;

  @Text('Draw the new basket', { nullable: true })
  task_title!: string | null;

  @Quantity(2)
  quantity!: number;

  @Money(625.25)
  unit_price!: number;

  /** Quantity times unit price, rounded half up. */
  @Money(1250.5)
  amount!: number;

  @Quantity(12.5)
  logged_hours!: number;

  /** What was invoiced of it, on invoices that are neither drafts nor voided. */
  @Money(0)
  invoiced_amount!: number;

  @Count(0)
  position!: number;

  @Instant('2026-03-01T09:00:00Z')
  created_at!: string;
}

/** The newest first. */
export class PortalBudgetList {
  budgets!: PortalBudgetDto[];
}

/** A budget with its line items, by position. */
export class PortalBudgetDocument {
  budget!: PortalBudgetDto;
  lineItems!: PortalBudgetLineDto[];
}

export class BudgetApprovedDto {
  /** @example true */
  ok!: true;
}
