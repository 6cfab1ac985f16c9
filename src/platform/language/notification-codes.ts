import type { CodeTexts } from './language.js';

/** What the routes of notifications may answer. */
export const NOTIFICATION_CODES = {
  notification_not_found: {
    status: 404,
    en: 'There is no notification with this id for you',
    ja: 'この ID のお知らせはありません',
    de: 'Es gibt keine Benachrichtigung mit dieser Id für Sie',
    fr: 'Il n’y a pas de notification avec cet identifiant pour vous',
    es: 'No hay ninguna notificación con este identificador para usted',
  },
} as const satisfies Readonly<Record<string, CodeTexts>>;
