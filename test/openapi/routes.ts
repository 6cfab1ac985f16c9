/** Every route of /v1 that must be documented, by resource; `-` stands for the resource itself, `id` for one of it. */
const ROUTES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  files: {
    '-': 'GET POST',
    id: 'GET PATCH DELETE',
    'id/download': 'GET',
    'id/associated_entities': 'GET',
    'id/associated_groups': 'GET',
    'id/relationships/associated_entities': 'GET POST PATCH DELETE',
    'id/relationships/associated_groups': 'GET POST PATCH DELETE',
  },
  'archive/files': {
    '-': 'GET',
    id: 'GET',
    'id/download': 'GET',
    'id/restore': 'POST',
    'id/associated_entities': 'GET',
    'id/associated_groups': 'GET',
    'id/relationships/associated_entities': 'GET',
    'id/relationships/associated_groups': 'GET',
  },
  entities: { '-': 'GET POST', id: 'GET PATCH DELETE' },
  groups: {
    '-': 'GET POST',
    id: 'GET PATCH DELETE',
    'id/members': 'GET',
    'id/relationships/members': 'GET POST PATCH DELETE',
  },
  contacts: {
    '-': 'GET POST',
    id: 'GET PATCH DELETE',
    'id/invite': 'POST',
    'id/revoke': 'PATCH',
    'id/restore': 'PATCH',
    'id/entity_affiliations': 'GET',
    'id/group_affiliations': 'GET',
    'id/relationships/entity_affiliations': 'GET POST PATCH DELETE',
    'id/relationships/group_affiliations': 'GET POST PATCH DELETE',
  },
  users: { '-': 'GET POST', me: 'GET', id: 'GET PATCH' },
  api_version: { '-': 'GET' },
};

/** Those routes as `METHOD /path`. */
export const EXPECTED_ROUTES: readonly string[] = Object.entries(ROUTES).flatMap(([resource, paths]) =>
  Object.entries(paths).flatMap(([path, methods]) => {
    const end = path === '-' ? '' : `/${path.replace(/^id\b/, '{id}')}`;
    return methods.split(' ').map((method) => `${method} /v1/${resource}${end}`);
  }),
);

const FILES = ['createdAfter', 'createdBefore', 'entityId', 'groupId', 'includedObjects', 'parentFolderId'];
const PAGE = ['page[limit]', 'page[after]', 'page[cursor]'];
const FILTERS: Readonly<Record<string, readonly string[]>> = {
  '/v1/files': FILES.map((name) => `filter[files][${name}]`),
  '/v1/entities': ['external_id', 'model_types'].map((name) => `filter[entities][${name}]`),
  '/v1/contacts': ['portal_access', 'login_email', 'external_user_id', 'entityId', 'groupId'].map(
    (name) => `filter[contacts][${name}]`,
  ),
};

/** Which query parameters a `GET` must document: those of a page when it answers one, and those of its filters. */
export function expectedQuery(path: string, { isList }: { isList: boolean }): readonly string[] {
  const collection = path.replace('/v1/archive', '/v1');
  const isOneFile = collection === '/v1/files/{id}'; // its filters are a condition
  const filters = FILTERS[isOneFile ? '/v1/files' : collection] ?? [];
  return [...filters, ...(isList ? PAGE : [])];
}
