import { History, type HistoryEntry } from '@portico/domain/history';
import type { Author, Clock } from '@portico/domain/kernel';
import type { Database } from '../platform/database/database.js';

export class MikroOrmHistory extends History {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {
    super();
  }

  async recordAll(author: Author, entries: readonly HistoryEntry[]): Promise<void> {
    if (entries.length === 0) return;
    const { credential, origin } = author;
    const rows = entries.map(({ action, subject, details = {} }) => ({ action, ...subject, details }));
    await this.database.em.execute(
      `insert into history (firm_id, at, user_id, credential_kind, credential_id, address, request_id, action,
         subject_type, subject_id, details)
       select ?::bigint, ?::timestamptz, ?::bigint, ?::text, ?::text, ?::inet, ?::text, e.action, e.type, e.id, e.details
       from rows from (jsonb_to_recordset(?::jsonb) as (action text, type text, id text, details jsonb))
         with ordinality as e order by e.ordinality`,
      [
        author.firmId,
        this.clock.now(),
        author.userId,
        credential.kind,
        credential.id,
        origin.address,
        origin.requestId,
        JSON.stringify(rows),
      ],
    );
  }
}
