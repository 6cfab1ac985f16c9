import type { PortalPage, PortalPageDetails } from '@portico/domain/portal';
import { instant, instantOrNull } from '../../platform/http/json-api.js';
import type { PortalPageDocument, PortalPageDto, PortalPageList } from './portal-page.dto.js';

/** Pages as the Portal API shows them. */
export class PortalPagePresenter {
  list(pages: readonly PortalPage[]): PortalPageList {
    return { pages: pages.map((page) => this.page(page)) };
  }

  document(page: PortalPageDetails): PortalPageDocument {
    return {
      page: {
        ...this.page(page),
        content: page.content,
        content_rich: page.contentRich,
        cover_image: page.coverImage,
        full_width: page.fullWidth,
        small_text: page.smallText,
        toc: page.toc,
        text_style: page.textStyle,
      },
    };
  }

  private page(page: PortalPage): PortalPageDto {
    return {
      id: page.id,
      title: page.title,
      icon: page.icon,
      parent_id: page.parentId,
      position: page.position,
      entity_type: page.entityType,
      entity_id: page.entityId,
      created_by_name: page.createdByName,
      updated_by_name: page.updatedByName,
      children_count: page.childrenCount,
      published_at: instantOrNull(page.publishedAt),
      created_at: instant(page.createdAt),
      updated_at: instant(page.updatedAt),
    };
  }
}
