import {
  color,
  day,
  decimal,
  boolean,
  instant,
  integer,
  longText,
  ofSameClient,
  oneOf,
  position,
  reference,
  slug,
  text,
} from '../declaration/field.js';
import { defineResource } from '../declaration/resource.js';
import { becomes, type Columns, type Telling } from '../declaration/telling.js';
import { clientName, countOf, nameOf, serviceTime, userName } from './derived.js';

const PROJECTS = defineResource({
  name: 'projects',
  singular: 'project',
  description: 'Work that is done for a client.',
  client: 'own',
  fields: {
    name: text(200, { required: true, example: 'Relaunch of the web shop' }),
    description: longText({ example: 'New design, new payment' }),
    status: oneOf(['planned', 'active', 'on_hold', 'completed', 'cancelled', 'archived'], { default: 'active' }),
    typeValue: slug({ example: 'web', description: 'The kind of project, for programs' }),
    typeLabel: text(80, { example: 'Web', description: 'The kind of project, for people' }),
    ownerId: reference('users', { description: 'The user who answers for it' }),
    deliveryManagerId: reference('users', { description: 'The user who sees to it that it is delivered' }),
    squad: text(80, { example: 'Blue' }),
    startDate: day({ example: '2026-01-05' }),
    endDate: day({ example: '2026-06-30' }),
    slaPolicyId: reference('sla_policies', { description: 'A policy of the client, or of everybody' }),
  },
  derived: {
    clientName: clientName(),
    ownerName: userName('owner_id', 'the owner'),
    deliveryManagerName: userName('delivery_manager_id', 'the delivery manager'),
    slaPolicyName: nameOf('sla_policies', 'sla_policy_id', 'name', 'Standard'),
    memberCount: countOf('project_members', 'project_id', 'How many members it has'),
    taskCount: countOf('tasks', 'project_id', 'How many tasks it has'),
  },
  children: { members: 'project-members', goals: 'project-goals' },
  sorts: ['name', 'status', 'startDate', 'endDate'],
  filters: ['status'],
  reaches: { trigger: 'project_created', when: (before) => before === null },
});

const PROJECT_MEMBERS = defineResource({
  name: 'project-members',
  singular: 'project member',
  description: 'Who works in a project.',
  client: 'ofOwner',
  owner: 'projectId',
  fields: {
    projectId: ofSameClient('projects', { required: true }),
    userId: reference('users', { required: true }),
    role: text(60, { default: 'member', example: 'designer' }),
  },
  derived: { name: userName('user_id', 'the member') },
  unique: [['projectId', 'userId']],
});

const PROJECT_GOALS = defineResource({
  name: 'project-goals',
  singular: 'project goal',
  description: 'What a project is to achieve.',
  client: 'ofOwner',
  owner: 'projectId',
  fields: {
    projectId: ofSameClient('projects', { required: true }),
    title: text(200, { required: true, example: 'A third fewer abandoned carts' }),
    description: longText({ example: 'Compared with the second quarter' }),
    targetDate: day({ example: '2026-06-30' }),
    status: oneOf(['not_started', 'in_progress', 'achieved', 'missed'], { default: 'not_started' }),
    position: position(),
  },
  filters: ['status'],
  order: 't.position, t.id',
});

const PROJECT_DECISIONS = defineResource({
  name: 'project-decisions',
  singular: 'project decision',
  description: 'What was decided in a project, or is to be.',
  client: 'ofOwner',
  owner: 'projectId',
  fields: {
    projectId: ofSameClient('projects', { required: true }),
    title: text(200, { required: true, example: 'Payment by invoice' }),
    context: longText({ example: 'Asked for by most business customers' }),
    status: oneOf(['agreed', 'pending'], { default: 'pending' }),
    decidedBy: reference('users', { description: 'The user who decided' }),
    decidedByName: text(160, {
      shown: 'coalesce(t.decided_by_name, (select u.name from users u where u.id = t.decided_by))',
      description: 'The name of whoever decided; without it, that of the user',
      example: 'Adam Smith',
    }),
    decidedAt: instant({ example: '2026-03-01T10:00:00Z' }),
  },
  sorts: ['decidedAt'],
  filters: ['status'],
});

const PROJECT_SUMMARIES = defineResource({
  name: 'project-summaries',
  singular: 'project summary',
  description: 'What is to be said of a project in short; the newest is shown.',
  client: 'ofOwner',
  owner: 'projectId',
  fields: {
    projectId: ofSameClient('projects', { required: true }),
    summary: longText({ required: true, example: 'On time; the payment provider is chosen.' }),
    model: text(120, { example: 'written by hand' }),
    generatedAt: instant({ default: { from: 'now' }, example: '2026-03-02T08:00:00Z' }),
  },
  sorts: ['generatedAt'],
});

/** Whoever asked for it in the portal is told where it stands. */
const isMoved: Telling['when'] = (before, after) =>
  before !== null && before['status_value'] !== after['status_value'] && isRequest(after);
const isRequest = (row: Columns) => row['source'] === 'portal_request' && row['is_private'] === false;

