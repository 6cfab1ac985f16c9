import {
  boolean,
  day,
  instant,
  json,
  longText,
  ofSameClient,
  oneOf,
  position,
  quarter,
  reference,
  slug,
  target,
  text,
  texts,
  url,
} from '../declaration/field.js';
import { defineResource } from '../declaration/resource.js';
import { becomes } from '../declaration/telling.js';
import { clientName, countOf, userName } from './derived.js';

const DOCUMENT = { type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Welcome' }] }] };

const PAGES = defineResource({
  name: 'pages',
  singular: 'page',
  description: 'A page that is written for a client or a project; the client sees it when it is published.',
  client: 'own',
  isAuthored: true,
  fields: {
    title: text(200, { required: true, example: 'Welcome' }),
    icon: text(60, { example: 'sparkles' }),
    parentId: ofSameClient('pages', { description: 'The page under which it stands' }),
    position: position(),
    entityType: oneOf(['company', 'project'], { default: 'company', description: 'Whether it is about a project' }),
    entityId: target(
      'entityType',
      { company: 'clients', project: 'projects' },
      { filled: true, description: 'The id of the client, or of the project' },
    ),
    content: longText({ example: 'Welcome to our work together.' }, 200_000),
    contentRich: json({ example: DOCUMENT, description: 'The same as the editor keeps it' }),
    coverImage: url({ example: 'https://images.example.test/cover.jpg' }),
    isArchived: boolean({ default: false }),
    fullWidth: boolean({ default: false }),
    smallText: boolean({ default: false }),
    lockPage: boolean({ default: false }),
    toc: boolean({ default: false, description: 'Whether it has a table of contents' }),
    textStyle: slug({ example: 'serif' }),
    isPublished: boolean({ default: false, example: true }),
    publishedAt: instant({ example: '2026-02-01T09:00:00Z', description: 'Kept by itself when it is published' }),
  },
  derived: {
    clientName: clientName(),
    childrenCount: countOf('pages', 'parent_id', 'How many pages stand under it'),
    createdByName: userName('created_by', 'the user who wrote it'),
    updatedByName: userName('updated_by', 'the user who changed it last'),
  },
  sorts: ['title', 'position'],
});

const NOTES = defineResource({
  name: 'notes',
  singular: 'note',
  description: 'What somebody noted on a project, deal, budget or invoice.',
  client: 'own',
  fields: {
    resourceType: oneOf(['project', 'deal', 'budget', 'invoice'], { required: true }),
    resourceId: target(
      'resourceType',
      { project: 'projects', deal: 'deals', budget: 'budgets', invoice: 'invoices' },
      { required: true },
    ),
    content: longText({ required: true, example: 'They ask for a call on Monday.' }),
    parentId: ofSameClient('notes', { description: 'The note on the same resource to which it is an answer' }),
    isClientVisible: boolean({ default: false, description: 'Whether the client sees it' }),
    authorId: reference('users', { default: { from: 'actor' }, description: 'The user who wrote it' }),
    authorName: text(160, {
      shown: `coalesce(t.author_name, (select u.name from users u where u.id = t.author_id),
        (select concat_ws(' ', c.first_name, c.last_name) from contacts c where c.id = t.portal_user_id))`,
      description: 'The name of whoever wrote it; without it, that of the user or contact',
      example: 'Ann Smith',
    }),
  },
  derived: {
    authorType: {
      kind: 'text',
      sql: `(case when t.portal_user_id is null then 'user' else 'portal_user' end)`,
      description: '`user`, or `portal_user` when the client wrote it',
      example: 'user',
    },
    portalUserId: {
      kind: 'id',
      sql: 't.portal_user_id',
      description: 'The contact who wrote it in the portal',
      nullable: true,
      example: null,
    },
  },
  filters: ['resourceType'],
  tells: {
    type: 'note_added',
    when: becomes('is_client_visible', true),
    to: 'client',
    lookUp: {
      isSeen: `t.portal_user_id is null and not exists (
        select from budgets b where b.id = t.budget_id and b.status = 'draft'
        union all select from invoices i where i.id = t.invoice_id and i.status = 'draft')`,
      names: {
        title: `coalesce((select p.name from projects p where p.id = t.project_id),
          (select d.name from deals d where d.id = t.deal_id), (select b.name from budgets b where b.id = t.budget_id),
          (select i.invoice_number from invoices i where i.id = t.invoice_id))`,
      },
    },
  },
});

const ANNOUNCEMENTS = defineResource({
  name: 'announcements',
  singular: 'announcement',
  description: 'What the firm has to say; clients see the category `company`.',
  client: 'none',
  fields: {
    title: text(200, { required: true, example: 'Closed at Easter' }),
    content: longText({ required: true, example: 'We are back on Tuesday.' }),
    category: oneOf(['process', 'team', 'client', 'company'], { default: 'company' }),
    attachmentUrl: url({ example: 'https://files.example.test/easter.pdf' }),
    attachmentName: text(255, { example: 'easter.pdf' }),
    authorId: reference('users', { default: { from: 'actor' }, description: 'The user who wrote it' }),
  },
  derived: { authorName: userName('author_id', 'the author') },
  filters: ['category'],
  tells: {
    type: 'announcement',
    when: becomes('category', 'company'),
    to: 'firm',
    names: (row) => ({ title: row['title'], text: row['content'] }),
  },
});

const QBRS = defineResource({
  name: 'qbrs',
  singular: 'QBR',
  description: 'A quarterly business review; the client sees it when it was presented.',
  client: 'own',
  fields: {
    title: text(200, { required: true, example: 'Review of the first quarter' }),
    quarter: quarter(),
    qbrDate: day({ example: '2026-04-14' }),
    status: oneOf(['draft', 'scheduled', 'presented'], { default: 'draft' }),
    attendees: texts({ example: ['Adam Smith', 'Ann Smith'] }),
    summary: longText({ example: 'More sales, fewer returns' }),
    outcomes: longText({ example: 'A new goal for the summer' }),
    portalVisibility: json(
      { example: { results: true, margin: false }, description: 'By the key of a section: whether the client sees it' },
      10_000,
    ),
    presentedAt: instant({ example: '2026-04-14T09:00:00Z' }),
    nextQbrDate: day({ example: '2026-07-14' }),
  },
  derived: { clientName: clientName() },
  children: { sections: 'qbr-sections' },
  sorts: ['qbrDate'],
  filters: ['status'],
});

const QBR_SECTIONS = defineResource({
  name: 'qbr-sections',
  singular: 'QBR section',
  description: 'A part of a quarterly business review.',
  client: 'ofOwner',
  owner: 'qbrId',
  fields: {
    qbrId: ofSameClient('qbrs', { required: true }),
    key: slug({ required: true, example: 'results' }),
    title: text(200, { required: true, example: 'Results' }),
    content: longText({ example: 'Sales grew by a fifth.' }, 100_000),
    isInternal: boolean({ default: false, description: 'Not for the client, unless the review says otherwise' }),
    position: position(),
  },
  unique: [['qbrId', 'key']],
  order: 't.position, t.id',
});

/** Pages, notes, announcements and reviews. */
export const CONTENT_RESOURCES = [PAGES, NOTES, ANNOUNCEMENTS, QBRS, QBR_SECTIONS];
