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
  Req,
  Res,
  UseInterceptors,
} from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { ChangeContact, contactErrors, ContactQueries, CreateContact, DeleteContact } from '@portico/domain/directory';
import type { Actor, ContactId } from '@portico/domain/kernel';
import { CurrentActor, RequireAccess } from '../platform/access/access.js';
import { Conditional, Tagged } from '../platform/conditions/conditional.js';
import { pageRequest, requireSameResource } from '../platform/http/json-api.js';
import { JsonBodyInterceptor } from '../platform/http/json-body.interceptor.js';
import { located } from '../platform/http/located.js';
import { sendLocation } from '../platform/http/location.js';
import { NoParametersInterceptor } from '../platform/http/no-parameters.interceptor.js';
import type { ObservedRequest } from '../platform/http/observed-request.js';
import { ApiProblems } from '../platform/openapi/api-problems.js';
import { ApiCreated, ApiJsonBody } from '../platform/openapi/json-body.js';
import { ApiContactId, CHANGE_CONTACTS, CONTACT_ID, READ_CONTACTS } from './contact-access.js';
import { ChangedContactBody, NewContactBody } from './contact-body.dto.js';
import { affiliationsIn, clientIn, defaultAffiliationIn, placesIn, profileIn } from './contact-input.js';
import { ContactDocument, ContactListDocument } from './contact.dto.js';
import { ContactPresenter } from './contact.presenter.js';
import { ContactListQuery } from './contact-query.dto.js';

const PRESENTER = new ContactPresenter();
const BODY = [
  ...['unknown_member', 'invalid_value', 'invalid_email', 'invalid_json', 'invalid_default_affiliation'],
  ...[
    'unknown_client',
    'unknown_entities',
    'unknown_groups',
    'type_mismatch',
    'login_email_taken',
    'external_user_id_taken',
  ],
  ...['body_too_large', 'unsupported_media_type'],
];

@ApiTags('Contacts')
@ApiProduces('application/vnd.api+json')
@Controller('v1/contacts')
export class ContactsController {
  constructor(
    private readonly queries: ContactQueries,
    private readonly createContact: CreateContact,
    private readonly changeContact: ChangeContact,
    private readonly deleteContact: DeleteContact,
  ) {}

  /** One page of the contacts that the caller may read, in ascending id order. */
  @Get()
  @ApiOperation({ operationId: 'listContacts', summary: 'Get all contacts' })
  @ApiOkResponse({ type: ContactListDocument, description: 'One page of contacts' })
  @ApiProblems('unknown_member', 'invalid_value')
  @RequireAccess(READ_CONTACTS)
  async list(@CurrentActor() actor: Actor, @Query() query: ContactListQuery): Promise<ContactListDocument> {
    const page = await this.queries.list(actor, pageRequest(query), ContactListQuery.filters(query));
    return PRESENTER.list(page, query);
  }

  /** Adds a contact, who has no access to the portal until they are invited. */
  @Post()
  @ApiOperation({ operationId: 'createContact', summary: 'Create a contact' })
  @ApiCreated(ContactDocument, 'The new contact', '/api/v1/contacts/20')
  @ApiProblems(...BODY)
  @RequireAccess(CHANGE_CONTACTS)
  @UseInterceptors(JsonBodyInterceptor)
  @Tagged()
  async create(
    @CurrentActor() actor: Actor,
    @Body() { data }: NewContactBody,
    @Req() request: ObservedRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ContactDocument> {
    requireSameResource(data, 'contacts');
    const { attributes, relationships } = data;
    const { first_name: firstName, last_name: lastName } = attributes;
    const affiliations = affiliationsIn(relationships);
    const id = await located(async () => {
      const profile = { ...profileIn(attributes), firstName, lastName };
      const defaultAffiliation = defaultAffiliationIn(attributes);
      const clientId = clientIn(attributes);
      const input = { profile, ssn: attributes.ssn, clientId, affiliations, defaultAffiliation };
      return this.createContact.execute(actor, input);
    }, placesIn(relationships));
    const document = PRESENTER.document(await this.get(actor, id));
    sendLocation(request, response, `/v1/contacts/${id}`);
    return document;
  }

  /** What is known of a contact. */
  @Get(':id')
  @ApiOperation({ operationId: 'getContact', summary: 'Get a contact' })
  @ApiOkResponse({ type: ContactDocument, description: 'The contact' })
  @ApiContactId()
  @ApiProblems('unknown_member', 'contact_not_found')
  @RequireAccess(READ_CONTACTS)
  @UseInterceptors(NoParametersInterceptor)
  @Tagged()
  async read(@CurrentActor() actor: Actor, @Param('id', CONTACT_ID) id: ContactId): Promise<ContactDocument> {
    return PRESENTER.document(await this.get(actor, id));
  }

  /** Changes the attributes that are given, and replaces the affiliations that are given. */
  @Patch(':id')
  @ApiOperation({ operationId: 'updateContact', summary: 'Update a contact' })
  @ApiOkResponse({ type: ContactDocument, description: 'The contact as it is now' })
  @ApiJsonBody()
  @ApiContactId()
  @ApiProblems(
    ...BODY,
    'client_affiliation_required',
    'login_email_required',
    'contact_not_changeable',
    'contact_not_found',
    'id_mismatch',
  )
  @RequireAccess(CHANGE_CONTACTS)
  @UseInterceptors(JsonBodyInterceptor)
  @Tagged()
  @Conditional(ContactsController, (contacts, call) => contacts.read(call.actor, call.id()))
  async change(
    @CurrentActor() actor: Actor,
    @Param('id', CONTACT_ID) id: ContactId,
    @Body() { data }: ChangedContactBody,
  ): Promise<ContactDocument> {
    requireSameResource(data, 'contacts', id);
    const { attributes = {}, relationships } = data;
    const affiliations = affiliationsIn(relationships);
    await located(async () => {
      const defaultAffiliation = defaultAffiliationIn(attributes);
      const profile = profileIn(attributes);
      const clientId = clientIn(attributes);
      const input = { id, profile, ssn: attributes.ssn, clientId, affiliations, defaultAffiliation };
      await this.changeContact.execute(actor, input);
    }, placesIn(relationships));
    return PRESENTER.document(await this.get({ ...actor, allDataAccess: true }, id)); // also when it is theirs no more
  }

  /** Removes a contact for good; access to the portal ends with it. */
  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ operationId: 'deleteContact', summary: 'Delete a contact' })
  @ApiNoContentResponse({ description: 'The contact is gone' })
  @ApiContactId()
  @ApiProblems('contact_not_changeable', 'contact_not_found', 'contact_has_files', 'contact_in_use')
  @RequireAccess(CHANGE_CONTACTS)
  @Conditional(ContactsController, (contacts, call) => contacts.read(call.actor, call.id()))
  async remove(@CurrentActor() actor: Actor, @Param('id', CONTACT_ID) id: ContactId): Promise<void> {
    await this.deleteContact.execute(actor, { id });
  }

  private async get(actor: Actor, id: ContactId) {
    const contact = await this.queries.find(actor, id);
    if (!contact) throw contactErrors.notFound(id);
    return contact;
  }
}
