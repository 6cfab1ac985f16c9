import { Migration } from '@mikro-orm/migrations';
import { CONTENT_TABLES } from './m0009/content.sql.js';
import { FINANCE_TABLES } from './m0009/finance.sql.js';
import { PROJECT_TABLES } from './m0009/projects.sql.js';
import { SERVICE_TABLES } from './m0009/service.sql.js';
import { SUMS } from './m0009/sums.sql.js';

/** What the Back Office keeps of the work for clients, and the portal shows of it. */
export class M0009BackOffice extends Migration {
  override up(): void {
    const tables = [...PROJECT_TABLES, ...FINANCE_TABLES, ...CONTENT_TABLES, ...SERVICE_TABLES];
    for (const sql of [...tables, ...SUMS]) this.addSql(sql);
  }
}
