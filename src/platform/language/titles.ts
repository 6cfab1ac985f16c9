import type { Texts } from './language.js';

/** The title of a problem: what its status means. */
export const TITLES: Readonly<Record<number, Texts>> = {
  400: {
    en: 'Bad Request',
    ja: '不正なリクエスト',
    de: 'Ungültige Anfrage',
    fr: 'Requête incorrecte',
    es: 'Solicitud incorrecta',
  },
  401: {
    en: 'Unauthorized',
    ja: '認証が必要です',
    de: 'Nicht angemeldet',
    fr: 'Non authentifié',
    es: 'No autenticado',
  },
  403: { en: 'Forbidden', ja: 'アクセス禁止', de: 'Nicht erlaubt', fr: 'Accès interdit', es: 'Prohibido' },
  404: { en: 'Not Found', ja: '見つかりません', de: 'Nicht gefunden', fr: 'Introuvable', es: 'No encontrado' },
  405: {
    en: 'Method Not Allowed',
    ja: '許可されていないメソッド',
    de: 'Methode nicht erlaubt',
    fr: 'Méthode non autorisée',
    es: 'Método no permitido',
  },
  409: { en: 'Conflict', ja: '競合', de: 'Konflikt', fr: 'Conflit', es: 'Conflicto' },
  412: {
    en: 'Precondition Failed',
    ja: '前提条件が満たされていません',
    de: 'Vorbedingung nicht erfüllt',
    fr: 'Condition préalable non remplie',
    es: 'Condición previa no cumplida',
  },
  413: {
    en: 'Payload Too Large',
    ja: '本文が大きすぎます',
    de: 'Inhalt zu groß',
    fr: 'Contenu trop volumineux',
    es: 'Contenido demasiado grande',
  },
  415: {
    en: 'Unsupported Media Type',
    ja: '対応していないメディアタイプ',
    de: 'Medientyp nicht unterstützt',
    fr: 'Type de média non pris en charge',
    es: 'Tipo de medio no admitido',
  },
  416: {
    en: 'Range Not Satisfiable',
    ja: '範囲を満たせません',
    de: 'Bereich nicht erfüllbar',
    fr: 'Plage non satisfaisable',
    es: 'Rango no satisfactible',
  },
  429: {
    en: 'Too Many Requests',
    ja: 'リクエストが多すぎます',
    de: 'Zu viele Anfragen',
    fr: 'Trop de requêtes',
    es: 'Demasiadas solicitudes',
  },
  500: {
    en: 'Internal Server Error',
    ja: 'サーバー内部エラー',
    de: 'Interner Serverfehler',
    fr: 'Erreur interne du serveur',
    es: 'Error interno del servidor',
  },
  503: {
    en: 'Service Unavailable',
    ja: 'サービスを利用できません',
    de: 'Dienst nicht verfügbar',
    fr: 'Service indisponible',
    es: 'Servicio no disponible',
  },
};
