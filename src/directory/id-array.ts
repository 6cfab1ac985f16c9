import { isId } from '@portico/domain/kernel';

/** Ids as the text of a PostgreSQL array, each once; what can't be an id is one that nothing has. */
export const idArray = (ids: readonly string[]): string => `{${[...new Set(ids.filter(isId))].join(',')}}`;
