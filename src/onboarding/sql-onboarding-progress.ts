import type { FirmId } from '@portico/domain/kernel';
import { type DueMilestone, type OnboardingEvent, OnboardingProgress } from '@portico/domain/onboarding';
import { raceLostOn } from '../platform/database/database-errors.js';
import type { Statements } from '../platform/database/statements.js';
import { templateOf } from './template.sql.js';

/** Nothing is asked of the clients where no milestone of the firm waits for any of it. */
const DUE = `
  with given as materialized (select ?::bigint as firm_id, ?::jsonb as events),
  event as (select distinct e.client_id, e.trigger
    from given, jsonb_to_recordset(given.events) as e (client_id bigint, trigger text)),
  waiting as materialized (
    select m.id, m.title, m.auto_trigger, s.template_id
    from given join onboarding_milestones m on m.firm_id = given.firm_id
      join onboarding_stages s on s.firm_id = m.firm_id and s.id = m.stage_id
    where m.auto_trigger in (select trigger from event))
  select p.id as "progressId", e.client_id::text as "clientId", w.id as "milestoneId", w.title
  from waiting w join event e on e.trigger = w.auto_trigger cross join given
    cross join lateral (select ${templateOf('given.firm_id', 'e.client_id')} as template_id) own
    left join onboarding_progress p
      on p.firm_id = given.firm_id and p.client_id = e.client_id and p.milestone_id = w.id
  where own.template_id = w.template_id and (p.id is null or (not p.completed and p.source = 'manual'))
  order by e.client_id, w.id`;

const REACHED = `
  update onboarding_progress p set completed = true, completed_at = ?, source = 'auto', updated_at = ?,
    version = p.version + 1
  from jsonb_array_elements_text(?::jsonb) g (id)
  where p.firm_id = ? and p.id = g.id::uuid and not p.completed and p.source = 'manual' returning p.id`;

const BEGUN = `
  insert into onboarding_progress (id, firm_id, client_id, milestone_id, completed, completed_at, source, created_at,
    updated_at)
  select g.id, ?, g."clientId", g."milestoneId", true, ?, 'auto', ?, ?
  from jsonb_to_recordset(?::jsonb) as g (id uuid, "clientId" bigint, "milestoneId" uuid)
  order by g."clientId", g."milestoneId" returning id`;

export class SqlOnboardingProgress extends OnboardingProgress {
  constructor(private readonly statements: Statements) {
    super();
  }

  due(firmId: FirmId, events: readonly OnboardingEvent[]): Promise<readonly DueMilestone[]> {
    const given = events.map(({ clientId, trigger }) => ({ client_id: clientId, trigger }));
    return this.statements.run<DueMilestone>(DUE, [firmId, JSON.stringify(given)]);
  }

  async complete(
    firmId: FirmId,
    completed: readonly (DueMilestone & { readonly id: string })[],
    at: Date,
  ): Promise<ReadonlySet<string>> {
    const known = completed.filter(({ progressId }) => progressId !== null).map(({ id }) => id);
    const fresh = completed.filter(({ progressId }) => progressId === null);
    const reached = await this.statements.run<{ id: string }>(REACHED, [at, at, JSON.stringify(known), firmId]);
    const begun = await raceLostOn('onboarding_progress_milestone_key', () =>
      this.statements.run<{ id: string }>(BEGUN, [firmId, at, at, at, JSON.stringify(fresh)]),
    );
    return new Set([...reached, ...begun].map(({ id }) => id));
  }
}
