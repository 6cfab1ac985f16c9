import type { FileId, Page, PageRequest, PortalUser } from '@portico/domain/kernel';
import { type PortalContent, type PortalFile, PortalFileQueries } from '@portico/domain/portal';
import type { Database } from '../../platform/database/database.js';
import { type Statement, statement } from '../../platform/database/statement.js';
import { IS_OWN, PUBLISHED, SEEN, VISIBLE, visibleTo } from './portal-files.sql.js';

type Row<T extends { bytes: number }> = Omit<T, 'bytes'> & { bytes: string };

const OF_USER = visibleTo('$1', '$2', '$3');
/** Written out, so that the index of what is unread serves. */
const UNREAD = `p.viewed_at is null and p.downloaded_at is null and p.acknowledged_at is null and not ${IS_OWN}`;
const FIND = statement(`select ${SEEN} from ${VISIBLE} ${PUBLISHED} where ${OF_USER} and f.id = $4`);
const CONTENT = statement(`select f.name, f.blob_key as "blobKey", b.bytes::text as bytes,
  encode(b.sha256, 'hex') as sha256 from ${VISIBLE} where ${OF_USER} and f.id = $4`);
const LIST = { all: list(''), unread: list(`and ${UNREAD}`), read: list(`and not (${UNREAD})`) };

/** The values after those of the user: the cursor or null, and how many rows. */
function list(condition: string): Statement {
  return statement(`select ${SEEN} from ${VISIBLE} ${PUBLISHED}
    where ${OF_USER} and p.id < coalesce($4::bigint, 9223372036854775807) ${condition} order by p.id desc limit $5`);
}

export class SqlPortalFileQueries extends PortalFileQueries {
  constructor(private readonly database: Database) {
    super();
  }

  async list(user: PortalUser, { limit, after }: PageRequest, filter: { isRead?: boolean }): Promise<Page<PortalFile>> {
    const which = filter.isRead === undefined ? 'all' : filter.isRead ? 'read' : 'unread';
    const values = [...tenantOf(user), after, limit + 1];
    const rows = await this.database.query<Row<PortalFile>>(LIST[which], values);
    const items = rows.slice(0, limit).map(counted);
    return { items, next: rows.length > limit ? (items.at(-1)?.publicationId ?? null) : null };
  }

  async find(user: PortalUser, id: FileId): Promise<PortalFile | null> {
    const [row] = await this.database.query<Row<PortalFile>>(FIND, [...tenantOf(user), id]);
    return row ? counted(row) : null;
  }

  async findContent(user: PortalUser, id: FileId): Promise<PortalContent | null> {
    const [row] = await this.database.query<Row<PortalContent>>(CONTENT, [...tenantOf(user), id]);
    return row ? counted(row) : null;
  }
}

const tenantOf = ({ firmId, companyId, contactId }: PortalUser): string[] => [firmId, companyId, contactId];

function counted<T extends { bytes: string }>(row: T): Omit<T, 'bytes'> & { bytes: number } {
  return { ...row, bytes: Number(row.bytes) };
}
