import type { Language } from '../directory/index.js';
import type { PortalUser } from '../kernel/index.js';
import { type Channels, channelsOf, type FirmType, NOTIFICATION_KINDS, settingsOf } from './notification-types.js';

/** What a contact has chosen for a type. */
export interface Choice extends Channels {
  readonly type: string;
}

/** What the preferences of a contact are made of. */
export interface PreferenceSheet {
  readonly language: Language;
  /** What the firm says of types, in the order of their names. */
  readonly own: readonly FirmType[];
  readonly choices: readonly Choice[];
}

/** How a contact is told of a type. */
export interface Preference extends Channels {
  readonly type: string;
  readonly category: string;
  /** What the firm says of it; null where nothing but what is built in holds. */
  readonly own: Pick<FirmType, 'label' | 'description'> | null;
  readonly isCritical: boolean;
  /** Whether the contact has chosen it. */
  readonly isCustomized: boolean;
}

/** All types of which the firm tells clients, what is built in first: the contact's choices laid over the defaults. */
export function preferencesOf({ own, choices }: Pick<PreferenceSheet, 'own' | 'choices'>): Preference[] {
  const ownOf = new Map(own.map((row) => [row.type, row]));
  const chosen = new Map(choices.map((choice) => [choice.type, choice]));
  const types = new Set([...Object.keys(NOTIFICATION_KINDS), ...ownOf.keys()]);
  return [...types].flatMap((type) => {
    const said = ownOf.get(type) ?? null;
    const settings = settingsOf(type, said);
    if (!settings.isForClients) return [];
    const choice = settings.isCritical ? null : (chosen.get(type) ?? null);
    const { inApp, email } = channelsOf(settings, choice);
    const category = said?.category ?? NOTIFICATION_KINDS[type as keyof typeof NOTIFICATION_KINDS].category;
    return [
      { type, category, own: said, isCritical: settings.isCritical, isCustomized: choice !== null, inApp, email },
    ];
  });
}

/** How contacts want to be told, as it is shown. */
export abstract class PreferenceQueries {
  abstract sheet(user: PortalUser): Promise<PreferenceSheet>;
}

/** The same for what changes it, in the running unit of work; each method is one statement. */
export abstract class Preferences {
  abstract sheet(user: PortalUser): Promise<PreferenceSheet>;

  /** Keeps these choices; others stay as they are. */
  abstract choose(user: PortalUser, choices: readonly Choice[], now: Date): Promise<void>;
}
