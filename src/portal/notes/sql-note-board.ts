import type { ClientId, FirmId } from '@portico/domain/kernel';
import {
  type NewPortalNote,
  NoteBoard,
  type NotedResource,
  type NotePlace,
  type NoteSubject,
} from '@portico/domain/portal';
import type { Statements } from '../../platform/database/statements.js';

/** What is held can not go, and can not become another client's. */
const HOLD: Readonly<Record<NotedResource, string>> = {
  project: `
    select p.id::text as "resourceId", p.client_id::text as "clientId", p.name,
      coalesce(p.delivery_manager_id, c.delivery_manager_id)::text as "deliveryManagerId"
    from projects p join clients c on c.firm_id = p.firm_id and c.id = p.client_id
    where p.firm_id = ? and p.client_id = any (?::bigint[]) and p.id = ?::uuid
    for key share of p`,
  invoice: `
    select i.id::text as "resourceId", i.client_id::text as "clientId", i.invoice_number as name,
      coalesce(p.delivery_manager_id, c.delivery_manager_id)::text as "deliveryManagerId"
    from invoices i join clients c on c.firm_id = i.firm_id and c.id = i.client_id
      left join budgets b on b.firm_id = i.firm_id and b.id = i.budget_id
      left join projects p on p.firm_id = b.firm_id and p.id = b.project_id
    where i.firm_id = ? and i.client_id = any (?::bigint[]) and i.id = ?::uuid and i.status <> 'draft'
    for key share of i`,
};

const HOLD_PARENT = `select id::text as id from notes
  where firm_id = ? and client_id = ? and resource_id = ?::uuid and id = ?::uuid and is_client_visible for key share`;

const ADD = `
  insert into notes (id, firm_id, client_id, resource_type, resource_id, content, parent_id, is_client_visible,
    portal_user_id, created_at, updated_at)
  values (?::uuid, ?, ?, ?, ?::uuid, ?, ?::uuid, true, ?, ?::timestamptz, ?::timestamptz)`;

export class SqlNoteBoard extends NoteBoard {
  constructor(private readonly statements: Statements) {
    super();
  }

  async hold(
    firmId: FirmId,
    companyIds: readonly ClientId[],
    { resourceType, resourceId }: NotePlace,
  ): Promise<NoteSubject | null> {
    const values = [firmId, `{${companyIds.join(',')}}`, resourceId];
    const [found] = await this.statements.run<Omit<NoteSubject, 'resourceType'>>(HOLD[resourceType], values);
    return found ? { resourceType, ...found } : null;
  }

  async holdParent(firmId: FirmId, { clientId, resourceId }: NoteSubject, parentId: string): Promise<string | null> {
    const values = [firmId, clientId, resourceId, parentId];
    const [parent] = await this.statements.run<{ id: string }>(HOLD_PARENT, values);
    return parent?.id ?? null;
  }

  async add(firmId: FirmId, { id, subject, content, parentId, contactId, at }: NewPortalNote): Promise<void> {
    const { clientId, resourceType, resourceId } = subject;
    const values = [id, firmId, clientId, resourceType, resourceId, content, parentId, contactId, at, at];
    await this.statements.run(ADD, values);
  }
}
