import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  Patch,
  Post,
  Put,
  Query,
  Res,
  UseInterceptors,
} from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import {
  ChangeContact,
  contactErrors,
  ContactQueries,
  CreateContact,
  DeleteContact,
  UpsertContacts,
} from '@portico/domain/directory';
import type { Actor, ContactId } from '@portico/domain/kernel';
import { CurrentActor, RequireBackOffice } from '../../platform/access/access.js';
import { Conditional, Tagged } from '../../platform/conditions/conditional.js';
import { named } from '../../platform/http/back-office-body.js';
import { parseList, sendTotal } from '../../platform/http/back-office-list.js';
import { JsonBodyInterceptor, JsonRowsInterceptor } from '../../platform/http/json-body.interceptor.js';
import { NoParametersInterceptor } from '../../platform/http/no-parameters.interceptor.js';
import { checkedRows } from '../../platform/http/request.pipe.js';
import { ApiBackOfficeBodyProblems, ApiBackOfficeProblems } from '../../platform/openapi/back-office-problems.js';
import {
  ApiBackOfficeBody,
  ApiBackOfficeList,
  ApiMade,
  ApiUpsert,
  UpsertedDto,
} from '../../platform/openapi/back-office-routes.js';
import { ApiContactId, CONTACT_ID, MANAGE_CONTACTS } from './contact-routes.js';
import { ChangedContactFields, ContactRowFields, NewContactFields } from './contact-body.dto.js';
import { ContactDto } from './contact.dto.js';
import { CONTACT_NAMES, restIn, rowIn } from './contact-input.js';
import { CONTACT_LIST, contactDto } from './contact.presenter.js';

const BODY = [
  ...(['invalid_email', 'unknown_client', 'unknown_entities', 'unknown_groups'] as const),
  ...(['invalid_default_affiliation', 'login_email_taken', 'external_user_id_taken'] as const),
] as const;
const CHANGE = [
  ...BODY,
  ...(['contact_not_found', 'contact_not_changeable', 'login_email_required'] as const),
  'client_affiliation_required',
] as const;

/** The persons whom the firm knows. */
@ApiTags('Contacts')
@ApiProduces('application/json')
@Controller('api/v2/contacts')
export class BackOfficeContactsController {
  constructor(
    private readonly queries: ContactQueries,
    private readonly createContact: CreateContact,
    private readonly changeContact: ChangeContact,
    private readonly deleteContact: DeleteContact,
    private readonly upsertContacts: UpsertContacts,
  ) {}

