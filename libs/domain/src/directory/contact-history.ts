import type { ContactProfile, ProfileField } from './contact-profile.js';

/** What decides about access and publishing: of these the history keeps the values. */
const TOLD: ReadonlySet<string> = new Set<ProfileField>([
  ...(['externalUserId', 'loginEmail', 'portalRole', 'publishFiles', 'notifyByEmail'] as const),
  ...(['isExemptFromTwoFactorRequirement', 'timeZone', 'language'] as const),
]);

/**
 * How the history tells which fields changed. It is kept for ever, so of what is merely personal it knows that it
 * changed, and nothing more.
 */
export function toldChanges(
  fields: readonly ProfileField[],
  before: ContactProfile,
  after: ContactProfile,
): Record<string, unknown> {
  const told = (field: ProfileField) => (TOLD.has(field) ? { from: before[field], to: after[field] } : 'changed');
  return Object.fromEntries(fields.map((field) => [field, told(field)]));
}
