/** Of the Back Office: a part of a list, in an order; which fields filter it is for each resource to say. */
const PART = ['limit', 'offset', 'sort_by', 'sort_order'];
const FILTER = /^filter\[\w+\]$/;
const FILES = ['createdAfter', 'createdBefore', 'entityId', 'groupId', 'includedObjects', 'parentFolderId'];
const PAGE = ['page[limit]', 'page[after]', 'page[cursor]'];
const FILTERS: Readonly<Record<string, readonly string[]>> = {
  '/v1/files': FILES.map((name) => `filter[files][${name}]`),
  '/v1/entities': ['external_id', 'model_types'].map((name) => `filter[entities][${name}]`),
  '/v1/contacts': ['portal_access', 'login_email', 'external_user_id', 'entityId', 'groupId'].map(
    (name) => `filter[contacts][${name}]`,
  ),
  '/api/portal/files': ['limit', 'after', 'unread'],
  '/api/portal/projects': ['status', 'limit', 'offset'],
  '/api/portal/projects/{id}/tasks': ['limit', 'offset'],
  '/api/portal/projects/{id}/decisions': ['limit', 'offset'],
  '/api/portal/budgets': ['limit', 'offset'],
  '/api/portal/invoices': ['limit', 'offset'],
  '/api/portal/contracts': ['limit', 'offset'],
  '/api/portal/pages': ['limit', 'offset'],
  '/api/portal/requests': ['limit', 'offset'],
  '/api/portal/notifications': ['filter', 'limit', 'offset'],
  '/api/portal/qbrs': ['limit', 'offset'],
  '/api/portal/results': ['period_type', 'period_end'],
  '/api/portal/results/campaigns': [
    ...['period_type', 'period_end', 'platform', 'sort_by', 'sort_dir', 'limit', 'offset'],
  ],
};

/** Which query parameters an operation must document: those of a page when it answers one, and those of its filters. */
export function expectedQuery(
  method: string,
  path: string,
  { isList, names }: { isList: boolean; names: readonly string[] },
): readonly string[] {
  if (path.startsWith('/api/v2/')) return isList ? [...PART, ...names.filter((name) => FILTER.test(name))] : [];
  const collection = path.replace('/v1/archive', '/v1');
  const isOneFile = collection === '/v1/files/{id}'; // its filters are a condition
  const filters = method === 'GET' ? (FILTERS[isOneFile ? '/v1/files' : collection] ?? []) : [];
  return [...filters, ...(isList ? PAGE : [])];
}
