import { ApiProperty } from '@nestjs/swagger';

/** How fields of the Portal API are documented; each can be null where it is told so. */
interface Documented {
  readonly nullable?: boolean;
}

/** As ids of what is kept for the portal look. */
export const EXAMPLE_ID = '01989a3e-5f00-7000-8000-000000000001';

/** The id of something that is kept for the portal. */
export const Uuid = ({ nullable = false }: Documented = {}): PropertyDecorator =>
  ApiProperty({ type: 'string', format: 'uuid', nullable, example: EXAMPLE_ID });

/** The id of a client, user or contact: a 64-bit integer as text. */
export const NumberedId = (example: string, { nullable = false }: Documented = {}): PropertyDecorator =>
  ApiProperty({ type: 'string', nullable, example });

export const Text = (example: string, { nullable = false }: Documented = {}): PropertyDecorator =>
  ApiProperty({ type: 'string', nullable, example });

/** A day of the calendar. */
export const Day = (example: string, { nullable = false }: Documented = {}): PropertyDecorator =>
  ApiProperty({ type: 'string', format: 'date', nullable, example });

/** An instant in UTC. */
export const Instant = (example: string, { nullable = false }: Documented = {}): PropertyDecorator =>
  ApiProperty({ type: 'string', format: 'date-time', nullable, example });

/** An amount with two decimals. */
export const Money = (example: number): PropertyDecorator => ApiProperty({ type: 'number', example });

export const Quantity = (example: number, { nullable = false }: Documented = {}): PropertyDecorator =>
  ApiProperty({ type: 'number', nullable, example });

export const Count = (example: number): PropertyDecorator => ApiProperty({ type: 'integer', example });

/** What users of a firm do not have, and other systems of this API do. */
export const NeverKept = (): PropertyDecorator => ApiProperty({ type: 'string', nullable: true, example: null });
