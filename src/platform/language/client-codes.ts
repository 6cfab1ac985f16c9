import type { CodeTexts } from './language.js';

/** What the routes of clients may answer. */
export const CLIENT_CODES = {
  client_not_found: {
    status: 404,
    en: 'There is no client with this id',
    ja: 'この ID のクライアントはありません',
    de: 'Es gibt keinen Kunden mit dieser Id',
    fr: 'Il n’y a pas de client avec cet identifiant',
    es: 'No hay ningún cliente con este identificador',
  },
  client_external_id_taken: {
    status: 409,
    field: 'externalId',
    en: 'Another client has this external id already',
    ja: 'この外部 ID は別のクライアントが使用しています',
    de: 'Ein anderer Kunde hat diese externe Id schon',
    fr: 'Un autre client a déjà cet identifiant externe',
    es: 'Otro cliente ya tiene este identificador externo',
  },
  unknown_client: {
    status: 400,
    field: 'clientId',
    en: 'The firm has no such client',
    ja: 'このクライアントは存在しません',
    de: 'Die Firma hat keinen solchen Kunden',
    fr: 'La société n’a pas de tel client',
    es: 'La empresa no tiene ese cliente',
  },
  unknown_user: {
    status: 400,
    field: 'deliveryManagerId',
    en: 'The firm has no such user',
    ja: 'このユーザーは存在しません',
    de: 'Die Firma hat keinen solchen Benutzer',
    fr: 'La société n’a pas de tel utilisateur',
    es: 'La empresa no tiene ese usuario',
  },
  invalid_parent: {
    status: 400,
    field: 'parentClientId',
    en: 'The client above must be another one, with no client above it',
    ja: '親クライアントには、親を持たない別のクライアントを指定してください',
    de: 'Der übergeordnete Kunde muss ein anderer sein und selbst keinen übergeordneten haben',
    fr: 'Le client parent doit être un autre client, lui-même sans parent',
    es: 'El cliente superior debe ser otro y no tener a su vez un cliente superior',
  },
  client_has_children: {
    status: 409,
    field: 'parentClientId',
    en: 'The client has clients below it; move these first',
    ja: 'このクライアントには子クライアントがあります。先にそれらを移動してください',
    de: 'Der Kunde hat untergeordnete Kunden; verschieben Sie diese zuerst',
    fr: 'Le client a des clients sous lui ; déplacez-les d’abord',
    es: 'El cliente tiene clientes por debajo; muévalos primero',
  },
} as const satisfies Readonly<Record<string, CodeTexts>>;
