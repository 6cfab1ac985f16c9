import type { ClientId, FirmId } from '@portico/domain/kernel';
import { type ApprovedBudget, type BudgetApproval, BudgetApprovals } from '@portico/domain/portal';
import type { Statements } from '../../platform/database/statements.js';

/** Who comes second waits for the row, and then finds that it does not wait for approval any more. */
const APPROVE = `
  update budgets b set status = 'approved', approved_at = ?::timestamptz, approved_by_portal_user_id = ?::bigint,
    updated_at = ?::timestamptz, version = b.version + 1
  where b.firm_id = ? and b.client_id = any (?::bigint[]) and b.id = ?::uuid and b.status = 'pending_approval'
  returning b.id::text as id, b.name, b.client_id::text as "clientId", (
    select coalesce(p.delivery_manager_id, c.delivery_manager_id)::text
    from clients c left join projects p on p.firm_id = c.firm_id and p.id = b.project_id
    where c.firm_id = b.firm_id and c.id = b.client_id) as "deliveryManagerId"`;

const SHOWN = `select from budgets
  where firm_id = ? and client_id = any (?::bigint[]) and id = ?::uuid and status <> 'draft'`;

export class SqlBudgetApprovals extends BudgetApprovals {
  constructor(private readonly statements: Statements) {
    super();
  }

  async approve(firmId: FirmId, { companyIds, id, contactId, at }: BudgetApproval): Promise<ApprovedBudget | null> {
    const values = [at, contactId, at, firmId, `{${companyIds.join(',')}}`, id];
    const [approved] = await this.statements.run<ApprovedBudget>(APPROVE, values);
    return approved ?? null;
  }

  async isShown(firmId: FirmId, companyIds: readonly ClientId[], id: string): Promise<boolean> {
    const rows = await this.statements.run(SHOWN, [firmId, `{${companyIds.join(',')}}`, id]);
    return rows.length > 0;
  }
}
