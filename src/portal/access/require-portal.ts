import { applyDecorators, SetMetadata, UseInterceptors } from '@nestjs/common';
import { ApiExtension, ApiHeader, ApiSecurity } from '@nestjs/swagger';
import { PORTAL_ROLES, type PortalRole } from '@portico/domain/kernel';
import { ACCESS, type Access } from '../../platform/access/access.js';
import { FirstUseInterceptor } from './first-use.interceptor.js';
import { PORTAL_HEADERS } from './portal-claim.js';

/** What a route of the portal needs. */
export interface PortalNeeds {
  /** The least role. */
  readonly role: PortalRole;
  /** Whether the route is about one contact. */
  readonly user?: boolean;
  /** Whether it is about the whole group of companies. */
  readonly group?: boolean;
}

/**
 * Declares who may call a route of the portal; the guard enforces it, and the OpenAPI document shows it as the security
 * requirement, as the headers, and as `x-portal-role`.
 */
export function RequirePortal({ role, user = false, group = false }: PortalNeeds): MethodDecorator {
  const access: Access = { portal: { role, user } };
  return applyDecorators(
    SetMetadata(ACCESS, access),
    UseInterceptors(FirstUseInterceptor),
    ApiSecurity('portalToken'),
    ApiSecurity('oauth2', ['PORTAL']),
    ApiExtension('x-portal-role', role),
    header(PORTAL_HEADERS.company, 'The company of the client', '500', true),
    ApiHeader({
      name: PORTAL_HEADERS.role,
      description: "What the user may do; the smaller of this and the contact's own role counts",
      required: true,
      schema: { type: 'string', enum: [...PORTAL_ROLES], example: role },
    }),
    header(PORTAL_HEADERS.user, 'The contact who has signed in: one of that company, with access', '20', user),
    ...(group ? [header(PORTAL_HEADERS.group, GROUP, '500,501', false)] : []),
  );
}

const GROUP = 'Companies of the same group whose records count too, separated by commas';

function header(name: string, description: string, example: string, required: boolean): MethodDecorator {
  return ApiHeader({ name, description, required, schema: { type: 'string', ...(required && { example }) } });
}
