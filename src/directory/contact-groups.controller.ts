import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  Patch,
  Post,
  Query,
  Res,
  UseInterceptors,
} from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { GroupQueries } from '@portico/domain/directory';
import type { Actor, ContactId } from '@portico/domain/kernel';
import { CurrentActor, RequireAccess } from '../platform/access/access.js';
import { Conditional, Tagged } from '../platform/conditions/conditional.js';
import { LinkageBody } from '../platform/http/json-api.dto.js';
import { pageRequest } from '../platform/http/json-api.js';
import { JsonBodyInterceptor } from '../platform/http/json-body.interceptor.js';
import { NoParametersInterceptor } from '../platform/http/no-parameters.interceptor.js';
import { PageParameters } from '../platform/http/page-query.dto.js';
import { setTag } from '../platform/http/send-tag.js';
import { ApiProblems } from '../platform/openapi/api-problems.js';
import { ApiJsonRequestBody } from '../platform/openapi/request-body.js';
import { ApiContactId, CHANGE_CONTACTS, CONTACT_ID, READ_CONTACTS } from './contact-access.js';
import { AFFILIATION_PROBLEMS, ContactAffiliationChanges } from './contact-affiliations.js';
import { ContactGroupAffiliations } from './contact.dto.js';
import { ContactPresenter } from './contact.presenter.js';
import { ContactsController } from './contacts.controller.js';
import { GroupListDocument, GroupPresenter } from './directory.module.js';

const PRESENTER = new ContactPresenter();
const GROUPS = new GroupPresenter();
const BODY = { type: LinkageBody, examples: { groups: { value: { data: [{ type: 'groups', id: '200' }] } } } };
const PROBLEMS = ['unknown_groups', ...AFFILIATION_PROBLEMS];

/** The groups with which a contact is affiliated. */
@ApiTags('Contacts')
@ApiProduces('application/vnd.api+json')
@Controller('v1/contacts/:id')
export class ContactGroupsController {
  constructor(
    private readonly affiliations: ContactAffiliationChanges,
    private readonly groups: GroupQueries,
  ) {}

  /** One page of the groups with which the contact is affiliated and that are permitted to the caller. */
  @Get('group_affiliations')
  @ApiOperation({ operationId: 'getContactGroups', summary: 'Get the groups of a contact' })
  @ApiOkResponse({ type: GroupListDocument, description: 'One page of groups' })
  @ApiContactId()
  @ApiProblems('unknown_member', 'invalid_value', 'contact_not_found')
  @RequireAccess(READ_CONTACTS)
  async list(
    @CurrentActor() actor: Actor,
    @Param('id', CONTACT_ID) id: ContactId,
    @Query() query: PageParameters,
  ): Promise<GroupListDocument> {
    const request = pageRequest(query);
    const { groupIds } = await this.affiliations.contact(actor, id);
    const page = await this.groups.listByIds(actor.firmId, groupIds, request);
    return GROUPS.list(page, `/v1/contacts/${id}/group_affiliations`, query);
  }

  /** The ids of the groups with which the contact is affiliated and that are permitted to the caller. */
  @Get('relationships/group_affiliations')
  @ApiOperation({ operationId: 'getContactGroupAffiliations', summary: 'Get the group affiliations of a contact' })
  @ApiOkResponse({ type: ContactGroupAffiliations, description: 'The affiliations' })
  @ApiContactId()
  @ApiProblems('unknown_member', 'contact_not_found')
  @RequireAccess(READ_CONTACTS)
  @UseInterceptors(NoParametersInterceptor)
  @Tagged()
  async read(
    @CurrentActor() actor: Actor,
    @Param('id', CONTACT_ID) id: ContactId,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ContactGroupAffiliations> {
    const contact = await this.affiliations.contact(actor, id);
    setTag(response, PRESENTER.document(contact));
    return PRESENTER.groupAffiliations(contact);
  }

  /** Affiliates the contact with more groups; one unknown id refuses them all. */
  @Post('relationships/group_affiliations')
  @HttpCode(204)
  @ApiOperation({ operationId: 'addContactGroupAffiliations', summary: 'Add group affiliations to a contact' })
  @ApiNoContentResponse({ description: 'The contact is affiliated with them' })
  @ApiJsonRequestBody(BODY)
  @ApiContactId()
  @ApiProblems(...PROBLEMS)
  @RequireAccess(CHANGE_CONTACTS)
  @UseInterceptors(JsonBodyInterceptor)
  @Conditional(ContactsController, (contacts, call) => contacts.read(call.actor, call.id()))
  async add(
    @CurrentActor() actor: Actor,
    @Param('id', CONTACT_ID) id: ContactId,
    @Body() body: LinkageBody,
  ): Promise<void> {
    await this.affiliations.apply(actor, id, 'add', 'groups', body);
  }

  /** Makes these the only groups with which the contact is affiliated; one unknown id refuses them all. */
  @Patch('relationships/group_affiliations')
  @HttpCode(204)
  @ApiOperation({
    operationId: 'replaceContactGroupAffiliations',
    summary: 'Replace the group affiliations of a contact',
  })
  @ApiNoContentResponse({ description: 'The contact is affiliated with them alone' })
  @ApiJsonRequestBody(BODY)
  @ApiContactId()
  @ApiProblems(...PROBLEMS)
  @RequireAccess(CHANGE_CONTACTS)
  @UseInterceptors(JsonBodyInterceptor)
  @Conditional(ContactsController, (contacts, call) => contacts.read(call.actor, call.id()))
  async replace(
    @CurrentActor() actor: Actor,
    @Param('id', CONTACT_ID) id: ContactId,
    @Body() body: LinkageBody,
  ): Promise<void> {
    await this.affiliations.apply(actor, id, 'replace', 'groups', body);
  }

  /** Ends affiliations of the contact; one unknown id refuses them all. */
  @Delete('relationships/group_affiliations')
  @HttpCode(204)
  @ApiOperation({
    operationId: 'removeContactGroupAffiliations',
    summary: 'Remove group affiliations from a contact',
  })
  @ApiNoContentResponse({ description: 'The contact is not affiliated with them any more' })
  @ApiJsonRequestBody(BODY)
  @ApiContactId()
  @ApiProblems(...PROBLEMS)
  @RequireAccess(CHANGE_CONTACTS)
  @UseInterceptors(JsonBodyInterceptor)
  @Conditional(ContactsController, (contacts, call) => contacts.read(call.actor, call.id()))
  async remove(
    @CurrentActor() actor: Actor,
    @Param('id', CONTACT_ID) id: ContactId,
    @Body() body: LinkageBody,
  ): Promise<void> {
    await this.affiliations.apply(actor, id, 'remove', 'groups', body);
  }
}
