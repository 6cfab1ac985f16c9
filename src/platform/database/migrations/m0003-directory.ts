import { Migration } from '@mikro-orm/migrations';

/** Entities and groups are changed and deleted: what may stand in them, and what goes with them. */
export class M0003Directory extends Migration {
  override up(): void {
    for (const sql of [TEXTS, REFERENCES, INDEXES]) this.addSql(sql);
  }
}

const TEXTS = `
alter table entities
  add constraint entities_original_name_check check (char_length(original_name) between 1 and 255),
  add constraint entities_display_name_check check (char_length(display_name) between 1 and 255),
  add constraint entities_model_type_check check (model_type collate "C" ~ '^[A-Z][A-Z0-9_]{0,63}$'),
  add constraint entities_currency_factor_check check (char_length(currency_factor) between 1 and 16),
  add constraint entities_external_id_check check (char_length(external_id) between 1 and 255);
alter table groups
  add constraint groups_name_check check (char_length(name) between 1 and 255);
`;

/** What files stand in the way of; memberships and permissions do not. */
const REFERENCES = [
  ['group_members', 'group_id', 'groups'],
  ['group_members', 'entity_id', 'entities'],
  ['user_entities', 'entity_id', 'entities'],
  ['user_groups', 'group_id', 'groups'],
]
  .map(
    ([table, column, target]) => `
alter table ${table}
  drop constraint ${table}_firm_id_${column}_fkey,
  add constraint ${table}_firm_id_${column}_fkey
    foreign key (firm_id, ${column}) references ${target} (firm_id, id) on delete cascade;`,
  )
  .join('\n');

const INDEXES = `
create index entities_by_model_type on entities (firm_id, model_type, id);
`;
