import { BlobRegister } from '@portico/domain/files';
import type { BlobKey } from '@portico/domain/kernel';
import type { Database } from '../platform/database/database.js';
import { statement } from '../platform/database/statement.js';

const WITHOUT_ROW = statement(
  'select key from unnest($1::uuid[]) as given (key) where not exists (select from blobs where blobs.key = given.key)',
);

export class SqlBlobRegister extends BlobRegister {
  constructor(private readonly database: Database) {
    super();
  }

  async withoutRow(keys: readonly BlobKey[]): Promise<readonly BlobKey[]> {
    if (keys.length === 0) return [];
    return (await this.database.query<{ key: BlobKey }>(WITHOUT_ROW, [keys])).map((row) => row.key);
  }

  ifStillWithoutRow(key: BlobKey, remove: () => Promise<void>): Promise<boolean> {
    return this.database.em.transactional(
      async (em) => {
        await em.execute('select pg_advisory_xact_lock(hashtextextended(?, 0))', [key]);
        const rows: unknown[] = await em.execute('select 1 from blobs where key = ?', [key]);
        if (rows.length > 0) return false;
        await remove();
        return true;
      },
      { clear: true },
    );
  }
}
