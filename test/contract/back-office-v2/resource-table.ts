/** What the suite knows of a resource beside what the OpenAPI document says of it. */
export interface ResourceFacts {
  /** Whose rows they are. */
  readonly client: 'own' | 'optional' | 'owner' | 'none';
  /** The field that leads to the row of which these are parts. */
  readonly owner?: string;
  /** To which resource each reference leads. */
  readonly references?: Readonly<Record<string, string>>;
  /** References that only rows of the same client can stand in. */
  readonly sameClient?: readonly string[];
  /** References for which each new row needs another one. */
  readonly fresh?: readonly string[];
  /** Fields that set rows apart: a new value for each row. */
  readonly apart?: string;
  /** What has to be said with a field for it to be taken. */
  readonly together?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Fields that can not be changed alone, or only to few values. */
  readonly notAlone?: readonly string[];
}

const owned = (field: string, of: string, facts: Partial<ResourceFacts> = {}): ResourceFacts => ({
  client: 'owner',
  ...facts,
  owner: field,
  references: { [field]: of, ...facts.references },
  sameClient: facts.sameClient ?? [],
});

const TARGET = { notAlone: ['resourceType', 'resourceId'] };

export const TABLE: Readonly<Record<string, ResourceFacts>> = {
  projects: {
    client: 'own',
    references: { ownerId: 'users', deliveryManagerId: 'users', slaPolicyId: 'sla-policies' },
  },
  'project-members': owned('projectId', 'projects', { references: { userId: 'users' }, fresh: ['projectId'] }),
  'project-goals': owned('projectId', 'projects'),
  'project-decisions': owned('projectId', 'projects', { references: { decidedBy: 'users' } }),
  'project-summaries': owned('projectId', 'projects'),
  tasks: {
    client: 'own',
    references: {
      ...{ projectId: 'projects', parentTaskId: 'tasks', roadmapItemId: 'roadmap-items' },
      ...{ assigneeId: 'users', reporterId: 'users' },
    },
    sameClient: ['projectId', 'parentTaskId', 'roadmapItemId'],
  },
  roadmaps: { client: 'own', references: { projectId: 'projects' }, sameClient: ['projectId'] },
  'roadmap-items': owned('roadmapId', 'roadmaps', {
    references: { goalId: 'project-goals' },
    sameClient: ['goalId'],
  }),
  deals: { client: 'own', references: { ownerId: 'users' } },
  budgets: { client: 'own', references: { ownerId: 'users' }, ...TARGET },
  'budget-line-items': owned('budgetId', 'budgets', { references: { taskId: 'tasks' }, sameClient: ['taskId'] }),
  invoices: {
    client: 'own',
    references: { budgetId: 'budgets', contactId: 'contacts' },
    sameClient: ['budgetId', 'contactId'],
  },
  'invoice-line-items': owned('invoiceId', 'invoices', {
    references: { budgetLineItemId: 'budget-line-items' },
    sameClient: ['budgetLineItemId'],
  }),
  'invoice-payments': owned('invoiceId', 'invoices'),
  contracts: { client: 'optional' },
  'contract-signers': owned('contractId', 'contracts'),
  pages: {
    client: 'own',
    references: { parentId: 'pages' },
    sameClient: ['parentId'],
    notAlone: ['entityType', 'entityId'],
    together: { publishedAt: { isPublished: true } },
  },
  notes: {
    client: 'own',
    references: { authorId: 'users', resourceId: 'projects' },
    sameClient: ['resourceId'],
    notAlone: [...TARGET.notAlone, 'parentId'],
  },
  announcements: { client: 'none', references: { authorId: 'users' } },
  qbrs: { client: 'own' },
  'qbr-sections': owned('qbrId', 'qbrs', { apart: 'key' }),
  'onboarding-templates': { client: 'none' },
  'onboarding-stages': { client: 'none', owner: 'templateId', references: { templateId: 'onboarding-templates' } },
  'onboarding-milestones': { client: 'none', owner: 'stageId', references: { stageId: 'onboarding-stages' } },
  'onboarding-progress': {
    client: 'own',
    references: { milestoneId: 'onboarding-milestones', completedBy: 'users' },
    fresh: ['milestoneId'],
    notAlone: ['milestoneId'],
    together: { completedAt: { completed: true }, completedBy: { completed: true } },
  },
  'sla-policies': { client: 'optional', notAlone: ['timeZone', 'workingDays', 'workingFrom', 'workingTo'] },
  'sla-rules': owned('policyId', 'sla-policies', { fresh: ['policyId'] }),
  goals: { client: 'own', apart: 'metricKey' },
  'metric-points': { client: 'own', apart: 'metricKey' },
  'campaign-days': { client: 'own', apart: 'campaignId' },
  insights: { client: 'own' },
  'notification-types': { client: 'none', apart: 'type' },
};
