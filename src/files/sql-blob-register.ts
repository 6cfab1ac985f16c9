import { BlobRegister, type BlobRow } from '@portico/domain/files';
import type { BlobKey, FileId, FirmId } from '@portico/domain/kernel';
import type { Database } from '../platform/database/database.js';
import { statement } from '../platform/database/statement.js';

/** The bytes of an upload that goes on are waiting for their row. */
const AWAITED = 'file_id is null and not is_dropped and expires_at > now()';
const WITHOUT_ROW = statement(`
  select key from unnest($1::uuid[]) as given (key)
  where not exists (select from blobs where blobs.key = given.key)
    and not exists (select from uploads where blob_key = given.key and ${AWAITED})`);
const HAS_ROW = `select 1 from blobs where key = ? union all select 1 from uploads where blob_key = ? and ${AWAITED}`;

const BATCH = 5000;
const COLUMNS = `key::text, firm_id::text as "firmId", bytes::text, encode(sha256, 'hex') as sha256`;
const AFTER = statement(`select ${COLUMNS} from blobs where key > $1 order by key limit ${BATCH}`);
const OF_FIRM_AFTER = statement(
  `select ${COLUMNS} from blobs where firm_id = $2 and key > $1 order by key limit ${BATCH}`,
);
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000' as BlobKey;
const ROW = statement(`select ${COLUMNS} from blobs where key = $1`);
const COUNT = statement('select count(*)::int as count from blobs');
const COUNT_OF_FIRM = statement('select count(*)::int as count from blobs where firm_id = $1');
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

  async count(of: FirmId | null = null): Promise<number> {
    const [row] = await (of === null
      ? this.database.query<{ count: number }>(COUNT, [])
      : this.database.query<{ count: number }>(COUNT_OF_FIRM, [of]));
    return row?.count ?? 0;
  }

  async *rows(of: FirmId | null = null): AsyncIterable<BlobRow> {
    let last = BEFORE_ALL;
    for (;;) {
      const page: Row[] = await (of === null
        ? this.database.query<Row>(AFTER, [last])
        : this.database.query<Row>(OF_FIRM_AFTER, [last, of]));
      for (const row of page) yield rowOf(row);
      last = page.at(-1)?.key ?? last;
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
        const rows: unknown[] = await em.execute(HAS_ROW, [key, key]);
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
