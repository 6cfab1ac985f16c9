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
import { EntityQueries } from '@portico/domain/directory';
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
import { ApiJsonBody } from '../platform/openapi/json-body.js';
import { ApiContactId, CHANGE_CONTACTS, CONTACT_ID, READ_CONTACTS } from './contact-access.js';
import { AFFILIATION_PROBLEMS, ContactAffiliationChanges } from './contact-affiliations.js';
import { ContactAffiliations } from './contact.dto.js';
import { ContactPresenter } from './contact.presenter.js';
import { ContactsController } from './contacts.controller.js';
import { EntityListDocument, EntityPresenter } from './directory.module.js';

const PRESENTER = new ContactPresenter();
const ENTITIES = new EntityPresenter();
const PROBLEMS = ['unknown_entities', ...AFFILIATION_PROBLEMS];

/** The entities with which a contact is affiliated. */
@ApiTags('Contacts')
@ApiProduces('application/vnd.api+json')
@Controller('v1/contacts/:id')
export class ContactEntitiesController {
  constructor(
    private readonly affiliations: ContactAffiliationChanges,
    private readonly entities: EntityQueries,
  ) {}

  /** One page of the entities with which the contact is affiliated and that are permitted to the caller. */
  @Get('entity_affiliations')
  @ApiOperation({ operationId: 'getContactEntities', summary: 'Get the entities of a contact' })
  @ApiOkResponse({ type: EntityListDocument, description: 'One page of entities' })
  @ApiContactId()
  @ApiProblems('unknown_member', 'invalid_value', 'contact_not_found')
  @RequireAccess(READ_CONTACTS)
  async list(
    @CurrentActor() actor: Actor,
    @Param('id', CONTACT_ID) id: ContactId,
    @Query() query: PageParameters,
  ): Promise<EntityListDocument> {
    const request = pageRequest(query);
    const { entityIds } = await this.affiliations.contact(actor, id);
    const page = await this.entities.listByIds(actor.firmId, entityIds, request);
    return ENTITIES.list(page, `/v1/contacts/${id}/entity_affiliations`, query);
  }

  /** The ids of the entities with which the contact is affiliated and that are permitted to the caller. */
  @Get('relationships/entity_affiliations')
  @ApiOperation({ operationId: 'getContactEntityAffiliations', summary: 'Get the entity affiliations of a contact' })
  @ApiOkResponse({ type: ContactAffiliations, description: 'The affiliations' })
  @ApiContactId()
  @ApiProblems('unknown_member', 'contact_not_found')
  @RequireAccess(READ_CONTACTS)
  @UseInterceptors(NoParametersInterceptor)
  @Tagged()
  async read(
    @CurrentActor() actor: Actor,
    @Param('id', CONTACT_ID) id: ContactId,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ContactAffiliations> {
    const contact = await this.affiliations.contact(actor, id);
    setTag(response, PRESENTER.document(contact));
    return PRESENTER.entityAffiliations(contact);
  }

  /** Affiliates the contact with more entities; one unknown id refuses them all. */
  @Post('relationships/entity_affiliations')
  @HttpCode(204)
  @ApiOperation({ operationId: 'addContactEntityAffiliations', summary: 'Add entity affiliations to a contact' })
  @ApiNoContentResponse({ description: 'The contact is affiliated with them' })
  @ApiJsonBody()
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
    await this.affiliations.apply(actor, id, 'add', 'entities', body);
  }

  /** Makes these the only entities with which the contact is affiliated; one unknown id refuses them all. */
  @Patch('relationships/entity_affiliations')
  @HttpCode(204)
  @ApiOperation({
    operationId: 'replaceContactEntityAffiliations',
    summary: 'Replace the entity affiliations of a contact',
  })
  @ApiNoContentResponse({ description: 'The contact is affiliated with them alone' })
  @ApiJsonBody()
  @ApiContactId()
  @ApiProblems('client_affiliation_required', ...PROBLEMS)
  @RequireAccess(CHANGE_CONTACTS)
  @UseInterceptors(JsonBodyInterceptor)
  @Conditional(ContactsController, (contacts, call) => contacts.read(call.actor, call.id()))
  async replace(
    @CurrentActor() actor: Actor,
    @Param('id', CONTACT_ID) id: ContactId,
    @Body() body: LinkageBody,
  ): Promise<void> {
    await this.affiliations.apply(actor, id, 'replace', 'entities', body);
  }

  /** Ends affiliations of the contact; one unknown id refuses them all. */
  @Delete('relationships/entity_affiliations')
  @HttpCode(204)
  @ApiOperation({
    operationId: 'removeContactEntityAffiliations',
    summary: 'Remove entity affiliations from a contact',
  })
  @ApiNoContentResponse({ description: 'The contact is not affiliated with them any more' })
  @ApiJsonBody()
  @ApiContactId()
  @ApiProblems('client_affiliation_required', ...PROBLEMS)
  @RequireAccess(CHANGE_CONTACTS)
  @UseInterceptors(JsonBodyInterceptor)
  @Conditional(ContactsController, (contacts, call) => contacts.read(call.actor, call.id()))
  async remove(
    @CurrentActor() actor: Actor,
    @Param('id', CONTACT_ID) id: ContactId,
    @Body() body: LinkageBody,
  ): Promise<void> {
    await this.affiliations.apply(actor, id, 'remove', 'entities', body);
  }
}
