import { decimal, integers, longText, ofSameClient, oneOf, text, timeOfDay, timeZone } from '../declaration/field.js';
import { defineResource, type Flaw } from '../declaration/resource.js';
import { clientName } from './derived.js';

const TOGETHER = 'It is given with workingDays, workingFrom and workingTo, or none of them is';
const CALENDAR = {
  timeZone: 'time_zone',
  workingDays: 'working_days',
  workingFrom: 'working_from',
  workingTo: 'working_to',
} as const;

/** Working time is said as a whole, and ends later than it begins. */
function calendarFlaws(columns: Readonly<Record<string, unknown>>): Readonly<Record<string, Flaw>> {
  const entries = Object.entries(CALENDAR).map(([field, column]) => [field, columns[column] ?? null] as const);
  const missing = entries.filter(([, value]) => value === null).map(([field]) => field);
  if (missing.length === entries.length) return {};
  if (missing.length > 0) return Object.fromEntries(missing.map((field) => [field, MISSING]));
  const minute = (column: string) => String(columns[column]).slice(0, 5); // a row that is there has seconds
  const [from, to] = [minute(CALENDAR.workingFrom), minute(CALENDAR.workingTo)];
  return from < to ? {} : { workingTo: tooEarly(from) };
}

const MISSING: Flaw = {
  message: 'must be given with the rest of the working time, or none of it',
  reason: { kind: 'missing' },
};
const tooEarly = (from: string): Flaw => ({
  message: 'must be later than workingFrom',
  reason: { kind: 'too_small', values: { least: from } },
});

const POLICIES = defineResource({
  name: 'sla-policies',
  singular: 'SLA policy',
  description:
    'How fast requests are answered and solved. Hours count in its working time, or without one around the clock.',
  client: 'optional',
  fields: {
    name: text(200, { required: true, example: 'Standard' }),
    description: longText({ example: 'On working days' }),
    timeZone: timeZone({ description: `In which the hours count. ${TOGETHER}` }),
    workingDays: integers(1, 7, { example: [1, 2, 3, 4, 5], description: 'From 1 for Monday to 7 for Sunday' }),
    workingFrom: timeOfDay({ example: '09:00', description: 'When work begins' }),
    workingTo: timeOfDay({ example: '17:00', description: 'When it ends, later on the same day; 24:00 at most' }),
  },
  check: calendarFlaws,
  derived: { clientName: clientName(true) },
  children: { rules: 'sla-rules' },
  sorts: ['name'],
});

const RULES = defineResource({
  name: 'sla-rules',
  singular: 'SLA rule',
  description: 'How fast requests of a priority are answered and solved.',
  client: 'ofOwner',
  owner: 'policyId',
  fields: {
    policyId: ofSameClient('sla_policies', { required: true }),
    priorityValue: oneOf(['low', 'medium', 'high', 'urgent'], { required: true }),
    responseHours: decimal(2, { required: true, example: 4 }),
    resolutionHours: decimal(2, { required: true, example: 24 }),
  },
  filters: ['priorityValue'],
  unique: [['policyId', 'priorityValue']],
});

/** How fast requests are answered and solved. */
export const SERVICE_LEVEL_RESOURCES = [POLICIES, RULES];
