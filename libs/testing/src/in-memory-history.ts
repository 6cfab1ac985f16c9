import { History, type HistoryEntry } from '@portico/domain/history';
import type { Author } from '@portico/domain/kernel';
import type { Reversible } from './in-memory-unit-of-work.js';

export class InMemoryHistory extends History implements Reversible {
  readonly entries: (HistoryEntry & { author: Author })[] = [];

  recordAll(author: Author, entries: readonly HistoryEntry[]): Promise<void> {
    this.entries.push(...entries.map((entry) => ({ ...entry, author })));
    return Promise.resolve();
  }

  /** `action subject-id` of every entry. */
  get actions(): string[] {
    return this.entries.map(({ action, subject }) => `${action} ${subject.id}`);
  }

  snapshot(): () => void {
    const { length } = this.entries;
    return () => this.entries.splice(length);
  }
}
