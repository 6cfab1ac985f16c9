import type { PortalQbr } from '@portico/domain/portal';
import { instant, instantOrNull } from '../../platform/http/json-api.js';
import type { QbrDto, QbrList } from './qbr.dto.js';

/** Reviews as the Portal API shows them. */
export class QbrPresenter {
  list(qbrs: readonly PortalQbr[]): QbrList {
    return { qbrs: qbrs.map((qbr) => this.qbr(qbr)) };
  }

  private qbr(qbr: PortalQbr): QbrDto {
    return {
      id: qbr.id,
      company_id: qbr.companyId,
      title: qbr.title,
      quarter: qbr.quarter,
      qbr_date: qbr.qbrDate,
      status: qbr.status,
      attendees: [...qbr.attendees],
      summary: qbr.summary,
      outcomes: qbr.outcomes,
      sections: qbr.sections.map(({ key, title, content, position }) => ({ key, title, content, position })),
      presented_at: instantOrNull(qbr.presentedAt),
      next_qbr_date: qbr.nextQbrDate,
      created_at: instant(qbr.createdAt),
      updated_at: instant(qbr.updatedAt),
    };
  }
}
