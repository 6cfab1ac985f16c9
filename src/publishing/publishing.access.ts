/** Publishing files, and taking them back (seed 000, "Application permissions required"; contract, section 2). */
export const PUBLISH = {
  scopes: ['FILES_WRITE', 'PUBLISH_FILE'],
  permissions: ['files_edit', 'portal_share_files'],
} as const;

/** Reading what came of it. */
export const READ_RESULTS = { scopes: ['PUBLISH_FILE'], permissions: ['files_view', 'portal_share_files'] } as const;
