import type { CodeTexts } from './language.js';

/** What the resources of the Back Office that are served by their declarations may answer. */
export const RESOURCE_CODES = {
  resource_not_found: {
    status: 404,
    en: 'There is nothing of this kind with this id',
    ja: 'この ID のデータはありません',
    de: 'Mit dieser Id gibt es nichts dieser Art',
    fr: 'Il n’y a rien de ce genre avec cet identifiant',
    es: 'No hay nada de este tipo con este identificador',
  },
  external_id_taken: {
    status: 409,
    field: 'externalId',
    en: 'Another one has this external id already',
    ja: 'この外部 ID は既に使用されています',
    de: 'Diese externe Id ist schon vergeben',
    fr: 'Cet identifiant externe est déjà utilisé',
    es: 'Este identificador externo ya está en uso',
  },
  already_exists: {
    status: 409,
    en: 'There is one like it already',
    ja: '同じものが既にあります',
    de: 'Es gibt schon eines wie dieses',
    fr: 'Il en existe déjà un semblable',
    es: 'Ya existe uno igual',
  },
  in_use: {
    status: 409,
    en: 'Others refer to it, so it can not go or change its client',
    ja: '他から参照されているため、削除もクライアントの変更もできません',
    de: 'Anderes verweist darauf; es kann weder entfernt werden noch den Kunden wechseln',
    fr: 'D’autres éléments y renvoient ; il ne peut ni être supprimé ni changer de client',
    es: 'Otros elementos lo mencionan; no se puede eliminar ni cambiar de cliente',
  },
  unknown_reference: {
    status: 400,
    field: 'clientId',
    en: 'It names something that is not there',
    ja: '存在しないものを指しています',
    de: 'Es nennt etwas, das es nicht gibt',
    fr: 'Cela désigne quelque chose qui n’existe pas',
    es: 'Nombra algo que no existe',
  },
} as const satisfies Readonly<Record<string, CodeTexts>>;
