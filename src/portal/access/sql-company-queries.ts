import type { ClientId, FirmId, PortalRole } from '@portico/domain/kernel';
import { CompanyQueries, type PortalClaim, type PortalStanding } from '@portico/domain/portal';
import type { Database } from '../../platform/database/database.js';
import { statement } from '../../platform/database/statement.js';

interface StandingRow {
  isKnown: boolean;
  /** Null without a contact. */
  role: PortalRole | null;
  isInvited: boolean | null;
  outsiders: ClientId[];
}

/** Companies are of one group when going up from them ends at the same one. */
const STANDING = statement(`
  with recursive given as materialized (
    select $1::bigint as firm_id, $2::bigint as company, $3::bigint as contact, $4::bigint[] as asked),
  path (start_id, id, parent_id) as (
    select c.id, c.id, c.parent_id from given, clients c
      where c.firm_id = given.firm_id and c.id = any (given.asked || given.company)
    union
    select path.start_id, c.id, c.parent_id from given, path join clients c on c.id = path.parent_id
      where c.firm_id = given.firm_id),
  top as (select start_id, id from path where parent_id is null)
  select exists (select from path where start_id = given.company) as "isKnown",
    contact.portal_role as role, contact.portal_access = 'invited' as "isInvited",
    array(select asked.id from unnest(given.asked) asked (id)
      where not exists (select from top where top.start_id = asked.id and top.id = own.id))::text[] as outsiders
  from given
    left join top own on own.start_id = given.company
    left join contacts contact on contact.firm_id = given.firm_id and contact.id = given.contact
      and contact.client_id = given.company and contact.portal_access in ('invited', 'active')`);

export class SqlCompanyQueries extends CompanyQueries {
  constructor(private readonly database: Database) {
    super();
  }

  async standing(firmId: FirmId, { companyId, contactId, groupIds }: PortalClaim): Promise<PortalStanding> {
    const [row] = await this.database.query<StandingRow>(STANDING, [firmId, companyId, contactId, groupIds]);
    if (!row) throw new Error('the standing of a company was not answered');
    const { isKnown, role, isInvited, outsiders } = row;
    return { isKnown, contact: role && { role, isInvited: isInvited === true }, outsiders };
  }
}
