import { among, slug, table, upTo } from './table.js';

const PAGES = table('pages', {
  client: 'own',
  columns: `
  ${upTo('title', 200)} not null,
  ${upTo('icon', 60)},
  parent_id uuid constraint pages_not_own_parent check (parent_id <> id),
  position integer not null,
  ${among('entity_type', ['company', 'project'])} not null,
  entity_id text not null,
  project_id uuid generated always as (case when entity_type = 'project' then entity_id::uuid end) stored,
  content text,
  content_rich jsonb,
  cover_image text,
  is_archived boolean not null,
  full_width boolean not null,
  small_text boolean not null,
  lock_page boolean not null,
  toc boolean not null,
  ${slug('text_style')},
  is_published boolean not null,
  published_at timestamptz(3),
  created_by bigint,
  updated_by bigint,
  constraint pages_entity check (entity_type <> 'company' or entity_id = client_id::text)`,
  references: { created_by: 'users', updated_by: 'users' },
  ofSameClient: { parent_id: 'pages', project_id: 'projects' },
  listed: ['title', 'position', 'entity_id'],
});

/** A note holds what it is about; an answer is about the same. */
const NOTES = table('notes', {
  client: 'own',
  columns: `
  ${among('resource_type', ['project', 'deal', 'budget', 'invoice'])} not null,
  resource_id uuid not null,
  project_id uuid generated always as (case when resource_type = 'project' then resource_id end) stored,
  deal_id uuid generated always as (case when resource_type = 'deal' then resource_id end) stored,
  budget_id uuid generated always as (case when resource_type = 'budget' then resource_id end) stored,
  invoice_id uuid generated always as (case when resource_type = 'invoice' then resource_id end) stored,
  content text not null,
  parent_id uuid constraint notes_not_own_parent check (parent_id <> id),
  is_client_visible boolean not null,
  author_id bigint,
  ${upTo('author_name', 160)},
  portal_user_id bigint,
  unique (firm_id, resource_id, id),
  constraint notes_same_resource foreign key (firm_id, resource_id, parent_id)
    references notes (firm_id, resource_id, id)`,
  references: { author_id: 'users', portal_user_id: 'contacts' },
  ofSameClient: {
    project_id: 'projects',
    deal_id: 'deals',
    budget_id: 'budgets',
    invoice_id: 'invoices',
    parent_id: 'notes',
  },
  listed: ['resource_type'],
});

const ANNOUNCEMENTS = table('announcements', {
  client: 'none',
  columns: `
  ${upTo('title', 200)} not null,
  content text not null,
  ${among('category', ['process', 'team', 'client', 'company'])} not null,
  attachment_url text,
  ${upTo('attachment_name', 255)},
  author_id bigint`,
  references: { author_id: 'users' },
  listed: ['category'],
});

const QBRS = table('qbrs', {
  client: 'own',
  columns: `
  ${upTo('title', 200)} not null,
  quarter text check (quarter ~ '^[0-9]{4}-Q[1-4]$'),
  qbr_date date,
  ${among('status', ['draft', 'scheduled', 'presented'])} not null,
  attendees jsonb not null check (jsonb_typeof(attendees) = 'array'),
  summary text,
  outcomes text,
  portal_visibility jsonb,
  presented_at timestamptz(3),
  next_qbr_date date`,
  listed: ['qbr_date', 'status'],
});

const QBR_SECTIONS = table('qbr_sections', {
  client: 'ofOwner',
  columns: `
  qbr_id uuid not null,
  ${slug('key')} not null,
  ${upTo('title', 200)} not null,
  content text,
  is_internal boolean not null,
  position integer not null`,
  owner: ['qbr_id', 'qbrs'],
  unique: { key: 'qbr_id, key' },
});

/** A page that is published keeps since when; a page that is not, since never. */
const PUBLISHED_SINCE = `
create function keep_published_at() returns trigger language plpgsql as $$
begin
  if not new.is_published then
    new.published_at := null;
  elsif new.published_at is null then
    new.published_at := new.updated_at;
  end if;
  return new;
end $$;
create trigger keep_published_at before insert or update on pages for each row execute function keep_published_at();
`;

/** A page is about its client unless something else is said. */
const PAGE_OF_CLIENT = `
create function fill_page_entity() returns trigger language plpgsql as $$
begin
  if new.entity_type = 'company' then
    new.entity_id := new.client_id::text;
  end if;
  return new;
end $$;
create trigger fill_entity before insert or update of client_id, entity_type, entity_id on pages
  for each row execute function fill_page_entity();
`;

/** Pages, notes, announcements, reviews. */
export const CONTENT_TABLES = [PAGES, NOTES, ANNOUNCEMENTS, QBRS, QBR_SECTIONS, PUBLISHED_SINCE, PAGE_OF_CLIENT];
