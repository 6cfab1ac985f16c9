import { type InboxField, kindOf, type NotificationItem } from '@portico/domain/notifications';
import { say } from '../../notifications/inbox.module.js';
import type { ListPlan } from '../../platform/http/back-office-list.js';
import { instant } from '../../platform/http/json-api.js';
import type { Language } from '../../platform/language/language.js';
import type { StaffNotificationDto } from './notification.dto.js';

/** By what staff filter and sort what they were told: the newest first. */
export const NOTIFICATION_LIST: ListPlan<InboxField> = {
  fields: { createdAt: 'instant', type: 'text', clientId: 'id', unread: 'boolean', archived: 'boolean' },
  defaultSort: 'createdAt',
  defaultOrder: 'desc',
  unsorted: ['type', 'clientId', 'unread', 'archived'],
};

/** A notification as the Back Office shows it, in the language of the call. */
export function notificationDto(language: Language, item: NotificationItem): StaffNotificationDto {
  const { title, body } = say(language, item);
  return {
    id: item.id,
    type: item.type,
    title,
    body,
    icon: kindOf(item.type)?.icon ?? null,
    resourceType: item.resource?.type ?? null,
    resourceId: item.resource?.id ?? null,
    clientId: item.clientId === null ? null : Number(item.clientId),
    clientName: item.clientName,
    actorType: item.actorId === null ? null : item.isByContact ? 'contact' : 'user',
    actorId: item.actorId === null ? null : Number(item.actorId),
    actorName: item.actorName,
    isRead: item.readAt !== null,
    readAt: instantOrNull(item.readAt),
    isArchived: item.archivedAt !== null,
    archivedAt: instantOrNull(item.archivedAt),
    createdAt: instant(item.createdAt),
  };
}

const instantOrNull = (date: Date | null): string | null => (date === null ? null : instant(date));
