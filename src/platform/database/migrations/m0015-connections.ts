import { Migration } from '@mikro-orm/migrations';

/** The connections of clients to platforms, the keys that seal what opens them, and whose figures are whose. */
export class M0015Connections extends Migration {
  override up(): void {
    for (const sql of [KEYS, CONNECTIONS, FIGURES]) this.addSql(sql);
  }
}

/** Each key is sealed itself, with one that is derived from `SECRET_KEY`. */
const KEYS = `
create table sealing_keys (
  version integer primary key check (version > 0),
  sealed bytea not null,
  created_at timestamptz(3) not null
);
`;

/** Who ends a connection wipes its credentials; a key with which some are sealed can not go. */
const CONNECTIONS = `
create table platform_connections (
  id uuid primary key,
  firm_id bigint not null,
  client_id bigint not null,
  platform text not null check (platform in ('shopify', 'google_ads', 'meta_ads', 'ga4', 'tiktok_ads')),
  source text not null check (source in ('client', 'agency')),
  display_name text not null check (char_length(display_name) between 1 and 120),
  account_id text not null check (char_length(account_id) between 1 and 120),
  store_url text check (char_length(store_url) between 1 and 255),
  scopes text[],
  token_expires_at timestamptz(3),
  status text not null check (status in ('connected', 'disconnected', 'error')),
  sealed bytea,
  key_version integer references sealing_keys (version),
  connected_at timestamptz(3) not null,
  last_synced_at timestamptz(3),
  last_sync_error text check (char_length(last_sync_error) <= 500),
  synced_through date,
  sync_state text not null check (sync_state in ('idle', 'queued', 'running')),
  sync_id uuid,
  sync_run uuid,
  sync_starts integer not null,
  sync_until timestamptz(3),
  sync_days_done integer not null,
  sync_days_total integer,
  removed_at timestamptz(3),
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  version integer not null default 1,
  unique (firm_id, id),
  constraint platform_connections_client foreign key (firm_id, client_id) references clients (firm_id, id),
  constraint platform_connections_sealed check (num_nonnulls(sealed, key_version) in (0, 2)),
  constraint platform_connections_wiped check ((removed_at is null) = (sealed is not null)),
  constraint platform_connections_ended check ((removed_at is null) = (status <> 'disconnected')),
  constraint platform_connections_synced check (
    (sync_state = 'idle') = (sync_id is null) and (sync_state = 'idle') = (sync_until is null)
    and (sync_state = 'running') = (sync_run is not null))
);
create unique index platform_connections_account on platform_connections (client_id, platform, account_id)
  where removed_at is null;
create index platform_connections_of_client on platform_connections (firm_id, client_id, id) where removed_at is null;
create index platform_connections_of_key on platform_connections (key_version, id) where key_version is not null;
create index platform_connections_listed on platform_connections (firm_id, created_at, id) where removed_at is null;
create index platform_connections_past on platform_connections (client_id, platform, account_id)
  where removed_at is not null;
`;

/**
 * Of which connection figures are; null for those that were entered by hand. Two accounts of one platform may each have
 * the same metric on the same day.
 */
const FIGURES = `
alter table campaign_days
  add column connection_id uuid,
  add constraint campaign_days_connection foreign key (firm_id, connection_id)
    references platform_connections (firm_id, id);
alter table metric_points
  add column connection_id uuid,
  add constraint metric_points_connection foreign key (firm_id, connection_id)
    references platform_connections (firm_id, id),
  drop constraint metric_points_day_key,
  add constraint metric_points_day_key unique nulls not distinct (client_id, date, metric_key, platform, connection_id)
    deferrable initially immediate;
`;
