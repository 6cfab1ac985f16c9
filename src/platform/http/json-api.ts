import { Transform } from 'class-transformer';
import { ValidateBy } from 'class-validator';
import { applyDecorators } from '@nestjs/common';
import { DomainError, isId, type PageRequest } from '@portico/domain/kernel';

/** The most that one page holds, and what it holds when nothing is said (contract, section 4, "Lists"). */
const MAX_PAGE = 2000;
const DEFAULT_PAGE = 500;

/** An id in a body: a string or a number, kept as a string. */
export function ResourceId(): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }: { value: unknown }) => (typeof value === 'number' ? String(value) : value)),
    ValidateBy({
      name: 'isResourceId',
      validator: {
        validate: (value) => typeof value === 'string' && isId(value),
        defaultMessage: () => 'the id must be a positive whole number of 64 bits',
      },
    }),
  );
}

/** @throws DomainError `conflict` (409) unless the body is about the resource in the URL */
export function requireSameResource(data: { type: string; id?: string }, type: string, id?: string): void {
  if (data.type !== type)
    throw new DomainError('conflict', 'type_mismatch', `The type must be "${type}", not "${data.type}"`, {
      pointer: '/data/type',
    });
  if (id !== undefined && data.id !== id)
    throw new DomainError('conflict', 'id_mismatch', `The id must be "${id}" as in the URL, not "${data.id}"`, {
      pointer: '/data/id',
    });
}

/** The parameters of a page; `page[cursor]` is another name of `page[after]`. */
export interface PageQuery {
  readonly 'page[limit]'?: string;
  readonly 'page[after]'?: string;
  readonly 'page[cursor]'?: string;
}

/** The page that is asked for. @throws DomainError `invalid_value` naming the parameter */
export function pageRequest(query: PageQuery): PageRequest {
  const invalid = (parameter: keyof PageQuery, reason: string) =>
    new DomainError('invalid', 'invalid_value', `${parameter} ${reason}`, { parameter });
  const cursor = query['page[after]'] === undefined ? 'page[cursor]' : 'page[after]';
  const [limit, after] = [query['page[limit]'], query[cursor]];
  if (limit !== undefined && !/^0*[1-9]\d*$/.test(limit))
    throw invalid('page[limit]', `must be a whole number from 1 to ${MAX_PAGE}`);
  if (after !== undefined && after !== '0' && !isId(after)) throw invalid(cursor, 'must be a cursor of this list');
  return { limit: limit === undefined ? DEFAULT_PAGE : Math.min(Number(limit), MAX_PAGE), after: after ?? null };
}

/** `links.next` of a list: the path with the filters and the limit repeated, or null on the last page. */
export function nextLink(path: string, query: Readonly<Record<string, unknown>>, next: string | null): string | null {
  if (next === null) return null;
  const repeated = Object.entries(query).filter(
    ([name, value]) => value !== undefined && name !== 'page[after]' && name !== 'page[cursor]',
  );
  const parts = [...repeated, ['page[after]', next] as const].map(
    ([name, value]) => `${name}=${encodeURIComponent(String(value))}`,
  );
  return `${path}?${parts.join('&')}`;
}

/** What `linked` names, each id once. @throws DomainError `type_mismatch` (409) when one is of another type */
export function linkedIds<Id extends string>(
  linked: readonly { readonly type: string; readonly id: string }[],
  type: string,
  pointer = '/data',
): Id[] {
  const foreign = linked.findIndex((resource) => resource.type !== type);
  if (foreign >= 0)
    throw new DomainError('conflict', 'type_mismatch', `The type must be "${type}", not "${linked[foreign]?.type}"`, {
      pointer: `${pointer}/${foreign}/type`,
    });
  return [...new Set(linked.map(({ id }) => id as Id))];
}

/** A relationship `name` of the resource at `self` to the resources of `type` with these ids. */
export function relationship(
  self: string,
  name: string,
  type: string,
  ids: readonly string[],
): { links: { self: string; related: string }; data: { type: string; id: string }[] } {
  return {
    links: { self: `${self}/relationships/${name}`, related: `${self}/${name}` },
    data: ids.map((id) => ({ type, id })),
  };
}

/** An instant as the API shows it: UTC with whole seconds. */
export function instant(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}

/** The same of one that there may not be. */
export function instantOrNull(date: Date | null): string | null {
  return date === null ? null : instant(date);
}
