import type { CodeTexts } from './language.js';

/** What signing in and staying signed in may answer. */
export const SESSION_CODES = {
  sign_in_refused: {
    status: 401,
    en: 'The address or the password is wrong',
    ja: 'メールアドレスまたはパスワードが正しくありません',
    de: 'Die Adresse oder das Passwort ist falsch',
    fr: 'L’adresse ou le mot de passe est incorrect',
    es: 'La dirección o la contraseña es incorrecta',
  },
  sign_in_blocked: {
    status: 429,
    en: 'Too many failed sign-ins; try again in a minute',
    ja: 'サインインの失敗が多すぎます。1 分後にもう一度お試しください',
    de: 'Zu viele fehlgeschlagene Anmeldungen; versuchen Sie es in einer Minute noch einmal',
    fr: 'Trop de connexions échouées ; réessayez dans une minute',
    es: 'Demasiados inicios de sesión fallidos; inténtelo de nuevo en un minuto',
  },
  firm_required: {
    status: 400,
    field: 'firmId',
    en: 'Several firms have a user with this address; say which one with firmId',
    ja: 'このメールアドレスのユーザーが複数の会社にいます。firmId で会社を指定してください',
    de: 'Mehrere Firmen haben einen Benutzer mit dieser Adresse; geben Sie mit firmId an, welche gemeint ist',
    fr: 'Plusieurs sociétés ont un utilisateur avec cette adresse ; précisez laquelle avec firmId',
    es: 'Varias empresas tienen un usuario con esta dirección; indique cuál con firmId',
  },
  refresh_token_invalid: {
    status: 401,
    en: 'The refresh token is not valid; sign in again',
    ja: 'リフレッシュトークンが無効です。もう一度サインインしてください',
    de: 'Das Refresh-Token ist ungültig; melden Sie sich erneut an',
    fr: 'Le jeton d’actualisation n’est pas valide ; reconnectez-vous',
    es: 'El token de actualización no es válido; inicie sesión de nuevo',
  },
  invalid_email: {
    status: 400,
    field: 'email',
    en: 'This is not an e-mail address',
    ja: 'メールアドレスの形式が正しくありません',
    de: 'Das ist keine E-Mail-Adresse',
    fr: 'Ce n’est pas une adresse e-mail',
    es: 'No es una dirección de correo electrónico',
  },
} as const satisfies Readonly<Record<string, CodeTexts>>;
