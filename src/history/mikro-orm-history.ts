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

  async record(author: Author, entry: HistoryEntry): Promise<void> {
    const { credential, origin } = author;
    await this.database.em.execute(
      `insert into history (firm_id, at, user_id, credential_kind, credential_id, address, request_id, action,
         subject_type, subject_id, details)
       values (?, ?, ?, ?, ?, ?::inet, ?, ?, ?, ?, ?::jsonb)`,
      [
        author.firmId,
        this.clock.now(),
        author.userId,
        credential.kind,
        credential.id,
        origin.address,
        origin.requestId,
        entry.action,
        entry.subject.type,
        entry.subject.id,
        JSON.stringify(entry.details ?? {}),
      ],
    );
  }
}
