import type { ContactId, FileId } from '@portico/domain/kernel';
import type { Decision, FilePlan, ResultItem, ResultPage } from '@portico/domain/publishing';
import { nextLink, type PageQuery } from '../platform/http/json-api.js';
import type {
  PublishDecision,
  PublishError,
  PublishResultDocument,
  PublishResultResource,
  PublishResultsDocument,
  UnpublishResultsDocument,
} from './publish.dto.js';

/** The results of calls as JSON:API resources (seed 000, "Resource overview"). */
export class PublishPresenter {
  /** `query` holds the parameters of the page, which its links repeat. */
  results(callId: string, page: ResultPage, query: PageQuery): PublishResultsDocument {
    const path = `/v1/portal/publish_files/${callId}`;
    const links = { prev: previousLink(path, page, query), next: nextLink(path, { ...query }, page.next) };
    return { data: page.items.map(resource), included: [], links };
  }

  result(item: ResultItem): PublishResultDocument {
    return { data: resource(item) };
  }

  /** What a call would do. */
  preview(plans: readonly FilePlan[]): PublishResultsDocument {
    return { data: plans.map(previewed), included: [], links: { prev: null, next: null } };
  }

  withdrawn(contactsOf: ReadonlyMap<FileId, readonly ContactId[]>): UnpublishResultsDocument {
    const data = [...contactsOf].map(([id, contacts]) => ({
      id,
      type: 'unpublish_files_result' as const,
      attributes: { file_id: Number(id), contact_ids: contacts.map(Number) },
    }));
    return { data };
  }
}

function resource(item: ResultItem): PublishResultResource {
  const { id, publishFailed, notificationFailed } = item;
  const error = [...failure('Publish', publishFailed), ...failure('Notification', notificationFailed)];
  return {
    id,
    type: 'publish_files_result',
    attributes: {
      file_id: Number(id),
      notify_status: notificationFailed.length === 0 ? 'success' : 'fail',
      publish_status: publishFailed.length === 0 ? 'success' : 'fail',
      ...(error.length > 0 && { error }),
    },
    links: { self: `/v1/publish_files_result/${id}` },
  };
}

function failure(what: 'Publish' | 'Notification', contacts: readonly ContactId[]): PublishError[] {
  if (contacts.length === 0) return [];
  return [
    {
      code: what === 'Publish' ? 'publish_failed' : 'notification_failed',
      title: `${what} failed for some contacts.`,
      detail: `${what} failed for contacts [${contacts.join(',')}].`,
    },
  ];
}

function previewed({ file, decisions }: FilePlan): PublishResultResource {
  const publishFailed = decisions.filter(({ outcome }) => outcome === 'failed').map(({ contactId }) => contactId);
  const { attributes, ...others } = resource({ id: file.id, publishFailed, notificationFailed: [] });
  return { ...others, attributes: { ...attributes, contacts: decisions.map(decided) } };
}

const OUTCOMES = {
  published: 'publish',
  already_published: 'already_published',
  failed: 'fail',
  skipped: 'skip',
} as const;

function decided({ contactId, outcome, rule, because, telling }: Decision): PublishDecision {
  return {
    contact_id: Number(contactId),
    outcome: OUTCOMES[outcome],
    rule: rule.kind,
    rule_id: 'id' in rule ? Number(rule.id) : null,
    because,
    notify: telling === 'told',
    notify_because: telling,
  };
}

function previousLink(path: string, { previous }: ResultPage, query: PageQuery): string | null {
  if (previous !== 'first') return nextLink(path, { ...query }, previous);
  const limit = query['page[limit]'];
  return limit === undefined ? path : `${path}?page[limit]=${encodeURIComponent(limit)}`;
}
