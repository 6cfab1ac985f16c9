import type { EntityListItem } from '@portico/domain/directory';
import type { Page } from '@portico/domain/kernel';
import { instant, nextLink } from '../platform/http/json-api.js';
import type { EntityDocument, EntityListDocument, EntityResource } from './entity.dto.js';

/** Entities as JSON:API resources. */
export class EntityPresenter {
  document(entity: EntityListItem): EntityDocument {
    return { data: this.resource(entity) };
  }

  /** `path` is that of the list, such as `/v1/entities`; `links.next` repeats it with `query`. */
  list(page: Page<EntityListItem>, path: string, query: object): EntityListDocument {
    return {
      data: page.items.map((entity) => this.resource(entity)),
      links: { next: nextLink(path, query as Record<string, unknown>, page.next) },
    };
  }

  private resource(entity: EntityListItem): EntityResource {
    return {
      id: entity.id,
      type: 'entities',
      attributes: {
        original_name: entity.originalName,
        display_name: entity.displayName ?? entity.originalName,
        model_type: entity.modelType,
        currency_factor: entity.currencyFactor,
        external_id: entity.externalId,
        created_at: instant(entity.createdAt),
        modified_at: instant(entity.modifiedAt),
      },
      links: { self: `/v1/entities/${entity.id}` },
    };
  }
}
