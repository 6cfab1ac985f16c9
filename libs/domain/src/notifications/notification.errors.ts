import { DomainError } from '../kernel/index.js';

/** The refusals about notifications. */
export const notificationErrors = {
  notFound: (id: string) =>
    new DomainError('not_found', 'notification_not_found', `There is no notification ${id} for you`),
  unknownType: (type: string, at: number) =>
    new DomainError('invalid', 'unknown_notification_type', `There is no type "${type}" of which clients are told`, {
      pointer: `/preferences/${at}/notification_type`,
    }),
  givenTwice: (type: string, at: number) =>
    new DomainError('invalid', 'repeated_notification_type', `The type "${type}" is given twice`, {
      pointer: `/preferences/${at}/notification_type`,
    }),
  critical: (type: string, at: number) =>
    new DomainError('invalid', 'critical_notification_type', `The type "${type}" can not be turned off`, {
      pointer: `/preferences/${at}`,
    }),
};