  /** The contacts that the caller may read. */
  @Get()
  @ApiOperation({ operationId: 'listContacts', summary: 'Get all contacts' })
  @ApiBackOfficeList(CONTACT_LIST, ContactDto, 'The contacts')
  @ApiBackOfficeProblems('unknown_member', 'invalid_value')
  @RequireBackOffice(MANAGE_CONTACTS)
  async list(
    @CurrentActor() actor: Actor,
    @Query() query: Record<string, unknown>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ContactDto[]> {
    const { items, total } = await this.queries.listCounted(actor, parseList(query, CONTACT_LIST));
    sendTotal(response, total);
    return items.map(contactDto);
  }

  /** Adds a contact, who has no access to the portal until they are invited. */
  @Post()
  @ApiOperation({ operationId: 'createContact', summary: 'Create a contact' })
  @ApiMade(ContactDto, 'The new contact', '/api/v2/contacts/20')
  @ApiBackOfficeBodyProblems(...BODY)
  @RequireBackOffice(MANAGE_CONTACTS)
  @UseInterceptors(JsonBodyInterceptor)
  @Tagged()
  async create(
    @CurrentActor() actor: Actor,
    @Body() body: NewContactFields,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ContactDto> {
    const { firstName, lastName } = body;
    const id = await named(async () => {
      const { profile, ...rest } = restIn(body);
      return this.createContact.execute(actor, { profile: { ...profile, firstName, lastName }, ...rest });
    }, CONTACT_NAMES);
    response.setHeader('Location', `/api/v2/contacts/${id}`);
    return this.get(actor, id);
  }

  /** Adds or changes contacts by what another system calls them: all rows or none. What is not given of one stays. */
  @Put()
  @ApiOperation({ operationId: 'upsertContacts', summary: 'Take over contacts from another system' })
  @ApiUpsert(ContactRowFields)
  @ApiBackOfficeBodyProblems(
    ...(['invalid_email', 'unknown_client', 'login_email_taken', 'login_email_required'] as const),
    ...(['external_user_id_taken', 'contact_not_changeable'] as const),
  )
  @RequireBackOffice(MANAGE_CONTACTS)
  @UseInterceptors(JsonRowsInterceptor)
  async upsert(@CurrentActor() actor: Actor, @Body() body: unknown): Promise<UpsertedDto> {
    const rows = checkedRows(ContactRowFields, body).map(rowIn);
    return named(() => this.upsertContacts.execute(actor, rows), CONTACT_NAMES);
  }

  /** What is known of a contact. */
  @Get(':id')
  @ApiOperation({ operationId: 'getContact', summary: 'Get a contact' })
  @ApiOkResponse({ type: ContactDto, description: 'The contact' })
  @ApiContactId()
  @ApiBackOfficeProblems('unknown_member', 'contact_not_found')
  @RequireBackOffice(MANAGE_CONTACTS)
  @UseInterceptors(NoParametersInterceptor)
  @Tagged()
  read(@CurrentActor() actor: Actor, @Param('id', CONTACT_ID) id: ContactId): Promise<ContactDto> {
    return this.get(actor, id);
  }

  /** Changes what is given. */
  @Put(':id')
  @ApiOperation({ operationId: 'putContact', summary: 'Update a contact' })
  @ApiOkResponse({ type: ContactDto, description: 'The contact as it is now' })
  @ApiBackOfficeBody()
  @ApiContactId()
  @ApiBackOfficeBodyProblems(...CHANGE)
  @RequireBackOffice(MANAGE_CONTACTS)
  @UseInterceptors(JsonBodyInterceptor)
  @Tagged()
  @Conditional(BackOfficeContactsController, (contacts, call) => contacts.read(call.actor, call.id()))
  put(
    @CurrentActor() actor: Actor,
    @Param('id', CONTACT_ID) id: ContactId,
    @Body() body: ChangedContactFields,
  ): Promise<ContactDto> {
    return this.change(actor, id, body);
  }

  /** Changes what is given. */
  @Patch(':id')
  @ApiOperation({ operationId: 'updateContact', summary: 'Update a contact' })
  @ApiOkResponse({ type: ContactDto, description: 'The contact as it is now' })
  @ApiBackOfficeBody()
  @ApiContactId()
  @ApiBackOfficeBodyProblems(...CHANGE)
  @RequireBackOffice(MANAGE_CONTACTS)
  @UseInterceptors(JsonBodyInterceptor)
  @Tagged()
  @Conditional(BackOfficeContactsController, (contacts, call) => contacts.read(call.actor, call.id()))
  patch(
    @CurrentActor() actor: Actor,
    @Param('id', CONTACT_ID) id: ContactId,
    @Body() body: ChangedContactFields,
  ): Promise<ContactDto> {
    return this.change(actor, id, body);
  }

  /** Removes a contact for good; access to the portal ends with it. */
  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ operationId: 'deleteContact', summary: 'Delete a contact' })
  @ApiNoContentResponse({ description: 'The contact is gone' })
  @ApiContactId()
  @ApiBackOfficeProblems('contact_not_found', 'contact_not_changeable', 'contact_has_files', 'contact_in_use')
  @RequireBackOffice(MANAGE_CONTACTS)
  @Conditional(BackOfficeContactsController, (contacts, call) => contacts.read(call.actor, call.id()))
  async remove(@CurrentActor() actor: Actor, @Param('id', CONTACT_ID) id: ContactId): Promise<void> {
    await this.deleteContact.execute(actor, { id });
  }

  private async change(actor: Actor, id: ContactId, body: ChangedContactFields): Promise<ContactDto> {
    await named(async () => this.changeContact.execute(actor, { id, ...restIn(body) }), CONTACT_NAMES);
    return this.get({ ...actor, allDataAccess: true }, id); // also when it is theirs no more
  }

  private async get(actor: Actor, id: ContactId): Promise<ContactDto> {
    const contact = await this.queries.find(actor, id);
    if (!contact) throw contactErrors.notFound(id);
    return contactDto(contact);
  }
}
