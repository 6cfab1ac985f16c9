import type { ClientId, FirmId, ProjectId } from '@portico/domain/kernel';
import {
  type ClientRequest,
  ClientRequests,
  type Deadlines,
  type RequestPlace,
  type ServiceLevel,
} from '@portico/domain/portal';
import type { Reversible } from './in-memory-unit-of-work.js';

type Promised = (ServiceLevel & Deadlines) | null;

/** The requests of company 500 of firm 1, which has one project beside itself. */
export class InMemoryClientRequests extends ClientRequests implements Reversible {
  static readonly project = '0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b' as ProjectId;
  kept: readonly { readonly request: ClientRequest; readonly promise: Promised }[] = [];

  constructor(private readonly given: RequestPlace) {
    super();
  }

  place(
    firmId: FirmId,
    companyId: ClientId,
    { projectId }: Pick<ClientRequest, 'projectId'>,
  ): Promise<RequestPlace | null> {
    const isTheirs = projectId === null || projectId === InMemoryClientRequests.project;
    return Promise.resolve(firmId === '1' && companyId === '500' && isTheirs ? this.given : null);
  }

  add(request: ClientRequest, promise: Promised): Promise<void> {
    this.kept = [...this.kept, { request, promise }];
    return Promise.resolve();
  }

  snapshot(): () => void {
    const { kept } = this;
    return () => {
      this.kept = kept;
    };
  }
}
