/** What a user may do (contract, section 2). `firm_admin` holds all of them, and all data. */
export const PERMISSIONS = [
  'api_access',
  'files_view',
  'files_edit',
  'portal_share_files',
  'contacts_manage',
  'groups_manage',
  'entities_manage',
  'users_manage',
  'back_office',
  'firm_admin',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

/** What an OAuth token may be used for. */
export const SCOPES = [
  'FILES',
  'FILES_WRITE',
  'PUBLISH_FILE',
  'ENTITIES',
  'ENTITIES_WRITE',
  'GROUPS',
  'GROUPS_WRITE',
  'USERS',
  'USERS_WRITE',
  'PORTAL',
] as const;
export type Scope = (typeof SCOPES)[number];

/** Other spellings that the public documentation uses for the same scope. */
export const SCOPE_ALIASES: Readonly<Record<string, Scope>> = { FILE_WRITE: 'FILES_WRITE', USERS_READ: 'USERS' };

/** The scope that `name` means, or null when there is none. */
export function scopeNamed(name: string): Scope | null {
  const scope = SCOPE_ALIASES[name] ?? name;
  return (SCOPES as readonly string[]).includes(scope) ? (scope as Scope) : null;
}

/** The given scopes and what they include: a `_WRITE` scope includes its read. */
export function effectiveScopes(names: Iterable<string>): ReadonlySet<Scope> {
  const all = new Set<Scope>();
  for (const name of names) {
    const scope = scopeNamed(name);
    if (!scope) continue;
    all.add(scope);
    if (scope.endsWith('_WRITE')) all.add(scope.slice(0, -'_WRITE'.length) as Scope);
  }
  return all;
}

/** The given permissions and what they include: `files_edit` includes view, `firm_admin` includes all. */
export function effectivePermissions(permissions: Iterable<Permission>): ReadonlySet<Permission> {
  const all = new Set(permissions);
  if (all.has('firm_admin')) return new Set(PERMISSIONS);
  if (all.has('files_edit')) all.add('files_view');
  return all;
}
