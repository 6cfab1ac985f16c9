import { CONTACT_NOTIFICATIONS, type ContactNotificationType, type StaffNotificationType } from './notifier.js';

export type NotificationType = ContactNotificationType | StaffNotificationType;

/** What is fixed of a type, and what holds of it unless a firm or a person chooses otherwise. */
export interface NotificationKind {
  /** For programs: under which heading it stands. */
  readonly category: string;
  /** For programs: the sign beside it. */
  readonly icon: string;
  readonly inApp: boolean;
  readonly email: boolean;
  /** It asks for something that can't wait: whoever is told of it can't mute it. */
  readonly isCritical?: boolean;
  /** Whoever raises it sends a mail of its own. */
  readonly hasOwnMail?: boolean;
}

export const NOTIFICATION_KINDS: Readonly<Record<NotificationType, NotificationKind>> = {
  invoice_issued: { category: 'finance', icon: 'receipt', inApp: true, email: true },
  budget_to_approve: { category: 'finance', icon: 'wallet', inApp: true, email: true },
  note_added: { category: 'conversations', icon: 'message', inApp: true, email: true },
  request_changed: { category: 'conversations', icon: 'refresh', inApp: true, email: true },
  milestone_reached: { category: 'projects', icon: 'flag', inApp: true, email: false },
  announcement: { category: 'news', icon: 'megaphone', inApp: true, email: false },
  file_published: { category: 'documents', icon: 'file', inApp: true, email: true, hasOwnMail: true },
  contract_to_sign: { category: 'documents', icon: 'signature', inApp: true, email: true, isCritical: true },
  request_received: { category: 'conversations', icon: 'inbox', inApp: true, email: true },
  note_received: { category: 'conversations', icon: 'message', inApp: true, email: true },
  document_received: { category: 'documents', icon: 'file', inApp: true, email: true },
  budget_approved: { category: 'finance', icon: 'check', inApp: true, email: true },
  connection_made: { category: 'projects', icon: 'plug', inApp: true, email: false },
  questionnaire_completed: { category: 'projects', icon: 'clipboard', inApp: true, email: true },
};

/** What a firm says of a type: of one that is built in, or of one of its own. */
export interface FirmType {
  readonly type: string;
  readonly category: string;
  readonly label: string;
  readonly description: string | null;
  /** Whether clients are told of it. */
  readonly supportsPortal: boolean;
  readonly defaultInApp: boolean;
  readonly defaultEmail: boolean;
}

/** How somebody is told. */
export interface Channels {
  readonly inApp: boolean;
  readonly email: boolean;
}

/** What holds of a type in a firm. */
export interface TypeSettings {
  /** Whether clients are told of it at all. */
  readonly isForClients: boolean;
  readonly isCritical: boolean;
  readonly defaults: Channels;
}

const FOR_CLIENTS: ReadonlySet<string> = new Set(CONTACT_NOTIFICATIONS);

/** The kind of a type that is built in; null of one that is a firm's own. */
export function kindOf(type: string): NotificationKind | null {
  return Object.hasOwn(NOTIFICATION_KINDS, type) ? NOTIFICATION_KINDS[type as NotificationType] : null;
}

/**
 * What holds of a type in a firm that says `own` of it, or with null nothing. The firm decides whether clients are told;
 * that what is critical is told in every way is not for it to change. What is for staff is never for clients.
 */
export function settingsOf(
  type: string,
  own: Omit<FirmType, 'category' | 'label' | 'description'> | null,
): TypeSettings {
  const kind = kindOf(type);
  const isCritical = kind?.isCritical ?? false;
  const isForStaff = kind !== null && !FOR_CLIENTS.has(type);
  return {
    isForClients: !isForStaff && (own?.supportsPortal ?? kind !== null),
    isCritical,
    defaults: {
      inApp: isCritical || (own?.defaultInApp ?? kind?.inApp ?? true),
      email: isCritical || (own?.defaultEmail ?? kind?.email ?? false),
    },
  };
}

/** How a person who prefers `preferred`, or with null has chosen nothing, is told of it. */
export function channelsOf({ isCritical, defaults }: TypeSettings, preferred: Partial<Channels> | null): Channels {
  return isCritical ? defaults : { ...defaults, ...preferred };
}
