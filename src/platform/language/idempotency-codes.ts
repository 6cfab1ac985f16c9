import type { CodeTexts } from './language.js';

/** What a request with an `Idempotency-Key` may answer. */
export const IDEMPOTENCY_CODES = {
  invalid_idempotency_key: {
    status: 400,
    en: 'The header Idempotency-Key must be 1 to 255 visible ASCII characters',
    ja: 'ヘッダー Idempotency-Key は 1～255 文字の ASCII 文字で指定してください',
    de: 'Der Header Idempotency-Key muss aus 1 bis 255 sichtbaren ASCII-Zeichen bestehen',
    fr: 'L’en-tête Idempotency-Key doit compter de 1 à 255 caractères ASCII visibles',
    es: 'El encabezado Idempotency-Key debe tener de 1 a 255 caracteres ASCII visibles',
  },
  idempotency_key_reused: {
    status: 400,
    en: 'This Idempotency-Key was used with another request within the last 24 hours',
    ja: 'この Idempotency-Key は過去 24 時間以内に別のリクエストで使用されています',
    de: 'Dieser Idempotency-Key wurde in den letzten 24 Stunden für eine andere Anfrage verwendet',
    fr: 'Cette Idempotency-Key a servi à une autre requête au cours des dernières 24 heures',
    es: 'Esta Idempotency-Key se usó con otra solicitud en las últimas 24 horas',
  },
  idempotency_key_in_use: {
    status: 409,
    en: 'A request with this Idempotency-Key is being worked on; ask again',
    ja: 'この Idempotency-Key のリクエストは処理中です。もう一度お試しください',
    de: 'Eine Anfrage mit diesem Idempotency-Key wird gerade bearbeitet; fragen Sie noch einmal',
    fr: 'Une requête avec cette Idempotency-Key est en cours de traitement ; redemandez',
    es: 'Se está procesando una solicitud con esta Idempotency-Key; vuelva a preguntar',
  },
  idempotency_answer_lost: {
    status: 409,
    en: 'The request with this Idempotency-Key was carried out, but its answer was lost; look for what it made',
    ja: 'この Idempotency-Key のリクエストは実行されましたが、応答が失われました。結果を確認してください',
    de: 'Die Anfrage mit diesem Idempotency-Key wurde ausgeführt, aber ihre Antwort ging verloren; sehen Sie nach dem Ergebnis',
    fr: 'La requête avec cette Idempotency-Key a été exécutée, mais sa réponse est perdue ; vérifiez le résultat',
    es: 'La solicitud con esta Idempotency-Key se ejecutó, pero su respuesta se perdió; compruebe el resultado',
  },
} as const satisfies Readonly<Record<string, CodeTexts>>;
