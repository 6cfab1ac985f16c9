import type { PortalNote } from '@portico/domain/portal';
import { instant } from '../../platform/http/json-api.js';
import type { PortalNoteDocument, PortalNoteDto, PortalNoteList } from './portal-note.dto.js';

/** Notes as the Portal API shows them. */
export class PortalNotePresenter {
  list(notes: readonly PortalNote[]): PortalNoteList {
    return { notes: notes.map((note) => this.note(note)) };
  }

  document(note: PortalNote): PortalNoteDocument {
    return { note: this.note(note) };
  }

  private note(note: PortalNote): PortalNoteDto {
    return {
      id: note.id,
      resource_type: note.resourceType,
      resource_id: note.resourceId,
      resource_name: note.resourceName,
      content: note.content,
      parent_id: note.parentId,
      author_id: note.authorId,
      author_name: note.authorName,
      author_picture: null,
      author_type: note.authorType,
      portal_user_id: note.portalUserId,
      created_at: instant(note.createdAt),
      updated_at: instant(note.updatedAt),
    };
  }
}
