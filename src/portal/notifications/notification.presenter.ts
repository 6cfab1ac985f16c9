import type { Language } from '@portico/domain/directory';
import {
  type InboxPart,
  kindOf,
  type NotificationItem,
  type Preference,
  preferencesOf,
  type PreferenceSheet,
} from '@portico/domain/notifications';
import { say, textsOf } from '../../notifications/inbox.module.js';
import { instant } from '../../platform/http/json-api.js';
import type { NotificationDto, NotificationList } from './notification.dto.js';
import type { PreferenceDto, PreferenceList } from './preference.dto.js';

/** Where things stand in the portal: those that can be opened one by one, and those that are found in a list. */
const OPENED: Readonly<Record<string, string>> = {
  invoice: 'invoices',
  budget: 'budgets',
  project: 'projects',
  file: 'files',
  task: 'requests',
};
const LISTED: Readonly<Record<string, string>> = {
  publish_call: 'files',
  contract: 'contracts',
  announcement: 'announcements',
  onboarding_milestone: 'onboarding',
};

/** What people were told, as the Portal API shows it. */
export class NotificationPresenter {
  list(items: readonly NotificationItem[], { limit, offset }: InboxPart): NotificationList {
    return { notifications: items.map(notificationDto), limit, offset };
  }

  preferences(sheet: PreferenceSheet): PreferenceList {
    return { preferences: preferencesOf(sheet).map((preference) => preferenceDto(sheet.language, preference)) };
  }
}

function notificationDto(item: NotificationItem): NotificationDto {
  const { title, body } = say(item.language, item);
  return {
    id: item.id,
    type: item.type,
    title,
    body,
    icon: kindOf(item.type)?.icon ?? null,
    resource_type: item.resource?.type ?? null,
    resource_id: item.resource?.id ?? null,
    action_url: placeOf(item.resource),
    actor_id: item.actorId,
    actor_name: item.actorName,
    actor_picture: null,
    is_read: item.readAt !== null,
    read_at: instantOrNull(item.readAt),
    archived: item.archivedAt !== null,
    archived_at: instantOrNull(item.archivedAt),
    created_at: instant(item.createdAt),
  };
}

function preferenceDto(language: Language, preference: Preference): PreferenceDto {
  const { type, own } = preference;
  const texts = textsOf(language, type);
  return {
    notification_type: type,
    category: preference.category,
    label: own?.label ?? texts?.label ?? type,
    description: own ? own.description : (texts?.description ?? null),
    channel_in_app: preference.inApp,
    channel_email: preference.email,
    is_customized: preference.isCustomized,
  };
}

function placeOf(resource: NotificationItem['resource']): string | null {
  if (resource === null) return null;
  const [opened, listed] = [OPENED[resource.type], LISTED[resource.type]];
  if (opened !== undefined) return `/${opened}/${resource.id}`;
  return listed === undefined ? null : `/${listed}`;
}

const instantOrNull = (date: Date | null): string | null => (date === null ? null : instant(date));
