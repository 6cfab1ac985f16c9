import type { RequestItem } from '@portico/domain/portal';
import { instant, instantOrNull } from '../../platform/http/json-api.js';
import type { RequestDocument, RequestDto, RequestList } from './request.dto.js';

/** Requests as the Portal API shows them. */
export class RequestPresenter {
  document(request: RequestItem): RequestDocument {
    return { request: requestDto(request) };
  }

  list(requests: readonly RequestItem[]): RequestList {
    return { requests: requests.map(requestDto) };
  }
}

function requestDto(request: RequestItem): RequestDto {
  return {
    id: request.id,
    title: request.title,
    description: request.description,
    status_value: request.status,
    status_label: request.statusLabel,
    status_color: request.statusColor,
    priority_value: request.priority,
    priority_label: request.priorityLabel,
    project_id: request.projectId,
    project_name: request.projectName,
    created_by_name: request.createdByName,
    created_at: instant(request.createdAt),
    updated_at: instant(request.updatedAt),
    response_deadline: instantOrNull(request.responseDeadline),
    resolution_deadline: instantOrNull(request.resolutionDeadline),
    responded_at: instantOrNull(request.respondedAt),
    resolved_at: instantOrNull(request.resolvedAt),
  };
}
