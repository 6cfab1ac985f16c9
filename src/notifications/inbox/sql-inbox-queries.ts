import type { CountedList, FilterValue, ListRequest, Principal } from '@portico/domain/kernel';
import {
  type InboxField,
  type InboxFilter,
  inboxOf,
  type InboxOwner,
  type InboxPart,
  InboxQueries,
  type NotificationItem,
} from '@portico/domain/notifications';
import { Conditions } from '../../platform/database/conditions.js';
import { addFilters, countedList, type ListColumns } from '../../platform/database/counted-list.js';
import type { Database } from '../../platform/database/database.js';
import { type Statement, statement } from '../../platform/database/statement.js';
import { FILTERED, ownedBy, ownerValues } from './inbox.sql.js';

type Row = Omit<NotificationItem, 'resource'> & {
  readonly resourceType: string | null;
  readonly resourceId: string | null;
};
type ByFilter = Readonly<Record<InboxFilter, Statement>>;

const OWNED = ownedBy(['$1', '$2', '$3']);
const each = (of: (condition: string) => string): ByFilter => ({
  all: statement(of(FILTERED.all)),
  unread: statement(of(FILTERED.unread)),
  archived: statement(of(FILTERED.archived)),
});

const ITEM = `n.id, n.type, n.names, n.resource_type as "resourceType", n.resource_id as "resourceId",
  n.client_id::text as "clientId", client.name as "clientName",
  coalesce(n.by_user_id, n.by_contact_id)::text as "actorId", n.by_contact_id is not null as "isByContact",
  coalesce(u.name, nullif(concat_ws(' ', author.first_name, author.last_name), '')) as "actorName",
  coalesce(c.language, 'en') as language, n.read_at as "readAt", n.archived_at as "archivedAt",
  n.created_at as "createdAt"`;
const NAMED = `left join contacts c on c.firm_id = n.firm_id and c.id = n.contact_id
  left join clients client on client.firm_id = n.firm_id and client.id = n.client_id
  left join users u on u.firm_id = n.firm_id and u.id = n.by_user_id
  left join contacts author on author.firm_id = n.firm_id and author.id = n.by_contact_id`;

/** The page is cut out first; names are looked up for its rows alone. */
const LIST = each(
  (condition) => `
    select ${ITEM}
    from (select * from notifications n where ${OWNED} and ${condition}
      order by n.created_at desc, n.id desc limit $4 offset $5) n ${NAMED}
    order by n.created_at desc, n.id desc`,
);
const COUNT = each((condition) => `select count(*)::int as count from notifications n where ${OWNED} and ${condition}`);

const COLUMNS: ListColumns<InboxField> = {
  createdAt: { sql: 'n.created_at', type: 'timestamptz' },
  type: { sql: 'n.type', type: 'text' },
  clientId: { sql: 'n.client_id', type: 'bigint' },
  unread: { sql: '(n.read_at is null)', type: 'boolean' },
  archived: { sql: '(n.archived_at is not null)', type: 'boolean' },
};

export class SqlInboxQueries extends InboxQueries {
  constructor(private readonly database: Database) {
    super();
  }

  async list(owner: InboxOwner, { filter, limit, offset }: InboxPart): Promise<readonly NotificationItem[]> {
    const rows = await this.database.query<Row>(LIST[filter], [...ownerValues(owner), limit, offset]);
    return rows.map(itemOf);
  }

  async count(owner: InboxOwner, filter: InboxFilter): Promise<number> {
    const [row] = await this.database.query<{ count: number }>(COUNT[filter], ownerValues(owner));
    return row?.count ?? 0;
  }

  async ofUser(user: Principal, request: ListRequest<InboxField>): Promise<CountedList<NotificationItem>> {
    const [firm, owner] = ownerValues(inboxOf(user));
    const where = new Conditions().add('n.firm_id =', firm).add('n.recipient =', owner).and('n.is_in_app');
    addFilters(
      where,
      new Map<InboxField, readonly FilterValue[]>([['archived', [false]], ...request.filters]),
      COLUMNS,
    );
    const sort = { sql: COLUMNS[request.sort.field].sql, order: request.sort.order };
    const what = { select: ITEM, from: `notifications n ${NAMED}`, where, id: 'n.id' };
    const { items, total } = await countedList<Row>(this.database, what, { ...request, sort });
    return { items: items.map(itemOf), total };
  }
}

function itemOf({ resourceType: type, resourceId: id, ...row }: Row): NotificationItem {
  return { ...row, resource: type === null || id === null ? null : { type, id } };
}
