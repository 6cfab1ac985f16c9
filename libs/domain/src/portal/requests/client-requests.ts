import type { ClientId, ContactId, FirmId, ProjectId, TaskId, UserId } from '../../kernel/index.js';
import type { Deadlines, Priority, ServiceLevel } from './service-level.js';

/** Where a request arrives. */
export interface RequestPlace {
  /** Null for a request that is of no project. */
  readonly projectName: string | null;
  /** Who looks after the project, else after the company; null: nobody. */
  readonly managerId: UserId | null;
  /** By the policy of the project, or without one that of the company; null when it says nothing of the priority. */
  readonly level: ServiceLevel | null;
}

/** A task that a client asks for. */
export interface ClientRequest {
  readonly id: TaskId;
  readonly firmId: FirmId;
  readonly companyId: ClientId;
  readonly contactId: ContactId | null;
  readonly projectId: ProjectId | null;
  readonly title: string;
  readonly description: string | null;
  readonly priority: Priority;
  /** Where it stands at first; for programs. */
  readonly status: string;
  readonly createdAt: Date;
}

/** What a company asks for, kept as tasks; used inside a unit of work. */
export abstract class ClientRequests {
  /** With one statement; until the unit of work ends all of it stays. Null: `projectId` is no project of the company. */
  abstract place(
    firmId: FirmId,
    companyId: ClientId,
    request: Pick<ClientRequest, 'projectId' | 'priority'>,
  ): Promise<RequestPlace | null>;

  /** Adds the task and what was promised of it, with one statement. */
  abstract add(request: ClientRequest, promise: (ServiceLevel & Deadlines) | null): Promise<void>;
}
