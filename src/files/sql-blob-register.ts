import { BlobRegister, type BlobRow } from '@portico/domain/files';
import type { BlobKey, FileId, FirmId } from '@portico/domain/kernel';
import type { Database } from '../platform/database/database.js';
import { statement } from '../platform/database/statement.js';

const WITHOUT_ROW = statement(
  'select key from unnest($1::uuid[]) as given (key) where not exists (select from blobs where blobs.key = given.key)',
);

const BATCH = 5000;
const COLUMNS = `key::text, firm_id::text as "firmId", bytes::text, encode(sha256, 'hex') as sha256`;
const FIRST = statement(`select ${COLUMNS} from blobs order by key limit ${BATCH}`);
const AFTER = statement(`select ${COLUMNS} from blobs where key > $1 order by key limit ${BATCH}`);
const ROW = statement(`select ${COLUMNS} from blobs where key = $1`);
const COUNT = statement('select count(*)::int as count from blobs');
const FILES = statement('select id::text from files where firm_id = $1 and blob_key = $2 order by id limit 20');

interface Row {
  readonly key: BlobKey;
  readonly firmId: FirmId;
  readonly bytes: string;
  readonly sha256: string;
}

export class SqlBlobRegister extends BlobRegister {
  constructor(private readonly database: Database) {
    super();
  }

  async withoutRow(keys: readonly BlobKey[]): Promise<readonly BlobKey[]> {
    if (keys.length === 0) return [];
    return (await this.database.query<{ key: BlobKey }>(WITHOUT_ROW, [keys])).map((row) => row.key);
  }

  async count(): Promise<number> {
    return (await this.database.query<{ count: number }>(COUNT, []))[0]?.count ?? 0;
  }

  async *rows(): AsyncIterable<BlobRow> {
    let last: BlobKey | null = null;
    for (;;) {
      const page: Row[] = await (last === null
        ? this.database.query<Row>(FIRST, [])
        : this.database.query<Row>(AFTER, [last]));
      for (const row of page) yield rowOf(row);
      last = page.at(-1)?.key ?? null;
      if (page.length < BATCH) return;
    }
  }

  async find(key: BlobKey): Promise<BlobRow | null> {
    const [row] = await this.database.query<Row>(ROW, [key]);
    return row ? rowOf(row) : null;
  }

  async filesOf(firmId: FirmId, key: BlobKey): Promise<readonly FileId[]> {
    return (await this.database.query<{ id: FileId }>(FILES, [firmId, key])).map(({ id }) => id);
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

function rowOf({ bytes, ...row }: Row): BlobRow {
  return { ...row, bytes: Number(bytes) };
}
