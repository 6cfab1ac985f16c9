import { ApiProperty } from '@nestjs/swagger';
import { Count, Instant, Text, Uuid } from '../documented.js';

/** Who is to sign a contract. */
export class PortalContractSignerDto {
  @Uuid()
  id!: string;

  @Text('Adam Smith')
  name!: string;

  @Text('adam@example.test')
  email!: string;

  @Text('Client', { nullable: true })
  role_label!: string | null;

  @ApiProperty({ type: 'string', enum: ['pending', 'viewed', 'signed', 'declined'], example: 'pending' })
  status!: 'pending' | 'viewed' | 'signed' | 'declined';

  @Count(1)
  sign_order!: number;

  @Instant('2026-01-11T09:00:00Z', { nullable: true })
  viewed_at!: string | null;

  @Instant('2026-01-12T09:00:00Z', { nullable: true })
  signed_at!: string | null;
}

export class PortalContractDto {
  @Uuid()
  id!: string;

  @Text('Framework agreement')
  title!: string;

  @Text('framework_agreement')
  contract_type!: string;

  @ApiProperty({ type: 'string', enum: ['pending', 'completed', 'declined', 'voided'], example: 'pending' })
  status!: 'pending' | 'completed' | 'declined' | 'voided';

  /** In the order in which they are to sign. */
  signers!: PortalContractSignerDto[];

  @Instant('2026-01-10T09:00:00Z', { nullable: true })
  sent_at!: string | null;

  @Instant('2026-01-12T09:00:00Z', { nullable: true })
  completed_at!: string | null;

  @Instant('2027-01-12T09:00:00Z', { nullable: true })
  expires_at!: string | null;

  @Text('https://contracts.example.test/4711', { nullable: true })
  document_url!: string | null;

  @Instant('2026-01-10T09:00:00Z')
  created_at!: string;

  @Instant('2026-01-12T09:00:00Z')
  updated_at!: string;
}

/** The newest first. */
export class PortalContractList {
  contracts!: PortalContractDto[];
}
