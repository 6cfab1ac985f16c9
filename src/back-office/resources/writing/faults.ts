import { DomainError } from '@portico/domain/kernel';
import { InvalidRequest } from '../../../platform/errors/problem.js';
import type { Flaw } from '../declaration/resource.js';

export type { Flaw };

/** Where something stands in a body: `[3, 'lineItems', 0, 'quantity']`. */
export type Place = readonly (string | number)[];

/** How many faults are told at once. */
const MOST = 100;

/** All faults of a body, collected so that they can be told together. */
export class Faults {
  private readonly found: DomainError[];

  constructor(known: readonly DomainError[] = []) {
    this.found = [...known];
  }

  add(place: Place, { message, reason, code = 'invalid_value' }: Flaw): void {
    if (this.found.length >= MOST) return;
    const name = [...place].reverse().find((part) => typeof part === 'string') ?? 'The row';
    const pointer = place.map((part) => `/${part}`).join('');
    this.found.push(new DomainError('invalid', code, `${name} ${message}`, { pointer }, reason));
  }

  has(place: Place): boolean {
    const pointer = place.map((part) => `/${part}`).join('');
    return this.found.some(({ source }) => source?.pointer === pointer);
  }

  /** What holds so far, for work that may be run again. */
  copy(): Faults {
    return new Faults(this.found);
  }

  /** @throws InvalidRequest with every fault */
  throwIfAny(): void {
    const [first, ...others] = this.found;
    if (first) throw new InvalidRequest([first, ...others]);
  }
}

/** The flaws that are not about a type. */
export const FLAWS = {
  missing: { message: 'is missing', reason: { kind: 'missing' } },
  isNull: { message: 'must not be null', reason: { kind: 'missing' } },
  unknown: { message: 'is unknown here or can not be set', reason: { kind: 'unknown' }, code: 'unknown_member' },
  notObject: { message: 'must be an object', reason: { kind: 'not_object' } },
  notList: { message: 'must be a list', reason: { kind: 'not_list' } },
  twice: { message: 'must be given once', reason: { kind: 'repeated' } },
  taken: {
    message: 'is the name of another one already',
    reason: { kind: 'repeated' },
    code: 'external_id_taken',
  },
  exists: { message: 'is there already', reason: { kind: 'repeated' }, code: 'already_exists' },
} as const satisfies Readonly<Record<string, Flaw>>;

export const tooMany = (most: number): Flaw => ({
  message: `must have ${most} items at most`,
  reason: { kind: 'too_many', values: { most } },
});

/** A reference to a row that is not there for the actor, or is another client's. */
export const unknownReference = (word: string, isSameClient: boolean): Flaw => ({
  message: `names no ${word} of the ${isSameClient ? 'client' : 'firm'}`,
  reason: { kind: 'unknown_reference' },
  code: 'unknown_reference',
});
