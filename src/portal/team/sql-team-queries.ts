import type { ClientId, FirmId } from '@portico/domain/kernel';
import { type Team, type TeamPerson, TeamQueries } from '@portico/domain/portal';
import type { Database } from '../../platform/database/database.js';
import { CompanyStatement } from '../company-statement.js';

const active = (companies: string): string => `select p.id, p.name, p.owner_id, p.delivery_manager_id
  from ${companies} join projects p on p.firm_id = $1 and p.client_id = company.id and p.status = 'active'`;

/** Of people `x` and their projects `p`, in JSON. */
const people = (from: string, role: string, groupedBy: string): string => `(
  select coalesce(json_agg(row_to_json(person)), '[]') from (
    select u.id::text as "userId", u.name, u.email, ${role} as role,
      json_agg(json_build_object('id', p.id, 'name', p.name) order by p.name, p.id) as projects
    from ${from} join users u on u.firm_id = $1 and u.id = x.user_id
    group by u.id, u.name, u.email${groupedBy} order by u.name, u.id${groupedBy} limit 1000) person)`;

const MEMBERS = people(
  'active p join project_members x on x.firm_id = $1 and x.project_id = p.id',
  'mode() within group (order by x.role)',
  '',
);
const LEADS = people(
  `active p cross join lateral (values (p.owner_id, 'owner'), (p.delivery_manager_id, 'delivery_manager'))
    x (user_id, role)`,
  'x.role',
  ', x.role',
);

const TEAM = new CompanyStatement(
  (companies) => `with active as (${active(companies)}) select ${MEMBERS} as members, ${LEADS} as leads`,
);

interface TeamRow {
  readonly members: readonly TeamPerson[];
  readonly leads: readonly TeamPerson<'owner' | 'delivery_manager'>[];
}

export class SqlTeamQueries extends TeamQueries {
  constructor(private readonly database: Database) {
    super();
  }

  async find(firmId: FirmId, companyIds: readonly ClientId[]): Promise<Team> {
    const [row] = await this.database.query<TeamRow>(...TEAM.about(firmId, companyIds));
    if (!row) throw new Error('the team of companies was not answered');
    return row;
  }
}
