import type { OperationObject } from '../support/openapi-document.js';

/** How the routes of a document answer, and how they say who may call them. */
export interface DocumentFace {
  readonly server: string | null;
  /** The media type of what is answered, and that of refusals. */
  readonly media: string;
  readonly refusals: string;
  /** The media types of bodies in JSON that are read. */
  readonly bodies: readonly string[];
  /** The routes that the document must hold: `METHOD /path`. */
  readonly routes: readonly string[];
  /** The code of a refusal that is answered with `status`; null when it is not in the format of the face. */
  codeOf(refusal: unknown, status: string): string | null;
  /** Whether the operation says who may call it, in the way of the face. */
  saysWhoMayCall(operation: OperationObject): boolean;
}

const V1: Omit<DocumentFace, 'routes'> = {
  server: '/api',
  media: 'application/vnd.api+json',
  refusals: 'application/vnd.api+json',
  bodies: ['application/vnd.api+json', 'application/json'],
  codeOf(refusal, status) {
    const { errors: [error, ...others] = [] } = refusal as { errors?: { status?: string; code?: string }[] };
    return others.length === 0 && error?.status === status ? (error.code ?? null) : null;
  },
  saysWhoMayCall({ security = [], 'x-permissions': permissions }) {
    const schemes = security.map((requirement) => Object.keys(requirement).join());
    return schemes.join(' or ') === 'apiKey,firm or oauth2' && Array.isArray(permissions);
  },
};

const PORTAL: Omit<DocumentFace, 'routes'> = {
  server: null,
  media: 'application/json',
  refusals: 'application/json',
  bodies: ['application/json'],
  codeOf(refusal) {
    const { error, code, ...others } = refusal as { error?: string; code?: string };
    return typeof error === 'string' && Object.keys(others).length === 0 ? (code ?? null) : null;
  },
  saysWhoMayCall({ security, 'x-portal-role': role }) {
    return JSON.stringify(security) === '[{"portalToken":[]},{"oauth2":["PORTAL"]}]' && role !== undefined;
  },
};

const BACK_OFFICE: Omit<DocumentFace, 'routes'> = {
  server: null,
  media: 'application/json',
  refusals: 'application/problem+json',
  bodies: ['application/json'],
  codeOf(refusal, status) {
    const { status: told, code, type, title, detail } = refusal as Readonly<Record<string, unknown>>;
    const isWhole = type === 'about:blank' && typeof title === 'string' && typeof detail === 'string';
    return isWhole && String(told) === status ? String(code) : null;
  },
  saysWhoMayCall({ operationId = '', security, 'x-permissions': permissions = [] }) {
    if (OPEN.includes(operationId)) return security === undefined;
    return JSON.stringify(security) === '[{"session":[]}]' && permissions[0] === 'back_office';
  },
};
/** What gives credentials out. */
const OPEN = ['signIn', 'refreshSession'];

/** By the address of a resource and what follows it (`-` for nothing, `id` for one of it) the methods. */
type Routes = Readonly<Record<string, Readonly<Record<string, string>>>>;

const FILES: Routes = {
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
  uploads: { '-': 'POST', check: 'POST', id: 'GET PATCH DELETE' },
  api_version: { '-': 'GET' },
};
const PUBLISHING: Routes = {
  'portal/publish_files': { '-': 'POST' },
  'portal/unpublish_files': { '-': 'POST' },
  publish_files_result: { id: 'GET' },
  files: { 'id/publications': 'GET', 'id/receipt': 'GET' },
};
const PORTAL_ROUTES: Routes = {
  budgets: { '-': 'GET', id: 'GET', 'id/approve': 'POST' },
  invoices: { '-': 'GET', id: 'GET' },
  contracts: { '-': 'GET' },
  pages: { '-': 'GET', id: 'GET' },
  notes: { '-': 'GET POST', id: 'GET' },
  files: { '-': 'GET POST', id: 'GET', 'id/download': 'GET', 'id/acknowledge': 'POST' },
  requests: { '-': 'GET POST', id: 'GET' },
  notifications: {
    ...{ '-': 'GET', 'unread-count': 'GET', 'read-all': 'POST', preferences: 'GET PUT' },
    ...{ 'id/read': 'POST', 'id/archive': 'POST' },
  },
  results: { '-': 'GET', campaigns: 'GET', ask: 'POST' },
  questionnaire: { '-': 'GET POST' },
  qbrs: { '-': 'GET' },
  onboarding: { '-': 'GET' },
};

