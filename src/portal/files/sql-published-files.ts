import type { FileId, PortalUser } from '@portico/domain/kernel';
import { type FirstTime, type PortalFile, PublishedFiles } from '@portico/domain/portal';
import type { Database } from '../../platform/database/database.js';
import { PUBLISHED, SEEN, VISIBLE, visibleTo } from './portal-files.sql.js';

type Instants = Pick<PortalFile, 'publishedAt' | 'viewedAt' | 'downloadedAt' | 'acknowledgedAt'>;
/** As the driver answers inside a unit of work. */
type HeldRow = Omit<PortalFile, keyof Instants | 'bytes'> & {
  readonly [K in keyof Instants]: Date | string | Extract<Instants[K], null>;
} & { readonly bytes: string };

const HOLD = `select ${SEEN} from ${VISIBLE} ${PUBLISHED}
  where ${visibleTo('?', '?', '?')} and f.id = ? for no key update of p`;
const MARK: Readonly<Record<FirstTime, string>> = {
  viewed: mark('viewed_at'),
  downloaded: mark('downloaded_at'),
  acknowledged: mark('acknowledged_at'),
};

function mark(column: string): string {
  return `update publications set ${column} = ? where firm_id = ? and id = ? and ${column} is null`;
}

export class SqlPublishedFiles extends PublishedFiles {
  constructor(private readonly database: Database) {
    super();
  }

  async hold({ firmId, companyId, contactId }: PortalUser, id: FileId): Promise<PortalFile | null> {
    const rows: HeldRow[] = await this.database.em.execute(HOLD, [firmId, companyId, contactId, id]);
    return rows[0] ? fileOf(rows[0]) : null;
  }

  async mark({ firmId }: PortalUser, { publicationId }: PortalFile, what: FirstTime, at: Date): Promise<void> {
    await this.database.em.execute(MARK[what], [at, firmId, publicationId]);
  }
}

function fileOf({ bytes, publishedAt, viewedAt, downloadedAt, acknowledgedAt, ...row }: HeldRow): PortalFile {
  const instant = (value: Date | string | null) => (value === null ? null : new Date(value));
  return {
    ...row,
    bytes: Number(bytes),
    publishedAt: new Date(publishedAt),
    viewedAt: instant(viewedAt),
    downloadedAt: instant(downloadedAt),
    acknowledgedAt: instant(acknowledgedAt),
  };
}
