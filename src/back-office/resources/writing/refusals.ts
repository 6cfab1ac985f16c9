import type { DomainError } from '@portico/domain/kernel';
import { violatedConstraint } from '../../../platform/database/database-errors.js';
import { backOfficeErrors } from '../resource.errors.js';
import type { Resource } from '../declaration/resource.js';

/** Serialization failure: the unit of work is run again. */
const LOST_RACE = '40001';

/** A row under itself or under what stands below it, and an answer to a note on something else. */
const UNFIT_PARENT = /_(?:not_own_parent|no_circle|same_resource)$/;

/**
 * Somebody else made a row of that name at the same moment: run again, the work finds it. Null for other errors.
 */
export function lostRace(error: unknown): Error | null {
  if (!violatedConstraint(error)?.endsWith('_external_id_key')) return null;
  return Object.assign(new Error('a row of that name was made meanwhile', { cause: error }), { code: LOST_RACE });
}

/** What a constraint of the database means for who removes a row; null when it means nothing that is theirs. */
export function removalRefused(resource: Resource, error: unknown): DomainError | null {
  return violatedConstraint(error) === null ? null : backOfficeErrors.inUse(resource.singular);
}

/** What a constraint of the database means for who writes a row; null when it means nothing that is theirs. */
export function writeRefused(resource: Resource, error: unknown): DomainError | null {
  const constraint = violatedConstraint(error);
  if (constraint === null) return null;
  const parent = ['parentId', 'parentTaskId'].find((field) => Object.hasOwn(resource.fields, field));
  if (parent !== undefined && UNFIT_PARENT.test(constraint)) return backOfficeErrors.unfitParent(parent);
  if (constraint.endsWith('_external_id_key')) return backOfficeErrors.externalIdTaken();
  if (constraint.endsWith('_key')) return backOfficeErrors.alreadyExists(resource.singular, resource.unique[0] ?? []);
  if (constraint.endsWith('_ref') || constraint.endsWith('_owner')) return backOfficeErrors.inUse(resource.singular);
  return null;
}
