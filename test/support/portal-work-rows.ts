import { randomUUID } from 'node:crypto';
import type { ClientId, FirmId } from '@portico/domain/kernel';
import type { Database } from '../../src/platform/database/database.js';

type Columns = Readonly<Record<string, unknown>>;

/** Rows of the Back Office's tables, without what keeps the Back Office itself from making them. */
export class PortalWorkRows {
  constructor(
    private readonly database: Database,
    private readonly firmId: FirmId,
  ) {}

  /** A row of a table that has a client; answers its id. */
  async add(table: string, clientId: ClientId, columns: Columns): Promise<string> {
    return this.insert(table, { client_id: clientId, ...columns });
  }

  /** A row of a table; answers its id. */
  async insert(table: string, columns: Columns): Promise<string> {
    const id = randomUUID();
    const all = { id, firm_id: this.firmId, created_at: new Date(), updated_at: new Date(), ...columns };
    const names = Object.keys(all);
    await this.execute(
      `insert into ${table} (${names.join(', ')}) values (${names.map(() => '?').join(', ')})`,
      Object.values(all),
    );
    return id;
  }

  project(clientId: ClientId, columns: Columns = {}): Promise<string> {
    return this.add('projects', clientId, { name: 'Project', status: 'active', ...columns });
  }

  task(clientId: ClientId, projectId: string, columns: Columns = {}): Promise<string> {
    const task = { title: 'Task', project_id: projectId, status_value: 'todo', is_private: false };
    return this.add('tasks', clientId, { ...task, ...columns });
  }

  /** An invoice over 100. */
  invoice(clientId: ClientId, columns: Columns = {}): Promise<string> {
    const invoice = { invoice_number: 'INV-1', status: 'submitted', currency: 'USD', issued_date: '2026-01-01' };
    return this.add('invoices', clientId, { ...invoice, subtotal: 100, ...columns });
  }

  /** An entry of the history. */
  async entry(clientId: ClientId, columns: Columns & { readonly details: object }): Promise<void> {
    const credential = { credential_kind: 'session', credential_id: 'x', request_id: 'request-1' };
    const all = { firm_id: this.firmId, client_id: clientId, at: new Date(), ...credential, ...columns };
    const values = Object.values({ ...all, details: JSON.stringify(columns.details) });
    const names = Object.keys(all);
    await this.execute(`insert into history (${names.join(', ')}) values (${names.map(() => '?').join(', ')})`, values);
  }

  execute(sql: string, values: readonly unknown[] = []): Promise<unknown> {
    return this.database.em.fork().execute(sql, [...values]);
  }
}
