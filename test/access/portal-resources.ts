import { randomUUID } from 'node:crypto';
import type { Operation } from '../support/openapi-document.js';
import { CREDENTIALS } from '../support/platforms/fake-platforms.js';
import type { Headers } from './issuer.js';
import type { PortalCast } from './portal-callers.js';
import type { PortalSubject } from './portal-expectation.js';

/** What the document does not tell of a resource of the portal. */
export interface PortalResource {
  /** Who sees one: the contact of the cast alone, or everybody who calls for the company. */
  readonly isOf: Exclude<PortalSubject, 'nobody'>;
  /** Makes one that they see, in the state that the operation is about, and answers its id. */
  readonly make: (cast: PortalCast, operation: Operation) => Promise<string>;
  /** What calls could change of it, as the firm sees it. */
  readonly state: (cast: PortalCast, id: string) => Promise<unknown>;
  /** Members of a body that can't be as in the example, for a call with these headers. */
  readonly body?: (cast: PortalCast, id: string, headers: Headers) => Readonly<Record<string, unknown>>;
  /** Whether that body names the subject, so that those who do not see it do not find it. */
  readonly isNamedInBody?: true;
}

type Fields = Readonly<Record<string, unknown>>;

/** A new row of the Back Office, of the company of the cast. */
async function rowOf({ office, company }: PortalCast, resource: string, fields: Fields): Promise<string> {
  return String((await office.create(`/${resource}`, { clientId: Number(company.id), ...fields })).id);
}

const PROJECTS: PortalResource = {
  isOf: 'company',
  make: (cast) => rowOf(cast, 'projects', { name: 'Matrix' }),
  state: ({ office }, id) => office.read(`/projects/${id}`),
};

const makeInvoice = (cast: PortalCast): Promise<string> => rowOf(cast, 'invoices', { status: 'submitted' });

async function makeNote(cast: PortalCast): Promise<string> {
  const on = { resourceType: 'invoice', resourceId: await makeInvoice(cast) };
  return rowOf(cast, 'notes', { ...on, content: 'Matrix', isClientVisible: true });
}

let accounts = 0;
/** An account of a platform that nothing else is connected to. */
const newAccount = () => {
  const credentials = { ...CREDENTIALS.tiktok_ads, advertiser_id: String(++accounts) };
  return { platform: 'tiktok_ads', credentials };
};

/** The connections of the company, and whether that one was ever to be synced. */
const CONNECTIONS = `select id, id::text = $2 and (sync_id is not null or sync_starts > 0) as is_synced
  from platform_connections where client_id = $1 and removed_at is null order by id`;

const signers = [{ name: 'Matrix', email: 'matrix@example.test' }];

const NOTIFICATION = `select n.read_at, n.archived_at, p.channel_in_app, p.channel_email
  from notifications n left join notification_preferences p on p.contact_id = n.contact_id and p.type = 'note_added'
  where n.contact_id = $1 and n.id = $2`;
let isToldByMail = false;
/** Each time another one. */
const otherPreference = (): Fields => ({
  ...{ notification_type: 'note_added', channel_in_app: true },
  channel_email: (isToldByMail = !isToldByMail),
});

/** By the path after /api/portal. */
const RESOURCES: Readonly<Record<string, PortalResource>> = {
  files: {
    isOf: 'contact',
    make: ({ world, contact }) => world.published('matrix.txt', [contact]),
    state: async ({ world, portal }, id) => [await world.receipt(id), await portal.ids('?limit=1')],
  },
  dashboard: PROJECTS,
  projects: PROJECTS,
  history: PROJECTS,
  team: PROJECTS,
  announcements: PROJECTS,
  requests: {
    isOf: 'company',
    make: async ({ portal }) => {
      const answer = await portal.call('post', '/requests').send({ title: 'Matrix' });
      return (answer.body as { taskId: string }).taskId;
    },
    state: ({ office, company }) => office.read(`/tasks?filter[clientId]=${company.id}&sort_order=desc&limit=1`),
  },
  budgets: {
    isOf: 'company',
    make: (cast) => rowOf(cast, 'budgets', { name: 'Matrix', status: 'pending_approval' }),
    state: ({ office }, id) => office.read(`/budgets/${id}`),
  },
  invoices: {
    isOf: 'company',
    make: makeInvoice,
    state: ({ office }, id) => office.read(`/invoices/${id}`),
  },
  contracts: {
    isOf: 'company',
    make: (cast) => rowOf(cast, 'contracts', { title: 'Matrix', status: 'pending', signers }),
    state: ({ office }, id) => office.read(`/contracts/${id}`),
  },
  pages: {
    isOf: 'company',
    make: (cast) => rowOf(cast, 'pages', { title: 'Matrix', isPublished: true }),
    state: ({ office }, id) => office.read(`/pages/${id}`),
  },
  connections: {
    isOf: 'company',
    make: async ({ portal }) => {
      const answer = await portal.call('post', '/connections').send(newAccount());
      return (answer.body as { connection: { id: string } }).connection.id;
    },
    state: ({ world, company }, id) => world.sql(CONNECTIONS, [company.id, id]),
    body: newAccount,
  },
  notifications: {
    isOf: 'contact',
    make: async (cast) => {
      await makeInvoice(cast);
      const answer = await cast.portal.get('/notifications?limit=1');
      return (answer.body as { notifications: [{ id: string }] }).notifications[0].id;
    },
    state: ({ world, contact }, id) => world.sql(NOTIFICATION, [contact, id]),
    body: () => ({ preferences: [otherPreference()] }),
  },
  results: PROJECTS,
  qbrs: PROJECTS,
  onboarding: PROJECTS,
  questionnaire: {
    isOf: 'company',
    make: () => Promise.resolve(randomUUID()),
    state: async ({ portal }) => (await portal.get('/questionnaire')).body as unknown,
    body: (_cast, id) => ({ celebration_vision: id }),
  },
  notes: {
    isOf: 'company',
    make: (cast, { method }) => (method === 'POST' ? makeInvoice(cast) : makeNote(cast)),
    state: ({ office }) => office.read('/notes?limit=1000'),
    body: ({ contact }, resourceId, headers) => ({
      ...{ resourceType: 'invoice', resourceId },
      portalUserId: headers['X-Portal-User-Id'] ?? contact,
    }),
    isNamedInBody: true,
  },
};

/** @throws Error that says what to add for a resource that the matrix does not know */
export function portalResourceOf({ name, path }: Operation): PortalResource {
  const resource = RESOURCES[path.split('/')[3] ?? ''];
  if (!resource) throw new Error(`${name}: add to RESOURCES in ${import.meta.filename} how its resource is made`);
  return resource;
}

/** Who sees what an operation is about. */
export function subjectOf({ path, declared }: Operation, { isOf, isNamedInBody }: PortalResource): PortalSubject {
  return path.includes('{') || (isNamedInBody && declared.requestBody) ? isOf : 'nobody';
}
