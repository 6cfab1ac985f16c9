import { isUuid } from '@portico/domain/kernel';
import { Inbox, type InboxOwner } from '@portico/domain/notifications';
import type { Statements } from '../../platform/database/statements.js';
import { FILTERED, ownedBy, ownerValues } from './inbox.sql.js';

const OWNED = ownedBy(['?', '?', '?']);
const marked = (column: string): string => `
  with changed as (
    update notifications n set ${column} = ? where ${OWNED} and n.is_in_app and n.id = ? and n.${column} is null returning 1)
  select exists (select from notifications n where ${OWNED} and n.is_in_app and n.id = ?) as "isThere"`;
const READ = marked('read_at');
const ARCHIVE = marked('archived_at');
const READ_ALL = `update notifications n set read_at = ? where ${OWNED} and ${FILTERED.unread}`;

export class SqlInbox extends Inbox {
  constructor(private readonly statements: Statements) {
    super();
  }

  markRead(owner: InboxOwner, id: string, now: Date): Promise<boolean> {
    return this.mark(READ, owner, id, now);
  }

  async markAllRead(owner: InboxOwner, now: Date): Promise<void> {
    await this.statements.run(READ_ALL, [now, ...ownerValues(owner)]);
  }

  archive(owner: InboxOwner, id: string, now: Date): Promise<boolean> {
    return this.mark(ARCHIVE, owner, id, now);
  }

  private async mark(sql: string, owner: InboxOwner, id: string, now: Date): Promise<boolean> {
    if (!isUuid(id)) return false;
    const whose = ownerValues(owner);
    const [row] = await this.statements.run<{ isThere: boolean }>(sql, [now, ...whose, id, ...whose, id]);
    return row?.isThere ?? false;
  }
}
