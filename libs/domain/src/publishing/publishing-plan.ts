import type { ContactId, FileId } from '../kernel/index.js';
import {
  type Affiliated,
  type AudienceMember,
  candidatesOf,
  type PublishableFile,
  type PublishingRule,
} from './audience.js';
import type { PublishingScope } from './publishing-scope.js';

/** What becomes of a file and a contact whom it concerns. */
export type Outcome = 'published' | 'already_published' | 'failed' | 'skipped';

/** Why a contact is not told, or that they are. */
export type Telling =
  | 'told'
  | 'already_told'
  | 'not_published'
  | 'do_not_notify'
  /** The contact's own preference is off. */
  | 'contact_preference';

export interface Decision {
  readonly contactId: ContactId;
  readonly outcome: Outcome;
  /** Through what the file reaches the contact; of a skipped one, through what it would. */
  readonly rule: PublishingRule;
  /** What kept it from them. */
  readonly because: 'no_portal_access' | 'contact_preference' | 'do_not_publish' | null;
  readonly telling: Telling;
}

/** What a call will do with one file. Contacts are in ascending order of their ids. */
export interface FilePlan {
  readonly file: PublishableFile;
  readonly decisions: readonly Decision[];
}

/** What stands already: whether a file is published to a contact, and whether a mail told them of it. */
export interface Standing {
  /** Null: not published; else whether a mail that tells of it is queued or sent. */
  of(fileId: FileId, contactId: ContactId): { readonly isTold: boolean } | null;
}

export interface PlanInput {
  readonly files: readonly PublishableFile[];
  readonly affiliated: Affiliated;
  readonly overrides: ReadonlySet<ContactId>;
  readonly scope: PublishingScope;
  readonly standing: Standing;
}

/** Decides for each file and each contact whom it concerns (contract, section 5). */
export function planOf(input: PlanInput): FilePlan[] {
  return input.files.map((file) => ({ file, decisions: decisionsOn(file, input) }));
}

function decisionsOn(file: PublishableFile, input: PlanInput): Decision[] {
  const candidates = candidatesOf(file, input.affiliated);
  const ids = [...new Set([...candidates.keys(), ...input.overrides])].sort(ascending);
  return ids.flatMap((id) => {
    const member = input.affiliated.members.get(id);
    return member ? [decisionOn(file, member, candidates.get(id) ?? null, input)] : [];
  });
}

function decisionOn(
  file: PublishableFile,
  member: AudienceMember,
  candidacy: PublishingRule | null,
  { overrides, scope, standing }: PlanInput,
): Decision {
  const { contactId } = member;
  const isOverride = overrides.has(contactId);
  const kept = keptBack(member, scope);
  const rule = candidacy && (kept === null || !isOverride) ? candidacy : ({ kind: 'override' } as const);
  const decision = { contactId, rule, because: null, telling: 'not_published' } as const;
  if (kept !== null && !isOverride) return { ...decision, outcome: 'skipped', because: kept };
  if (!member.hasPortalAccess) return { ...decision, outcome: 'failed', because: 'no_portal_access' };
  const stands = standing.of(file.id, contactId);
  const telling = stands?.isTold ? tellingOf(member, scope, 'already_told') : tellingOf(member, scope, 'told');
  return { ...decision, outcome: stands ? 'already_published' : 'published', telling };
}

/** What keeps files from a candidate under this scope; an override does without it. */
function keptBack(member: AudienceMember, { portalPublishing }: PublishingScope): Decision['because'] {
  if (portalPublishing === 'do_not_publish') return 'do_not_publish';
  return portalPublishing === 'use_contact_preference' && !member.publishFiles ? 'contact_preference' : null;
}

function tellingOf(
  member: AudienceMember,
  { contactNotification }: PublishingScope,
  wanted: 'told' | 'already_told',
): Telling {
  if (contactNotification === 'do_not_notify') return 'do_not_notify';
  if (contactNotification === 'use_contact_preference' && !member.notifyByEmail) return 'contact_preference';
  return wanted;
}

function ascending(one: string, other: string): number {
  return one.length - other.length || (one < other ? -1 : 1);
}
