import type { Page } from '@portico/domain/kernel';
import { isRead, type PortalFile } from '@portico/domain/portal';
import { instant, instantOrNull } from '../../platform/http/json-api.js';
import type { PortalFileDocument, PortalFileDto, PortalFileList } from './portal-file.dto.js';

/** Published files as the Portal API shows them. */
export class PortalFilePresenter {
  document(file: PortalFile): PortalFileDocument {
    return { file: this.file(file) };
  }

  list({ items, next }: Page<PortalFile>): PortalFileList {
    return { files: items.map((file) => this.file(file)), next };
  }

  private file(file: PortalFile): PortalFileDto {
    return {
      id: file.id,
      name: file.name,
      content_type: file.contentType,
      bytes: file.bytes,
      sha256: file.sha256,
      published_at: instant(file.publishedAt),
      published_by: file.publishedBy,
      is_read: isRead(file),
      viewed_at: instantOrNull(file.viewedAt),
      downloaded_at: instantOrNull(file.downloadedAt),
      acknowledged_at: instantOrNull(file.acknowledgedAt),
    };
  }
}
