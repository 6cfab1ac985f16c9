import type { ClientId, FirmId } from '@portico/domain/kernel';
import type { Database } from '../../src/platform/database/database.js';
import { SecureRandom } from '../../src/platform/secure-random.js';

type Columns = Readonly<Record<string, unknown>>;

const random = new SecureRandom();

/** Whose a row is. */
export interface RowOwner {
  readonly firmId: FirmId;
  readonly clientId: ClientId | null;
}

/** Makes rows of the tables of the Back Office, with everything that they must have. */
export class WorkRows {
  constructor(
    private readonly database: Database,
    private readonly at: Date,
  ) {}

  /** Answers the id, which is later than all before. */
  async add(table: string, { firmId, clientId }: RowOwner, columns: Columns): Promise<string> {
    const row: Columns = {
      ...{ id: random.uuid(), firm_id: firmId, client_id: clientId, created_at: this.at, updated_at: this.at },
      ...columns,
    };
    const names = Object.keys(row);
    const places = names.map(() => '?').join(', ');
    await this.execute(`insert into ${table} (${names.join(', ')}) values (${places})`, Object.values(row));
    return String(row['id']);
  }

  project(owner: RowOwner, columns: Columns = {}): Promise<string> {
    return this.add('projects', owner, { name: 'Project', status: 'active', ...columns });
  }

  budget(owner: RowOwner, columns: Columns = {}): Promise<string> {
    return this.add('budgets', owner, { name: 'Budget', status: 'pending_approval', ...columns });
  }

  invoice(owner: RowOwner, columns: Columns = {}): Promise<string> {
    const row = { invoice_number: 'INV-1', status: 'submitted', issued_date: '2026-01-31' };
    return this.add('invoices', owner, { ...row, ...columns });
  }

  page(owner: RowOwner, columns: Columns = {}): Promise<string> {
    const flags = { is_archived: false, full_width: false, small_text: false, lock_page: false, toc: false };
    const row = { title: 'Page', position: 0, entity_type: 'company', is_published: true, ...flags };
    return this.add('pages', owner, { ...row, ...columns });
  }

  note(owner: RowOwner, columns: Columns): Promise<string> {
    return this.add('notes', owner, { content: 'Note', is_client_visible: true, ...columns });
  }

  /** A contract with a signer for each of these addresses. */
  async contract(owner: RowOwner, emails: readonly string[], columns: Columns = {}): Promise<string> {
    const row = { title: 'Contract', contract_type: 'general', status: 'pending' };
    const id = await this.add('contracts', owner, { ...row, ...columns });
    for (const email of emails)
      await this.add('contract_signers', owner, {
        ...{ contract_id: id, name: 'Signer', email, status: 'pending', sign_order: 1 },
      });
    return id;
  }

  execute<T extends object>(sql: string, values: unknown[] = []): Promise<T[]> {
    return this.database.em.fork().execute<T[]>(sql, values);
  }
}