const CLIENT_FILE: Routes = {
  files: { '-': 'GET POST', '{fileId}': 'GET PUT PATCH DELETE', '{fileId}/download': 'GET' },
  folders: { '-': 'GET POST', '{folderId}': 'PUT PATCH DELETE' },
  folder: { '{folderId}': 'PUT PATCH DELETE' },
};
const BACK_OFFICE_ROUTES: Routes = {
  signin: { '-': 'POST' },
  refresh: { '-': 'POST' },
  signout: { '-': 'POST' },
  clients: { '-': 'GET POST PUT', id: 'GET PUT PATCH DELETE', 'id/restore': 'POST' },
  contacts: {
    ...{ '-': 'GET POST PUT', id: 'GET PUT PATCH DELETE' },
    ...{ 'id/invite': 'POST', 'id/revoke': 'POST', 'id/restore': 'POST' },
  },
  users: { '-': 'GET POST', id: 'GET PUT PATCH' },
  notifications: { '-': 'GET', 'read-all': 'POST', 'id/read': 'POST', 'id/archive': 'POST' },
  folders: { '-': 'GET POST', id: 'GET PUT PATCH DELETE', 'id/addSubdirectory': 'POST' },
  ...Object.fromEntries(
    [
      ...['projects', 'project-members', 'project-goals', 'project-decisions', 'project-summaries', 'tasks', 'roadmaps'],
      ...['roadmap-items', 'deals', 'budgets', 'budget-line-items', 'invoices', 'invoice-line-items'],
      ...['invoice-payments', 'contracts', 'contract-signers', 'pages', 'notes', 'announcements', 'qbrs', 'qbr-sections'],
      ...['onboarding-templates', 'onboarding-stages', 'onboarding-milestones', 'onboarding-progress'],
      ...['sla-policies', 'sla-rules', 'goals', 'metric-points', 'campaign-days', 'insights', 'notification-types'],
    ].map((name) => [name, { '-': 'GET POST PUT', id: 'GET PUT PATCH DELETE' }]),
  ),
};

function routesBelow(base: string, routes: Routes): string[] {
  return Object.entries(routes).flatMap(([resource, paths]) =>
    Object.entries(paths).flatMap(([path, methods]) => {
      const end = path === '-' ? '' : `/${path.replace(/^id\b/, '{id}')}`;
      return methods.split(' ').map((method) => `${method} ${base}/${resource}${end}`);
    }),
  );
}

const FACES: Readonly<Record<string, DocumentFace>> = {
  'files-v1': { ...V1, routes: routesBelow('/v1', FILES) },
  'publishing-v1': { ...V1, routes: routesBelow('/v1', PUBLISHING) },
  'back-office-v2': {
    ...BACK_OFFICE,
    routes: [
      ...routesBelow('/api/v2', BACK_OFFICE_ROUTES),
      ...routesBelow('/api/v2/clients/{clientId}', CLIENT_FILE),
    ],
  },
  portal: { ...PORTAL, routes: routesBelow('/api/portal', PORTAL_ROUTES) },
};

/** @throws Error for a document that nothing here knows */
export function faceOf(document: string): DocumentFace {
  const face = FACES[document];
  if (!face) throw new Error(`openapi/${document}.json is not checked: say in test/openapi/faces.ts how it answers`);
  return face;
}
