import { ApiProperty } from '@nestjs/swagger';
import { PageLinks } from '../platform/http/json-api.dto.js';

/** What an entity is: a person, a trust, an account, a household, … */
export class EntityAttributes {
  /** @example "Adam Smith" */
  original_name!: string;

  /** The name to show: the original one unless another was chosen. @example "Mr. Smith" */
  display_name!: string;

  /** The kind of entity, in upper case. @example PERSON_NODE */
  model_type!: string;

  /** The code of its currency. @example USD */
  currency_factor!: string | null;

  /** What another system calls it; one entity of the firm for each. @example crm-4711 */
  external_id!: string | null;

  /** @example 2026-01-02T03:04:05Z */
  @ApiProperty({ format: 'date-time' })
  created_at!: string;

  /** @example 2026-01-02T03:04:05Z */
  @ApiProperty({ format: 'date-time' })
  modified_at!: string;
}

export class EntityLinks {
  /** @example /v1/entities/10000 */
  self!: string;
}

export class EntityResource {
  /** @example 10000 */
  @ApiProperty({ example: '10000' })
  id!: string;

  /** @example entities */
  type!: 'entities';

  attributes!: EntityAttributes;

  links!: EntityLinks;
}

export class EntityDocument {
  data!: EntityResource;
}

export class EntityListDocument {
  data!: EntityResource[];

  links!: PageLinks;
}
