import { ApiProperty } from '@nestjs/swagger';
import { directoryText, type EntityFilters, modelType } from '@portico/domain/directory';
import { DomainError } from '@portico/domain/kernel';
import { IsGivenOnce, PageParameters } from '../platform/http/page-query.dto.js';

const EXTERNAL_ID = 'filter[entities][external_id]';
const MODEL_TYPES = 'filter[entities][model_types]';
const MAX_TYPES = 50;

/** The query of the list of entities. */
export class EntityListQuery extends PageParameters {
  /** Only the entity with this external id, such as crm-4711. */
  @IsGivenOnce()
  @ApiProperty({ required: false })
  'filter[entities][external_id]'?: string;

  /** Only entities of these kinds, separated by commas, such as PERSON_NODE,TRUST; at most 50. */
  @IsGivenOnce()
  @ApiProperty({ required: false })
  'filter[entities][model_types]'?: string;

  /** @throws DomainError `invalid_value` naming the parameter */
  static filters(query: EntityListQuery): EntityFilters {
    const [externalId, modelTypes] = [query[EXTERNAL_ID], query[MODEL_TYPES]];
    return {
      externalId:
        externalId === undefined ? undefined : read(EXTERNAL_ID, () => directoryText('externalId', externalId)),
      modelTypes: modelTypes === undefined ? undefined : read(MODEL_TYPES, () => typesIn(modelTypes)),
    };
  }
}

function typesIn(list: string): string[] {
  const types = [...new Set(list.split(',').map(modelType))];
  if (types.length > MAX_TYPES) throw new DomainError('invalid', 'invalid_value', `must be at most ${MAX_TYPES} kinds`);
  return types;
}

/** What `parameter` holds; a refusal names it. */
function read<T>(parameter: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    throw new DomainError(error.kind, error.code, `${parameter} ${error.message}`, { parameter });
  }
}
