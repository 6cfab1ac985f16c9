import { type FirmId, isUuid } from '@portico/domain/kernel';
import type { Database } from '../../platform/database/database.js';
import { statement } from '../../platform/database/statement.js';

/** A client as people are told of it. */
export interface AskingClient {
  readonly clientId: string;
  readonly firmId: FirmId;
  readonly firmName: string;
  /** Null: nobody said. */
  readonly name: string | null;
}

const CLIENT = statement(`
  select c.client_id as "clientId", c.firm_id as "firmId", f.name as "firmName", c.name
  from oauth_clients c join firms f on f.id = c.firm_id where c.client_id = $1 and c.revoked_at is null`);
const WAITING = statement(`
  select u.email from oauth_grants g join users u on u.firm_id = g.firm_id and u.id = g.user_id
  where g.firm_id = $1 and g.client_id = $2 and g.id = $3
    and g.given_at is null and g.revoked_at is null and g.expires_at > now()`);

/** What the pages of sign-in and consent show. */
export class InteractionQueries {
  constructor(private readonly database: Database) {}

  /** The client, unless it is revoked. */
  async client(clientId: string): Promise<AskingClient | null> {
    if (!isUuid(clientId)) return null;
    const [row] = await this.database.query<AskingClient>(CLIENT, [clientId]);
    return row ?? null;
  }

  /** The address of the user who has signed in for `client` and is still to consent to this grant. */
  async waiting({ firmId, clientId }: AskingClient, grantId: string): Promise<string | null> {
    const [row] = await this.database.query<{ email: string }>(WAITING, [firmId, clientId, grantId]);
    return row?.email ?? null;
  }
}
