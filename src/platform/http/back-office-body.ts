import { DomainError, InvalidField, InvalidIds } from '@portico/domain/kernel';

/** Where in a body of the Back Office the reasons of refusals stand, where the field has another name there. */
export interface FieldNames {
  /** By the name that the use case has for it: `parentId` is `parentClientId`. */
  readonly fields?: Readonly<Record<string, string>>;
  /** By code, for refusals that name no field: `email_taken` is about `email`. */
  readonly codes?: Readonly<Record<string, string>>;
  /** What holds ids of entities and groups. */
  readonly ids?: Readonly<Record<InvalidIds['of'], string>>;
}

/** Runs `work` on what a body brought; a refusal says in which of its fields the reason stands. */
export async function named<T>(work: () => Promise<T>, { fields = {}, codes = {}, ids }: FieldNames): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    if (error instanceof InvalidField) throw error.at({ pointer: `/${renamed(error.field, fields)}` });
    const field = error instanceof InvalidIds ? ids?.[error.of] : codes[error.code];
    throw field === undefined ? error : error.at({ pointer: `/${field}` });
  }
}

/** Each part of the path by the name that the body has for it. */
function renamed(path: string, names: Readonly<Record<string, string>>): string {
  return path
    .split('/')
    .map((part) => (Object.hasOwn(names, part) ? names[part] : part))
    .join('/');
}
