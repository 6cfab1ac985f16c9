/** What a reference can lead to: its table, the column of the other system's name for it, and where its client stands. */
export interface Target {
  readonly external: string;
  /** The column of its client; null when it has none. */
  readonly client: string | null;
  /** Whether it may have no client, and then is everybody's. */
  readonly shared?: boolean;
  /** Its ids are 64-bit integers, and numbers in JSON; else they are UUIDs. */
  readonly isNumbered: boolean;
  /** What a fault calls it. */
  readonly word: string;
}

const numbered = (external: string, client: string | null, word: string): Target => ({
  external,
  client,
  isNumbered: true,
  word,
});
const row = (word: string, client: string | null = 'client_id', shared = false): Target => ({
  external: 'external_id',
  client,
  shared,
  isNumbered: false,
  word,
});

/** Every table that a reference leads to. */
export const TARGETS = {
  clients: numbered('external_id', 'id', 'client'),
  contacts: numbered('external_user_id', 'client_id', 'contact'),
  users: numbered('external_user_id', null, 'user'),
  projects: row('project'),
  project_goals: row('project goal'),
  tasks: row('task'),
  roadmaps: row('roadmap'),
  roadmap_items: row('roadmap item'),
  deals: row('deal'),
  budgets: row('budget'),
  budget_line_items: row('budget line item'),
  invoices: row('invoice'),
  contracts: row('contract'),
  pages: row('page'),
  notes: row('note'),
  qbrs: row('QBR'),
  onboarding_templates: row('onboarding template', null),
  onboarding_stages: row('onboarding stage', null),
  onboarding_milestones: row('onboarding milestone', null),
  sla_policies: row('SLA policy', 'client_id', true),
} as const satisfies Readonly<Record<string, Target>>;

export type ReferenceTarget = keyof typeof TARGETS;
