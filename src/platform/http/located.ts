import { DomainError, InvalidField, InvalidIds } from '@portico/domain/kernel';

/** Resources that a body links, and where in it they stand. */
export interface Linkage {
  /** `/data`, or `/data/relationships/members/data`. */
  readonly pointer: string;
  readonly type: 'entities' | 'groups';
  readonly data: readonly { readonly id: string }[];
}

/** What a body brought, for those of its refusals that do not name a field themselves. */
export interface BodyPlaces {
  readonly linkages?: readonly Linkage[];
  /** The attribute that a code is about, such as `email` for `email_taken`. */
  readonly attributes?: Readonly<Record<string, string>>;
}

/** Runs `work` on what a body brought; a refusal says where in the body its reason stands. */
export async function located<T>(work: () => Promise<T>, places: BodyPlaces = {}): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof DomainError ? faultIn(error, places) : error;
  }
}

function faultIn(error: DomainError, { linkages = [], attributes = {} }: BodyPlaces): DomainError {
  if (error instanceof InvalidField) {
    const path = snakeCase(error.field);
    const message = `${path.split('/').at(-1)} ${error.message}`;
    return new DomainError(error.kind, error.code, message, { pointer: `/data/attributes/${path}` });
  }
  if (error instanceof InvalidIds) {
    const linkage = linkages.find(({ type, data }) => type === error.of && data.some(({ id }) => id === error.ids[0]));
    const at = linkage?.data.findIndex(({ id }) => id === error.ids[0]);
    return linkage ? error.at({ pointer: `${linkage.pointer}/${at}/id` }) : error;
  }
  const attribute = attributes[error.code];
  return attribute === undefined ? error : error.at({ pointer: `/data/attributes/${attribute}` });
}

/** `firstName` is the attribute `first_name`. */
function snakeCase(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