const TASKS = defineResource({
  name: 'tasks',
  singular: 'task',
  description:
    'What is to be done for a client. Tasks with the status `completed`, `done`, `closed` or `resolved` count as completed.',
  client: 'own',
  fields: {
    title: text(300, { required: true, example: 'Draw the new basket' }),
    description: longText({ example: 'For phones first' }),
    projectId: ofSameClient('projects'),
    statusValue: slug({ default: 'todo', example: 'in_progress', description: 'Where it stands, for programs' }),
    statusLabel: text(80, { example: 'In progress' }),
    statusColor: color(),
    priorityValue: oneOf(['low', 'medium', 'high', 'urgent'], { example: 'high' }),
    priorityLabel: text(80, { example: 'High' }),
    priorityColor: color(),
    typeValue: slug({ example: 'design' }),
    typeLabel: text(80, { example: 'Design' }),
    assigneeId: reference('users', { description: 'The user who does it' }),
    reporterId: reference('users', { description: 'The user who asked for it' }),
    parentTaskId: ofSameClient('tasks', { description: 'The task of which it is a part' }),
    roadmapItemId: ofSameClient('roadmap_items'),
    startDate: day({ example: '2026-02-02' }),
    dueDate: day({ example: '2026-02-13' }),
    estimatedHours: decimal(2, { example: 12.5 }),
    internalHours: decimal(2, { example: 3.25, description: 'Never shown to the client' }),
    isPrivate: boolean({ default: false, description: 'Whether the client never sees it' }),
    sortOrder: integer({ example: 1 }),
  },
  derived: {
    clientName: clientName(),
    projectName: nameOf('projects', 'project_id', 'name', 'Relaunch of the web shop'),
    assigneeName: userName('assignee_id', 'the assignee'),
    source: {
      kind: 'text',
      sql: 't.source',
      description: '`portal_request` when the client asked for it in the portal, else `staff`',
      example: 'staff',
    },
    createdByPortalUserId: {
      kind: 'id',
      sql: 't.created_by_portal_user_id',
      description: 'The contact who asked for it in the portal',
      nullable: true,
      example: null,
    },
    createdByPortalUserName: {
      kind: 'text',
      sql: `(select concat_ws(' ', c.first_name, c.last_name) from contacts c where c.id = t.created_by_portal_user_id)`,
      description: 'The name of the contact who asked for it in the portal',
      nullable: true,
      example: null,
    },
    responseDeadline: serviceTime('response_deadline', 'Until when the client was promised that somebody begins'),
    resolutionDeadline: serviceTime('resolution_deadline', 'Until when the client was promised that it is done'),
    respondedAt: serviceTime('responded_at', 'When its status first changed'),
    resolvedAt: serviceTime('resolved_at', 'When it was completed or cancelled'),
  },
  sorts: ['title', 'dueDate', 'statusValue', 'sortOrder'],
  filters: ['statusValue', 'priorityValue'],
  tells: {
    type: 'request_changed',
    when: isMoved,
    to: { column: 'created_by_portal_user_id' },
    names: (row) => ({ title: row['title'], status: row['status_label'] ?? row['status_value'] }),
  },
});

const ROADMAPS = defineResource({
  name: 'roadmaps',
  singular: 'roadmap',
  description: 'What comes when.',
  client: 'own',
  fields: {
    name: text(200, { required: true, example: '2026' }),
    description: longText({ example: 'From spring to winter' }),
    projectId: ofSameClient('projects'),
    startDate: day({ example: '2026-01-01' }),
    endDate: day({ example: '2026-12-31' }),
  },
  derived: {
    clientName: clientName(),
    projectName: nameOf('projects', 'project_id', 'name', 'Relaunch of the web shop'),
    itemCount: countOf('roadmap_items', 'roadmap_id', 'How many items it has'),
  },
  children: { items: 'roadmap-items' },
  sorts: ['name', 'startDate', 'endDate'],
});

const ROADMAP_ITEMS = defineResource({
  name: 'roadmap-items',
  singular: 'roadmap item',
  description: 'A stretch or milestone of a roadmap; the milestones of the dashboard are those that end.',
  client: 'ofOwner',
  owner: 'roadmapId',
  fields: {
    roadmapId: ofSameClient('roadmaps', { required: true }),
    title: text(200, { required: true, example: 'Start of the shop' }),
    description: longText({ example: 'All countries' }),
    goalId: ofSameClient('project_goals', { description: 'The goal of a project that it serves' }),
    status: oneOf(['planned', 'in_progress', 'completed'], { default: 'planned' }),
    startDate: day({ example: '2026-04-01' }),
    endDate: day({ example: '2026-04-30' }),
    position: position(),
    color: color(),
  },
  derived: { goalTitle: nameOf('project_goals', 'goal_id', 'title', 'A third fewer abandoned carts') },
  sorts: ['endDate'],
  filters: ['status'],
  tells: {
    type: 'milestone_reached',
    when: becomes('status', 'completed'),
    to: 'client',
    names: (row) => ({ title: row['title'] }),
  },
  order: 't.position, t.id',
});

/** Projects and what belongs to them; tasks; roadmaps. */
export const PROJECT_RESOURCES = [
  ...[PROJECTS, PROJECT_MEMBERS, PROJECT_GOALS, PROJECT_DECISIONS, PROJECT_SUMMARIES],
  ...[TASKS, ROADMAPS, ROADMAP_ITEMS],
];
