/**
 * The template of a client: the one in which anything was last begun for it, and before that the firm's default. `firm`
 * and `client` are SQL.
 */
export const templateOf = (firm: string, client: string): string => `coalesce(
  (select s.template_id from onboarding_progress p
      join onboarding_milestones m on m.firm_id = p.firm_id and m.id = p.milestone_id
      join onboarding_stages s on s.firm_id = m.firm_id and s.id = m.stage_id
    where p.firm_id = ${firm} and p.client_id = ${client} order by p.created_at desc, p.id desc limit 1),
  (select t.id from onboarding_templates t where t.firm_id = ${firm} and t.is_default and t.is_active
    order by t.created_at desc, t.id desc limit 1))`;
