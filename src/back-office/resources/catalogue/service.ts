import { ONBOARDING_TRIGGERS } from '@portico/domain/onboarding';
import { boolean, instant, longText, oneOf, position, reference, slug, text } from '../declaration/field.js';
import { defineResource } from '../declaration/resource.js';
import { becomes } from '../declaration/telling.js';
import { clientName, countOf, nameOf, userName } from './derived.js';

const TEMPLATES = defineResource({
  name: 'onboarding-templates',
  singular: 'onboarding template',
  description: 'The stages and milestones by which new clients are taken in.',
  client: 'none',
  fields: {
    name: text(200, { required: true, example: 'New client' }),
    description: longText({ example: 'Six weeks' }),
    isDefault: boolean({ default: false }),
    isActive: boolean({ default: true }),
  },
  derived: {
    stageCount: countOf('onboarding_stages', 'template_id', 'How many stages it has'),
    milestoneCount: {
      kind: 'integer',
      sql: `(select count(*) from onboarding_milestones m join onboarding_stages s on s.id = m.stage_id
        where s.template_id = t.id)`,
      description: 'How many milestones its stages have',
      example: 0,
    },
  },
  children: { stages: 'onboarding-stages' },
  sorts: ['name'],
});

const STAGES = defineResource({
  name: 'onboarding-stages',
  singular: 'onboarding stage',
  description: 'A stage of an onboarding template.',
  client: 'none',
  owner: 'templateId',
  fields: {
    templateId: reference('onboarding_templates', { required: true }),
    name: text(200, { required: true, example: 'Kick-off' }),
    description: longText({ example: 'The first week' }),
    stageType: slug({ default: 'general', example: 'kickoff' }),
    position: position(),
  },
  derived: { totalCount: countOf('onboarding_milestones', 'stage_id', 'How many milestones it has') },
  children: { milestones: 'onboarding-milestones' },
  order: 't.position, t.id',
});

const MILESTONES = defineResource({
  name: 'onboarding-milestones',
  singular: 'onboarding milestone',
  description: 'What is reached in a stage.',
  client: 'none',
  owner: 'stageId',
  fields: {
    stageId: reference('onboarding_stages', { required: true }),
    title: text(200, { required: true, example: 'Contract signed' }),
    description: longText({ example: 'By both sides' }),
    autoTrigger: oneOf(ONBOARDING_TRIGGERS, {
      example: 'questionnaire_completed',
      description: 'What completes it by itself, for a client whose template it is; without it somebody says so',
    }),
    position: position(),
  },
  derived: {
    completedCount: {
      kind: 'integer',
      sql: '(select count(*) from onboarding_progress p where p.milestone_id = t.id and p.completed)',
      description: 'How many clients have reached it',
      example: 0,
    },
  },
  order: 't.position, t.id',
});

const PROGRESS = defineResource({
  name: 'onboarding-progress',
  singular: 'onboarding progress',
  description: 'Whether a client has reached a milestone.',
  client: 'own',
  fields: {
    milestoneId: reference('onboarding_milestones', { required: true }),
    completed: boolean({ default: false, example: true }),
    completedAt: instant({ example: '2026-01-12T10:00:00Z', description: 'Kept by itself when it is completed' }),
    completedBy: reference('users', { description: 'The user who says so' }),
    source: oneOf(['manual', 'auto'], { default: 'manual' }),
    notes: longText({ example: 'Signed on paper' }),
  },
  derived: {
    clientName: clientName(),
    milestoneTitle: nameOf('onboarding_milestones', 'milestone_id', 'title', 'Contract signed'),
    completedByName: userName('completed_by', 'the user who says so'),
  },
  unique: [['clientId', 'milestoneId']],
  tells: {
    type: 'milestone_reached',
    when: becomes('completed', true),
    to: 'client',
    lookUp: { names: { title: '(select m.title from onboarding_milestones m where m.id = t.milestone_id)' } },
    about: { type: 'onboarding_milestone', column: 'milestone_id' },
  },
});

const NOTIFICATION_TYPES = defineResource({
  name: 'notification-types',
  singular: 'notification type',
  description:
    'Of what people are told, and how unless they choose otherwise: of a type that is built in, or of one of your own.',
  client: 'none',
  fields: {
    type: slug({ required: true, example: 'invoice_issued', description: 'One that is built in, or a new one' }),
    category: slug({ default: 'general', example: 'finance' }),
    label: text(120, { required: true, example: 'New invoice' }),
    description: longText({ example: 'An invoice was issued' }),
    supportsPortal: boolean({ default: false, description: 'Whether clients are told of it' }),
    defaultInApp: boolean({ default: true }),
    defaultEmail: boolean({ default: false }),
  },
  sorts: ['type'],
  filters: ['category'],
  unique: [['type']],
});

/** Onboarding and notifications. */
export const SERVICE_RESOURCES = [TEMPLATES, STAGES, MILESTONES, PROGRESS, NOTIFICATION_TYPES];
