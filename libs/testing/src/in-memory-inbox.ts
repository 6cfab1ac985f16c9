import type { Language } from '@portico/domain/directory';
import type { ContactId, DeliveryId, FirmId, PortalUser } from '@portico/domain/kernel';
import {
  Bursts,
  type Choice,
  type DueBurst,
  type FirmType,
  Inbox,
  type InboxOwner,
  Preferences,
  type PreferenceSheet,
  type SettledBurst,
} from '@portico/domain/notifications';
import type { Reversible } from './in-memory-unit-of-work.js';

/** A notification as the inbox needs it. */
export interface KeptNotification {
  readonly id: string;
  readonly owner: InboxOwner;
  readonly readAt: Date | null;
  readonly archivedAt: Date | null;
}

export class InMemoryInbox extends Inbox implements Reversible {
  rows: readonly KeptNotification[] = [];

  /** Adds one that is not read. */
  add(owner: InboxOwner, id: string): void {
    this.rows = [...this.rows, { id, owner, readAt: null, archivedAt: null }];
  }

  markRead(owner: InboxOwner, id: string, now: Date): Promise<boolean> {
    return this.change(owner, id, (row) => ({ ...row, readAt: row.readAt ?? now }));
  }

  markAllRead(owner: InboxOwner, now: Date): Promise<void> {
    const isMeant = (row: KeptNotification) => isSame(row.owner, owner) && !row.archivedAt && !row.readAt;
    this.rows = this.rows.map((row) => (isMeant(row) ? { ...row, readAt: now } : row));
    return Promise.resolve();
  }

  archive(owner: InboxOwner, id: string, now: Date): Promise<boolean> {
    return this.change(owner, id, (row) => ({ ...row, archivedAt: row.archivedAt ?? now }));
  }

  snapshot(): () => void {
    const { rows } = this;
    return () => void (this.rows = rows);
  }

  private change(owner: InboxOwner, id: string, to: (row: KeptNotification) => KeptNotification): Promise<boolean> {
    const isMeant = (row: KeptNotification) => row.id === id && isSame(row.owner, owner);
    const isThere = this.rows.some(isMeant);
    this.rows = this.rows.map((row) => (isMeant(row) ? to(row) : row));
    return Promise.resolve(isThere);
  }
}

const isSame = (one: InboxOwner, other: InboxOwner): boolean =>
  JSON.stringify(Object.entries(one).sort()) === JSON.stringify(Object.entries(other).sort());

export class InMemoryPreferences extends Preferences implements Reversible {
  language: Language = 'en';
  own: FirmType[] = [];
  private chosen: readonly (Choice & { readonly of: ContactId; readonly at: Date })[] = [];

  sheet({ contactId }: PortalUser): Promise<PreferenceSheet> {
    const choices = this.chosen.filter(({ of }) => of === contactId);
    return Promise.resolve({ language: this.language, own: this.own, choices });
  }

  choose({ contactId: of }: PortalUser, choices: readonly Choice[], at: Date): Promise<void> {
    const types = choices.map(({ type }) => type);
    const kept = this.chosen.filter((row) => row.of !== of || !types.includes(row.type));
    this.chosen = [...kept, ...choices.map((choice) => ({ ...choice, of, at }))];
    return Promise.resolve();
  }

  snapshot(): () => void {
    const { chosen } = this;
    return () => void (this.chosen = chosen);
  }
}

/** Bursts that wait, each with the instant at which it is due. */
export class InMemoryBursts extends Bursts implements Reversible {
  waiting: readonly { readonly firmId: FirmId; readonly at: Date; readonly burst: DueBurst }[] = [];
  settled: readonly SettledBurst[] = [];

  add(firmId: FirmId, at: Date, burst: DueBurst): void {
    this.waiting = [...this.waiting, { firmId, at, burst }];
  }

  dueFirms(now: Date): Promise<readonly FirmId[]> {
    return Promise.resolve([...new Set(this.waiting.filter(({ at }) => at <= now).map(({ firmId }) => firmId))]);
  }

  takeDue(firmId: FirmId, now: Date, most: number): Promise<readonly DueBurst[]> {
    const due = this.waiting.filter((row) => row.firmId === firmId && row.at <= now).slice(0, most);
    this.waiting = this.waiting.filter((row) => !due.includes(row));
    return Promise.resolve(due.map(({ burst }) => burst));
  }

  settle(_firmId: FirmId, bursts: readonly SettledBurst[]): Promise<void> {
    this.settled = [...this.settled, ...bursts];
    return Promise.resolve();
  }

  /** The mails that tell of something. */
  get mails(): DeliveryId[] {
    return this.settled.flatMap(({ deliveryId }) => deliveryId ?? []);
  }

  snapshot(): () => void {
    const { waiting, settled } = this;
    return () => {
      this.waiting = waiting;
      this.settled = settled;
    };
  }
}
