import type { HistoryEntry } from '@portico/domain/history';
import type { Author } from '@portico/domain/kernel';
import type { Statements } from './statements.js';

const RECORD = `insert into history (firm_id, at, user_id, credential_kind, credential_id, address, request_id, action,
    subject_type, subject_id, details)
  select ?, ?, ?, ?, ?, ?::inet, ?, e.action, e.subject ->> 'type', e.subject ->> 'id', coalesce(e.details, '{}')
  from jsonb_to_recordset(?::jsonb) e (action text, subject jsonb, details jsonb)`;

/** The history of many rows, in one statement of the running unit of work. */
export class ResourceHistory {
  constructor(private readonly statements: Statements) {}

  async record(author: Author, entries: readonly HistoryEntry[], at: Date): Promise<void> {
    if (entries.length === 0) return;
    const { firmId, userId, credential, origin } = author;
    const who = [firmId, at, userId, credential.kind, credential.id, origin.address, origin.requestId];
    await this.statements.run(RECORD, [...who, JSON.stringify(entries)]);
  }
}
