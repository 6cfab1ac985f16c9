import { History, type HistoryEntry } from '@portico/domain/history';
import type { Author, Clock } from '@portico/domain/kernel';
import type { Database } from '../platform/database/database.js';
import { Statements } from '../platform/database/statements.js';

const RECORD = `
  insert into history (firm_id, at, user_id, contact_id, credential_kind, credential_id, address, request_id,
    action, subject_type, subject_id, client_id, details)
  select ?::bigint, ?::timestamptz, ?::bigint, ?::bigint, ?::text, ?::text, ?::inet, ?::text,
    e.action, e.subject ->> 'type', e.subject ->> 'id', e."clientId", coalesce(e.details, '{}')
  from rows from (jsonb_to_recordset(?::jsonb) as (action text, subject jsonb, "clientId" bigint, details jsonb))
    with ordinality as e order by e.ordinality`;

export class MikroOrmHistory extends History {
  private readonly statements: Statements;

  constructor(
    database: Database,
    private readonly clock: Clock,
  ) {
    super();
    this.statements = new Statements(database);
  }

  async recordAll(author: Author, entries: readonly HistoryEntry[]): Promise<void> {
    if (entries.length === 0) return;
    const { firmId, userId = null, contactId = null, credential, origin } = author;
    const who = [firmId, this.clock.now(), userId, contactId, credential.kind, credential.id];
    const whence = [origin.address, origin.requestId];
    await this.statements.run(RECORD, [...who, ...whence, JSON.stringify(entries)]);
  }
}
