import type { ClientId, FirmId } from '../../kernel/index.js';
import type { ListWindow } from '../projects/project-queries.js';
import type { PortalInvoice, PortalInvoiceDetails } from './portal-invoice.js';

/** Reads about the invoices of companies. A draft, and what is of another company or firm, is not there. */
export abstract class PortalInvoiceQueries {
  /** Those that were issued last first. One statement. */
  abstract list(firmId: FirmId, companyIds: readonly ClientId[], window: ListWindow): Promise<readonly PortalInvoice[]>;

  /** One statement. */
  abstract find(firmId: FirmId, companyIds: readonly ClientId[], id: string): Promise<PortalInvoiceDetails | null>;
}
