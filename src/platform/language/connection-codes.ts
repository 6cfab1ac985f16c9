import type { CodeTexts } from './language.js';

/** What the routes of connections to platforms may answer. */
export const CONNECTION_CODES = {
  connection_not_found: {
    status: 404,
    en: 'There is no connection with this id',
    ja: 'この ID の接続はありません',
    de: 'Es gibt keine Verbindung mit dieser Id',
    fr: 'Il n’y a pas de connexion avec cet identifiant',
    es: 'No hay ninguna conexión con este identificador',
  },
  connection_test_failed: {
    status: 400,
    field: 'credentials',
    en: 'The connection to Meta Ads could not be made: Invalid OAuth access token.',
    ja: 'プラットフォームに接続できませんでした',
    de: 'Die Verbindung zur Plattform kam nicht zustande',
    fr: 'La connexion à la plateforme n’a pas pu être établie',
    es: 'No se ha podido conectar con la plataforma',
  },
  platform_already_connected: {
    status: 409,
    en: 'This account of Meta Ads is connected already',
    ja: 'このアカウントは既に接続されています',
    de: 'Dieses Konto ist schon verbunden',
    fr: 'Ce compte est déjà connecté',
    es: 'Esta cuenta ya está conectada',
  },
} as const satisfies Readonly<Record<string, CodeTexts>>;
