import type { FirmId } from '@portico/domain/kernel';
import type { Database } from '../../platform/database/database.js';

/** The fields of one, by the names that the API has for them. */
export type Fields = Readonly<Record<string, unknown>>;

/** What is there under the other system's names, as the running unit of work sees it. */
export class PresentFields {
  constructor(
    private readonly database: Database,
    private readonly firmId: FirmId,
    /** `ImportKind.presentFields` */
    private readonly statement: string,
  ) {}

  async read(externalIds: readonly string[]): Promise<ReadonlyMap<string, Fields>> {
    const rows: { externalId: string; fields: Fields }[] = await this.database.em.execute(this.statement, [
      this.firmId,
      JSON.stringify(externalIds.map((name) => name.trim().normalize('NFC'))),
    ]);
    return new Map(rows.map(({ externalId, fields }) => [externalId, fields]));
  }
}
