import { ApiProperty } from '@nestjs/swagger';
import { Count, Day, Instant, Money, NeverKept, NumberedId, Quantity, Text, Uuid } from '../documented.js';

/** An invoice. */
export class PortalInvoiceDto {
  @Uuid()
  id!: string;

  @Text('INV-2026-0117')
  invoice_number!: string;

  @NumberedId('500')
  company_id!: string;

  @Text('Smith Holdings')
  company_name!: string;

  /** The contact to whom it goes. */
  @NumberedId('20', { nullable: true })
  contact_id!: string | null;

  @Text('Adam Smith', { nullable: true })
  contact_name!: string | null;

  /** Null also when the budget is a draft. */
  @Uuid({ nullable: true })
  budget_id!: string | null;

  @Text('Second phase of the relaunch', { nullable: true })
  budget_name!: string | null;

  @ApiProperty({ type: 'string', enum: ['submitted', 'authorised', 'paid', 'voided'], example: 'submitted' })
  status!: 'submitted' | 'authorised' | 'paid' | 'voided';

  /** ISO 4217. */
  @Text('EUR')
  currency!: string;

  @Money(1000)
  subtotal!: number;

  @Money(190)
  tax_amount!: number;

  @Money(1190)
  total_amount!: number;

  @Money(500)
  amount_paid!: number;

  @Money(690)
  amount_due!: number;

  @Day('2026-03-01')
  issued_date!: string;

  @Day('2026-03-31', { nullable: true })
  due_date!: string | null;

  /** Whether it should have been paid by now, in the time zone of its company. @example false */
  is_overdue!: boolean;

  @Instant('2026-03-01T12:00:00Z', { nullable: true })
  sent_at!: string | null;

  @Instant('2026-03-20T12:00:00Z', { nullable: true })
  paid_at!: string | null;

  @Instant('2026-03-01T09:00:00Z')
  created_at!: string;

  @Instant('2026-03-05T09:30:00Z')
  updated_at!: string;
}

/** An invoice as it is shown alone. */
export class SinglePortalInvoiceDto extends PortalInvoiceDto {
  @Text('Thank you', { nullable: true })
  notes!: string | null;

  /** The client's purchase order. */
  @Text('PO-2026-17', { nullable: true })
  po_number!: string | null;
}

export class PortalInvoiceLineDto {
  @Uuid()
  id!: string;

  @Uuid()
  invoice_id!: string;

  @Text('Design, February')
  description!: string;

  /** Always null: kinds of service have names only. */
  @NeverKept()
  service_type_id!: null;

  @Text('Design', { nullable: true })
  service_type_name!: string | null;

  @Quantity(2)
  quantity!: number;

  @Money(500)
  unit_price!: number;

  /** In percent. */
  @Quantity(19)
  tax_rate!: number;

  /** The tax on the amount, rounded half up. */
  @Money(190)
  tax_amount!: number;

  /** Quantity times unit price, without tax, rounded half up. */
  @Money(1000)
  amount!: number;

  @Count(0)
  position!: number;
}

export class PortalInvoicePaymentDto {
  @Uuid()
  id!: string;

  @Uuid()
  invoice_id!: string;

  @Money(500)
  amount!: number;

  /** That of the invoice. */
  @Text('EUR')
  currency!: string;

  @Day('2026-03-20')
  paid_on!: string;

  @Text('bank transfer', { nullable: true })
  payment_method!: string | null;

  @Text('INV-2026-0117', { nullable: true })
  reference!: string | null;

  @Text('First half', { nullable: true })
  note!: string | null;

  @Instant('2026-03-20T12:00:00Z')
  created_at!: string;
}

/** Those that were issued last first. */
export class PortalInvoiceList {
  invoices!: PortalInvoiceDto[];
}

/** An invoice with its lines, by position, and what was paid of it, the oldest payment first. */
export class PortalInvoiceDocument {
  invoice!: SinglePortalInvoiceDto;
  lineItems!: PortalInvoiceLineDto[];
  payments!: PortalInvoicePaymentDto[];
}
