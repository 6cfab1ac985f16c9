import type { EntityId } from '@portico/domain/kernel';
import { linkedIds } from '../platform/http/json-api.js';
import type { LinkageBody } from '../platform/http/json-api.dto.js';
import type { BodyPlaces } from '../platform/http/located.js';

/** Members that a body names, and where in it they stand. */
export interface MemberLinkage {
  readonly pointer: string;
  readonly data: readonly { readonly type: string; readonly id: string }[];
}

/** Those that `relationships` of a group bring; undefined when it brings none. */
export function membersIn(relationships: { readonly members?: LinkageBody } | undefined): MemberLinkage | undefined {
  return relationships?.members && { pointer: '/data/relationships/members/data', data: relationships.members.data };
}

/** Each id once. @throws DomainError `type_mismatch` (409) when one is no entity */
export function memberIds({ data, pointer }: MemberLinkage): EntityId[] {
  return linkedIds<EntityId>(data, 'entities', pointer);
}

/** Where in the body a member that is refused stands. */
export function placesOf(members: MemberLinkage | undefined): BodyPlaces {
  return members ? { linkages: [{ ...members, type: 'entities' }] } : {};
}
