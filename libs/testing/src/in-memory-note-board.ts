import type { ClientId, FirmId } from '@portico/domain/kernel';
import { type NewPortalNote, NoteBoard, type NotePlace, type NoteSubject } from '@portico/domain/portal';
import type { Reversible } from './in-memory-unit-of-work.js';

interface KeptSubject extends NoteSubject {
  readonly firmId: FirmId;
  readonly isDraft: boolean;
}
interface KeptNote {
  readonly id: string;
  readonly resourceId: string;
  readonly isClientVisible: boolean;
}

export class InMemoryNoteBoard extends NoteBoard implements Reversible {
  readonly added: NewPortalNote[] = [];
  private readonly subjects: KeptSubject[] = [];
  private readonly notes: KeptNote[] = [];

  /** An invoice of client 500 of firm 1, changed by `changes`. */
  with(changes: Partial<KeptSubject> = {}): KeptSubject {
    const subject: KeptSubject = {
      ...{ resourceType: 'invoice', resourceId: '01989a3e-5f00-7000-8000-000000000001', name: 'INV-1' },
      ...{ firmId: '1' as FirmId, clientId: '500' as ClientId, deliveryManagerId: null, isDraft: false },
      ...changes,
    };
    this.subjects.push(subject);
    return subject;
  }

  /** A note that is there already. */
  withNote(note: KeptNote): void {
    this.notes.push(note);
  }

  hold(firmId: FirmId, companyIds: readonly ClientId[], place: NotePlace): Promise<NoteSubject | null> {
    const found = this.subjects.find(
      (subject) =>
        subject.firmId === firmId &&
        companyIds.includes(subject.clientId) &&
        subject.resourceType === place.resourceType &&
        subject.resourceId === place.resourceId.toLowerCase() &&
        !subject.isDraft,
    );
    return Promise.resolve(found ?? null);
  }

  holdParent(_firmId: FirmId, { resourceId }: NoteSubject, parentId: string): Promise<string | null> {
    const found = this.notes.find((note) => note.id === parentId.toLowerCase() && note.resourceId === resourceId);
    return Promise.resolve(found?.isClientVisible ? found.id : null);
  }

  add(_firmId: FirmId, note: NewPortalNote): Promise<void> {
    this.added.push(note);
    return Promise.resolve();
  }

  snapshot(): () => void {
    const { length } = this.added;
    return () => this.added.splice(length);
  }
}
