import { Controller, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { ChangePortalAccess } from '@portico/domain/directory';
import type { Actor, ContactId } from '@portico/domain/kernel';
import { CurrentActor, RequireAccess } from '../platform/access/access.js';
import { Conditional } from '../platform/conditions/conditional.js';
import { ApiProblems } from '../platform/openapi/api-problems.js';
import { ApiContactId, CHANGE_CONTACTS, CONTACT_ID } from './contact-access.js';
import { ContactsController } from './contacts.controller.js';

const EACH = ['contact_not_changeable', 'contact_not_found'];

/** The access of contacts to the portal. */
@ApiTags('Contacts')
@ApiProduces('application/vnd.api+json')
@Controller('v1/contacts/:id')
export class ContactPortalController {
  constructor(private readonly changePortalAccess: ChangePortalAccess) {}

  /** Lets a contact into the portal. Who is invited already can be invited again. */
  @Post('invite')
  @HttpCode(204)
  @ApiOperation({ operationId: 'inviteContact', summary: 'Invite a contact to the portal' })
  @ApiNoContentResponse({ description: 'The contact is invited' })
  @ApiContactId()
  @ApiProblems('login_email_missing', ...EACH, 'contact_already_active', 'contact_revoked')
  @RequireAccess(CHANGE_CONTACTS)
  @Conditional(ContactsController, (contacts, call) => contacts.read(call.actor, call.id()))
  async invite(@CurrentActor() actor: Actor, @Param('id', CONTACT_ID) id: ContactId): Promise<void> {
    await this.changePortalAccess.execute(actor, { id, step: 'invite' });
  }

  /** Takes the access of an invited or active contact away. */
  @Patch('revoke')
  @HttpCode(204)
  @ApiOperation({ operationId: 'revokeContact', summary: 'Revoke the portal access of a contact' })
  @ApiNoContentResponse({ description: 'The contact has no access any more' })
  @ApiContactId()
  @ApiProblems('contact_not_active', ...EACH)
  @RequireAccess(CHANGE_CONTACTS)
  @Conditional(ContactsController, (contacts, call) => contacts.read(call.actor, call.id()))
  async revoke(@CurrentActor() actor: Actor, @Param('id', CONTACT_ID) id: ContactId): Promise<void> {
    await this.changePortalAccess.execute(actor, { id, step: 'revoke' });
  }

  /** Gives revoked access back: the contact is active again, or invited when they had never used the portal. */
  @Patch('restore')
  @HttpCode(204)
  @ApiOperation({ operationId: 'restoreContact', summary: 'Restore the portal access of a contact' })
  @ApiNoContentResponse({ description: 'The contact has access again' })
  @ApiContactId()
  @ApiProblems('contact_not_revoked', 'login_email_missing', ...EACH)
  @RequireAccess(CHANGE_CONTACTS)
  @Conditional(ContactsController, (contacts, call) => contacts.read(call.actor, call.id()))
  async restore(@CurrentActor() actor: Actor, @Param('id', CONTACT_ID) id: ContactId): Promise<void> {
    await this.changePortalAccess.execute(actor, { id, step: 'restore' });
  }
}
