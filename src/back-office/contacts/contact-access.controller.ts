import { Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { ChangePortalAccess, contactErrors, ContactQueries, type PortalAccessStep } from '@portico/domain/directory';
import type { Actor, ContactId } from '@portico/domain/kernel';
import { CurrentActor, RequireBackOffice } from '../../platform/access/access.js';
import { Conditional, Tagged } from '../../platform/conditions/conditional.js';
import { ApiBackOfficeProblems } from '../../platform/openapi/back-office-problems.js';
import { ApiContactId, CONTACT_ID, MANAGE_CONTACTS } from './contact-routes.js';
import { ContactDto } from './contact.dto.js';
import { contactDto } from './contact.presenter.js';
import { BackOfficeContactsController } from './contacts.controller.js';

const EACH = ['contact_not_found', 'contact_not_changeable'] as const;

/** The access of contacts to the portal. */
@ApiTags('Contacts')
@ApiProduces('application/json')
@Controller('api/v2/contacts/:id')
export class ContactAccessController {
  constructor(
    private readonly queries: ContactQueries,
    private readonly changeAccess: ChangePortalAccess,
  ) {}

  /** Gives the contact access to the portal; the first use makes it active. */
  @Post('invite')
  @HttpCode(200)
  @ApiOperation({ operationId: 'inviteContact', summary: 'Invite a contact to the portal' })
  @ApiOkResponse({ type: ContactDto, description: 'The contact as it is now' })
  @ApiContactId()
  @ApiBackOfficeProblems(...EACH, 'login_email_missing', 'contact_already_active', 'contact_revoked')
  @RequireBackOffice(MANAGE_CONTACTS)
  @Tagged()
  @Conditional(BackOfficeContactsController, (contacts, call) => contacts.read(call.actor, call.id()))
  invite(@CurrentActor() actor: Actor, @Param('id', CONTACT_ID) id: ContactId): Promise<ContactDto> {
    return this.step(actor, id, 'invite');
  }

  /** Takes access away, at once. */
  @Post('revoke')
  @HttpCode(200)
  @ApiOperation({ operationId: 'revokeContact', summary: 'Revoke the portal access of a contact' })
  @ApiOkResponse({ type: ContactDto, description: 'The contact as it is now' })
  @ApiContactId()
  @ApiBackOfficeProblems(...EACH, 'contact_not_active')
  @RequireBackOffice(MANAGE_CONTACTS)
  @Tagged()
  @Conditional(BackOfficeContactsController, (contacts, call) => contacts.read(call.actor, call.id()))
  revoke(@CurrentActor() actor: Actor, @Param('id', CONTACT_ID) id: ContactId): Promise<ContactDto> {
    return this.step(actor, id, 'revoke');
  }

  /** Gives back the access that was revoked. */
  @Post('restore')
  @HttpCode(200)
  @ApiOperation({ operationId: 'restoreContact', summary: 'Restore the portal access of a contact' })
  @ApiOkResponse({ type: ContactDto, description: 'The contact as it is now' })
  @ApiContactId()
  @ApiBackOfficeProblems(...EACH, 'contact_not_revoked', 'login_email_missing')
  @RequireBackOffice(MANAGE_CONTACTS)
  @Tagged()
  @Conditional(BackOfficeContactsController, (contacts, call) => contacts.read(call.actor, call.id()))
  restore(@CurrentActor() actor: Actor, @Param('id', CONTACT_ID) id: ContactId): Promise<ContactDto> {
    return this.step(actor, id, 'restore');
  }

  private async step(actor: Actor, id: ContactId, step: PortalAccessStep): Promise<ContactDto> {
    await this.changeAccess.execute(actor, { id, step });
    const contact = await this.queries.find(actor, id);
    if (!contact) throw contactErrors.notFound(id);
    return contactDto(contact);
  }
}
