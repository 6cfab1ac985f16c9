import type { Data } from '@portico/domain/kernel';

/** One property for each field of `T`: a field that is not mapped does not compile. */
export type Mapping<T> = Record<keyof Data<T>, unknown>;
