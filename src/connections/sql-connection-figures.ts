import { ConnectionFigures, type Connection, type DayFigures } from '@portico/domain/connections';
import type { Clock, Random } from '@portico/domain/kernel';
import type { Statements } from '../platform/database/statements.js';

/** Whose rows give way: of the connection, of those to the account that have ended, and what was entered by hand. */
const REMOVE = (table: string) => `
  delete from ${table} t
  where t.firm_id = ?::bigint and t.client_id = ?::bigint and t.platform = ? and t.date = any (?::date[])
    and (t.connection_id is null or t.connection_id = ?::uuid or t.connection_id in (
      select past.id from platform_connections past
      where past.firm_id = t.firm_id and past.client_id = t.client_id and past.platform = t.platform
        and past.account_id = ? and past.removed_at is not null))`;

const ADD_CAMPAIGNS = `
  insert into campaign_days (id, firm_id, client_id, connection_id, platform, campaign_id, campaign_name, date, status,
    currency, spend, impressions, clicks, conversions, conversion_value, reach, created_at, updated_at)
  select r.id, ?::bigint, ?::bigint, ?::uuid, ?::text, r."campaignId", r."campaignName", r.date, r.status, r.currency,
    r.spend, r.impressions, r.clicks, r.conversions, r."conversionValue", r.reach, ?::timestamptz, ?::timestamptz
  from jsonb_to_recordset(?::jsonb) r (id uuid, "campaignId" text, "campaignName" text, date date, status text,
    currency text, spend numeric, impressions bigint, clicks bigint, conversions numeric, "conversionValue" numeric,
    reach bigint)`;

const ADD_METRICS = `
  insert into metric_points (id, firm_id, client_id, connection_id, platform, metric_key, metric_label, unit, date,
    value, created_at, updated_at)
  select r.id, ?::bigint, ?::bigint, ?::uuid, ?::text, r.key, r.label, r.unit, r.date, r.value, ?::timestamptz,
    ?::timestamptz
  from jsonb_to_recordset(?::jsonb) r (id uuid, key text, label text, unit text, date date, value numeric)`;

export class SqlConnectionFigures extends ConnectionFigures {
  constructor(
    private readonly statements: Statements,
    private readonly random: Random,
    private readonly clock: Clock,
  ) {
    super();
  }

  async replace(
    connection: Pick<Connection, 'firmId' | 'clientId' | 'id' | 'platform' | 'accountId'>,
    days: readonly DayFigures[],
  ): Promise<void> {
    const { firmId, clientId, id, platform, accountId } = connection;
    const dates = days.map(({ date }) => date);
    for (const table of ['campaign_days', 'metric_points'])
      await this.statements.run(REMOVE(table), [firmId, clientId, platform, dates, id, accountId]);
    const now = this.clock.now();
    const whose = [firmId, clientId, id, platform, now, now];
    const identified = <T extends object>(row: T) => ({ ...row, id: this.random.uuid() });
    const campaigns = days.flatMap(({ date, currency, campaigns: rows }) =>
      rows.map((row) => identified({ ...row, date, currency })),
    );
    await this.statements.run(ADD_CAMPAIGNS, [...whose, JSON.stringify(campaigns)]);
    const metrics = days.flatMap(({ date, metrics: rows }) => rows.map((row) => identified({ ...row, date })));
    await this.statements.run(ADD_METRICS, [...whose, JSON.stringify(metrics)]);
  }
}
