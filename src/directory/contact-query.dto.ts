import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, ValidateBy } from 'class-validator';
import { type ContactFilters, PORTAL_ACCESS, type PortalAccess } from '@portico/domain/directory';
import { type EntityId, type GroupId, isId } from '@portico/domain/kernel';
import { PageParameters } from '../platform/http/page-query.dto.js';

const ACCESS = 'filter[contacts][portal_access]';
const EMAIL = 'filter[contacts][login_email]';
const EXTERNAL = 'filter[contacts][external_user_id]';
const ENTITY = 'filter[contacts][entityId]';
const GROUP = 'filter[contacts][groupId]';

/** A parameter that may be given once, and then must be what `test` says. */
function IsOnce(what: string, test: (value: string) => boolean): PropertyDecorator {
  return applyDecorators(
    IsOptional(),
    ValidateBy({
      name: 'isOnce',
      validator: {
        validate: (value) => typeof value === 'string' && test(value),
        defaultMessage: (args) => `${args?.property} must be given once, as ${what}`,
      },
    }),
  );
}

const IsIdOnce = () => IsOnce('an id', isId);
const IsLineOnce = () => IsOnce('text on one line', (value) => !/\p{Cc}/u.test(value));
const isAccess = (value: string): value is PortalAccess => (PORTAL_ACCESS as readonly string[]).includes(value);

/** The query of `GET /v1/contacts`; of several filters all must hold. */
export class ContactListQuery extends PageParameters {
  /** Only contacts with this access to the portal. */
  @IsOnce(`one of ${PORTAL_ACCESS.join(', ')}`, isAccess)
  @ApiProperty({ required: false, enum: [...PORTAL_ACCESS] })
  'filter[contacts][portal_access]'?: PortalAccess;

  /** Only the contact who signs in with this address, in any case. */
  @IsLineOnce()
  @ApiProperty({ required: false })
  'filter[contacts][login_email]'?: string;

  /** Only the contact whom the firm calls so. */
  @IsLineOnce()
  @ApiProperty({ required: false })
  'filter[contacts][external_user_id]'?: string;

  /** Only contacts that are affiliated with this entity. */
  @IsIdOnce()
  @ApiProperty({ required: false })
  'filter[contacts][entityId]'?: string;

  /** Only contacts that are affiliated with this group. */
  @IsIdOnce()
  @ApiProperty({ required: false })
  'filter[contacts][groupId]'?: string;

  static filters(query: ContactListQuery): ContactFilters {
    return {
      portalAccess: query[ACCESS],
      loginEmail: query[EMAIL],
      externalUserId: query[EXTERNAL],
      entityId: query[ENTITY] as EntityId | undefined,
      groupId: query[GROUP] as GroupId | undefined,
    };
  }
}
