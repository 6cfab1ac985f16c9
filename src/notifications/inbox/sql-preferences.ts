import type { PortalUser } from '@portico/domain/kernel';
import { type Choice, PreferenceQueries, Preferences, type PreferenceSheet } from '@portico/domain/notifications';
import type { Database } from '../../platform/database/database.js';
import { statement } from '../../platform/database/statement.js';
import type { Statements } from '../../platform/database/statements.js';

/** Everything in one row, so that it is of one moment; `values` are the places of the firm, the company, the contact. */
const sheet = ([firm, company, contact]: readonly [string, string, string]): string => `
  select c.language,
    (select coalesce(json_agg(json_build_object('type', t.type, 'category', t.category, 'label', t.label,
        'description', t.description, 'supportsPortal', t.supports_portal, 'defaultInApp', t.default_in_app,
        'defaultEmail', t.default_email) order by t.type), '[]')
      from notification_types t where t.firm_id = c.firm_id) as own,
    (select coalesce(json_agg(json_build_object('type', p.type, 'inApp', p.channel_in_app, 'email', p.channel_email)),
        '[]')
      from notification_preferences p where p.contact_id = c.id) as choices
  from contacts c where c.firm_id = ${firm}::bigint and c.client_id = ${company}::bigint and c.id = ${contact}::bigint`;

const SHEET = statement(sheet(['$1', '$2', '$3']));
const SHEET_WITHIN = sheet(['?', '?', '?']);
const CHOOSE = `
  insert into notification_preferences (firm_id, contact_id, type, channel_in_app, channel_email, changed_at)
  select c.firm_id, c.id, g.type, g."inApp", g.email, ?::timestamptz
  from contacts c, jsonb_to_recordset(?::jsonb) as g (type text, "inApp" boolean, email boolean)
  where c.firm_id = ? and c.client_id = ? and c.id = ?
  order by g.type
  on conflict (contact_id, type) do update set channel_in_app = excluded.channel_in_app,
    channel_email = excluded.channel_email, changed_at = excluded.changed_at`;

const whose = ({ firmId, companyId, contactId }: PortalUser): string[] => [firmId, companyId, contactId];

export class SqlPreferenceQueries extends PreferenceQueries {
  constructor(private readonly database: Database) {
    super();
  }

  async sheet(user: PortalUser): Promise<PreferenceSheet> {
    const [row] = await this.database.query<PreferenceSheet & Record<string, unknown>>(SHEET, whose(user));
    return row ?? GONE;
  }
}

export class SqlPreferences extends Preferences {
  constructor(private readonly statements: Statements) {
    super();
  }

  async sheet(user: PortalUser): Promise<PreferenceSheet> {
    const [row] = await this.statements.run<PreferenceSheet>(SHEET_WITHIN, whose(user));
    return row ?? GONE;
  }

  async choose(user: PortalUser, choices: readonly Choice[], now: Date): Promise<void> {
    await this.statements.run(CHOOSE, [now, JSON.stringify(choices), ...whose(user)]);
  }
}

/** Of a contact who went while the call was on its way. */
const GONE: PreferenceSheet = { language: 'en', own: [], choices: [] };
