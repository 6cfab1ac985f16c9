import type { History } from '../../history/index.js';
import { type Clock, isUuid, type PortalUser, type Random, textOfLines, type UnitOfWork } from '../../kernel/index.js';
import type { Notifier } from '../../notifications/index.js';
import { portalNoteErrors } from './note.errors.js';
import type { NewPortalNote, NoteBoard, NotePlace, NoteSubject } from './note-board.js';

/** How many characters a note has at most: as many as in the Back Office. */
const LONGEST = 20_000;
/** How many of them the history keeps. */
const KEPT = 1000;

export interface NewNoteInput extends NotePlace {
  readonly content: string;
  /** The note to which it is an answer. */
  readonly parentId: string | null;
}

/** A client writes a note on a project or an invoice; who delivers it is told. */
export class AddNote {
  constructor(
    private readonly board: NoteBoard,
    private readonly history: History,
    private readonly notifier: Notifier,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /**
   * Answers the id of the note. What is no id is one that nothing has.
   * @throws InvalidField naming `content`; DomainError `project_not_found`, `invoice_not_found`, and `note_not_found`
   * for a parent that is not on the same resource, or that clients do not see
   */
  async execute(user: PortalUser, input: NewNoteInput): Promise<string> {
    const { firmId, contactId } = user;
    const content = textOfLines('content', input.content, LONGEST);
    return this.unitOfWork.run(async () => {
      const subject = await this.subjectOf(user, input);
      const parentId = await this.parentOf(user, subject, input.parentId);
      const [id, at] = [this.random.uuid(), this.clock.now()];
      const note = { id, subject, content, parentId, contactId, at };
      await this.board.add(firmId, note);
      await this.record(user, note);
      await this.tell(user, subject);
      return id;
    });
  }

  private async subjectOf(user: PortalUser, { resourceType, resourceId }: NotePlace): Promise<NoteSubject> {
    const place = { resourceType, resourceId };
    const subject = isUuid(resourceId) ? await this.board.hold(user.firmId, user.companyIds, place) : null;
    if (!subject) throw portalNoteErrors.resourceNotFound(resourceType);
    return subject;
  }

  private async parentOf(user: PortalUser, subject: NoteSubject, parentId: string | null): Promise<string | null> {
    if (parentId === null) return null;
    const parent = isUuid(parentId) ? await this.board.holdParent(user.firmId, subject, parentId) : null;
    if (parent === null) throw portalNoteErrors.parentNotFound();
    return parent;
  }

  private async record(user: PortalUser, { id, subject, content, parentId, contactId }: NewPortalNote): Promise<void> {
    const { resourceType, resourceId, clientId } = subject;
    const characters = [...content]; // a half of one can not be kept
    const beginning = characters.length > KEPT ? `${characters.slice(0, KEPT).join('')}…` : content;
    const written = { resourceType, resourceId, content: beginning, parentId, isClientVisible: true };
    const given = Object.entries({ ...written, portalUserId: contactId }).filter(([, value]) => value !== null);
    await this.history.record(user, {
      action: 'note.created',
      subject: { type: 'note', id },
      clientId,
      details: Object.fromEntries(given.map(([name, to]) => [name, { from: null, to }])),
    });
  }

  private async tell({ firmId, contactId }: PortalUser, subject: NoteSubject): Promise<void> {
    const { deliveryManagerId, clientId, resourceType, resourceId, name } = subject;
    if (deliveryManagerId === null) return;
    await this.notifier.raise(firmId, [
      {
        type: 'note_received',
        to: { userIds: [deliveryManagerId] },
        clientId,
        resource: { type: resourceType, id: resourceId },
        names: { [resourceType]: name },
        by: { contactId },
      },
    ]);
  }
}
