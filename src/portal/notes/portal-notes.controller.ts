import { Body, Controller, Get, Param, Post, Res, UseInterceptors } from '@nestjs/common';
import { ApiConsumes, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { PortalActor } from '@portico/domain/kernel';
import { AddNote, IdentifyContact, portalNoteErrors, PortalNoteQueries } from '@portico/domain/portal';
import { CurrentPortalActor } from '../../platform/access/access.js';
import { Tagged } from '../../platform/conditions/conditional.js';
import { JsonBodyInterceptor } from '../../platform/http/json-body.interceptor.js';
import { NoParametersInterceptor } from '../../platform/http/no-parameters.interceptor.js';
import { ApiPortalProblems } from '../../platform/openapi/portal-problems.js';
import { RequirePortal } from '../access/require-portal.js';
import { ApiRecordId } from '../record-id.js';
import { AddNoteBody, NoteAddedDto, PortalNoteDocument, PortalNoteList } from './portal-note.dto.js';
import { PortalNotePresenter } from './portal-note.presenter.js';

const PRESENTER = new PortalNotePresenter();
const OF_GROUP = { role: 'viewer', group: true } as const;
const WRITER = 'collaborator';
const ADDRESS = '/api/portal/notes';
const Location = {
  description: 'Where it is',
  schema: { type: 'string' as const },
  example: `${ADDRESS}/01989a3e-5f00-7000-8000-000000000001`,
};
const REFUSALS = [
  ...['invalid_json', 'invalid_body', 'invalid_value', 'unknown_member', 'body_too_large', 'unsupported_media_type'],
  ...['project_not_found', 'invoice_not_found', 'note_not_found'],
];

/** What the firm and the client tell each other about the work. */
@ApiTags('Notes')
@ApiProduces('application/json')
@Controller('api/portal/notes')
export class PortalNotesController {
  constructor(
    private readonly queries: PortalNoteQueries,
    private readonly identifyContact: IdentifyContact,
    private readonly addNote: AddNote,
  ) {}

  /** The newest 100 notes for clients on projects, deals, budgets and invoices of the companies, the newest first. */
  @Get()
  @ApiOperation({ operationId: 'listPortalNotes', summary: 'Get the notes' })
  @ApiOkResponse({ type: PortalNoteList, description: 'The notes' })
  @ApiPortalProblems('unknown_member')
  @RequirePortal(OF_GROUP)
  @UseInterceptors(NoParametersInterceptor)
  async list(@CurrentPortalActor() { firmId, companyIds }: PortalActor): Promise<PortalNoteList> {
    return PRESENTER.list(await this.queries.latest(firmId, companyIds));
  }

  /** A note for clients. */
  @Get(':id')
  @ApiOperation({ operationId: 'getPortalNote', summary: 'Get a note' })
  @ApiRecordId('note')
  @ApiOkResponse({ type: PortalNoteDocument, description: 'The note' })
  @ApiPortalProblems('unknown_member', 'note_not_found')
  @RequirePortal(OF_GROUP)
  @UseInterceptors(NoParametersInterceptor)
  @Tagged()
  async read(@CurrentPortalActor() actor: PortalActor, @Param('id') id: string): Promise<PortalNoteDocument> {
    const note = await this.queries.find(actor.firmId, actor.companyIds, id);
    if (!note) throw portalNoteErrors.notFound();
    return PRESENTER.document(note);
  }

  /**
   * Writes a note on a project or an invoice, or an answer to one. Who writes it is said by `X-Portal-User-Id`, or where
   * it is not sent by `portalUserId`. Who delivers the work is told.
   */
  @Post()
  @ApiOperation({ operationId: 'createPortalNote', summary: 'Write a note' })
  @ApiConsumes('application/json')
  @ApiCreatedResponse({ type: NoteAddedDto, description: 'It is written', headers: { Location } })
  @ApiPortalProblems(...REFUSALS)
  @RequirePortal({ role: WRITER, group: true })
  @UseInterceptors(JsonBodyInterceptor)
  async add(
    @CurrentPortalActor() actor: PortalActor,
    @Body() body: AddNoteBody,
    @Res({ passthrough: true }) response: Response,
  ): Promise<NoteAddedDto> {
    const { resourceType, resourceId, content, parentId = null, portalUserId = null } = body;
    const user = await this.identifyContact.execute(actor, { portalUserId, role: WRITER });
    const id = await this.addNote.execute(user, { resourceType, resourceId, content, parentId });
    response.setHeader('Location', `${ADDRESS}/${id}`);
    return { id };
  }
}
