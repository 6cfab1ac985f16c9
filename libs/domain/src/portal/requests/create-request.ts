import {
  type Clock,
  isUuid,
  lineOfText,
  type PortalActor,
  type ProjectId,
  type Random,
  type TaskId,
  textOfLines,
  type UnitOfWork,
} from '../../kernel/index.js';
import type { History, HistoryEntry } from '../../history/index.js';
import type { NewNotification, Notifier } from '../../notifications/index.js';
import type { ClientRequest, ClientRequests, RequestPlace } from './client-requests.js';
import { requestErrors } from './request.errors.js';
import { deadlinesOf, PRIORITIES, type Priority } from './service-level.js';

const LONGEST = { title: 300, description: 20_000 } as const;
/** Where tasks stand before anybody has begun with them. */
const STATUS = 'todo';
const UNLESS_GIVEN: Priority = 'medium';

/** What a client asks for. */
export interface CreateRequestInput {
  readonly title: string;
  readonly description?: string | null;
  /** One of the priorities, in any case; `medium` unless given. */
  readonly priority?: string | null;
  /** A project of the company. */
  readonly projectId?: string | null;
}

/** Makes a task out of what a client asks for, with deadlines where the firm has promised any (seed 001). */
export class CreateRequest {
  constructor(
    private readonly requests: ClientRequests,
    private readonly history: History,
    private readonly notifier: Notifier,
    private readonly random: Random,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Answers the id of the task. Whoever looks after the project or the company is told.
   * @throws InvalidField naming `title`, `description` or `priority`
   * @throws DomainError `project_not_found`
   */
  async execute(actor: PortalActor, input: CreateRequestInput): Promise<TaskId> {
    const { firmId, companyId, contactId } = actor;
    const wanted = wantedIn(input);
    if (wanted.projectId !== null && !isUuid(wanted.projectId)) throw requestErrors.projectNotFound();
    return this.unitOfWork.run(async () => {
      const place = await this.requests.place(firmId, companyId, wanted);
      if (!place) throw requestErrors.projectNotFound();
      const createdAt = this.clock.now();
      const id = this.random.uuid() as TaskId;
      const request: ClientRequest = { ...wanted, id, firmId, companyId, contactId, status: STATUS, createdAt };
      const { level } = place;
      await this.requests.add(request, level && { ...level, ...deadlinesOf(level, createdAt) });
      await this.history.record(actor, entryOf(request));
      await this.notifier.raise(firmId, notificationsOf(request, place));
      return id;
    });
  }
}

/** @throws InvalidField naming the first field that holds what it must not */
function wantedIn(input: CreateRequestInput): Pick<ClientRequest, 'title' | 'description' | 'priority' | 'projectId'> {
  const { description, priority, projectId } = input;
  return {
    title: lineOfText('title', input.title, LONGEST.title),
    description: description?.trim() ? textOfLines('description', description, LONGEST.description) : null,
    priority: priority?.trim() ? priorityNamed(priority.trim().toLowerCase()) : UNLESS_GIVEN,
    projectId: (projectId ?? null) as ProjectId | null,
  };
}

function priorityNamed(name: string): Priority {
  const priority = PRIORITIES.find((one) => one === name);
  if (!priority) throw requestErrors.unknownPriority();
  return priority;
}

/** As it would be of a task that staff have made. */
function entryOf({ id, companyId: clientId, title, priority, projectId, status }: ClientRequest): HistoryEntry {
  const made = { clientId, title, projectId, statusValue: status, priorityValue: priority };
  const fields = Object.entries(made).filter(([, value]) => value !== null);
  const details = Object.fromEntries(fields.map(([name, to]) => [name, { from: null, to }]));
  return { action: 'task.created', subject: { type: 'task', id }, clientId, details };
}

function notificationsOf(request: ClientRequest, { managerId, projectName }: RequestPlace): NewNotification[] {
  const { id, companyId: clientId, contactId, title } = request;
  if (managerId === null) return [];
  const names = { title, ...(projectName !== null && { project: projectName }) };
  const by = contactId === null ? null : { contactId };
  const to = { userIds: [managerId] };
  return [{ type: 'request_received', clientId, resource: { type: 'task', id }, names, by, to }];
}
