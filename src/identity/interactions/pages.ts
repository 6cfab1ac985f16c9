import type { DomainError, Scope } from '@portico/domain/kernel';
import { html, type Html } from '../../platform/http/html.js';
import { detailIn } from '../../platform/language/catalogue.js';
import { filled, type Language, languageFor } from '../../platform/language/language.js';
import { pageOf } from './page.js';
import { SCOPE_WORDING } from './scope-wording.js';
import { WORDING } from './wording.js';

/** Who asks whom, and where the forms lead. */
export interface Asking {
  readonly language: Language;
  /** The path of the pages, without a slash at the end. */
  readonly path: string;
  readonly client: string;
  readonly firm: string;
}

/** Asks a person who they are. After a refusal with what it says, and with the address that they gave. */
export function signInPage(asking: Asking, before: { email: string; refusal: DomainError | null }): string {
  const { language, path, client, firm } = asking;
  const text = (name: keyof typeof WORDING) => filled(WORDING[name][language], { client, firm });
  const { refusal, email } = before;
  const told = refusal ? detailIn(language, refusal.code, refusal.message) : null;
  const [field, at] = told === null ? [none, none] : [html` aria-describedby="refusal"`, alert(told)];
  return pageOf(
    language,
    text('signIn'),
    html`<p>${text('asks')}</p>
      ${at}
      <form method="post" action="${path}/sign-in">
        <label for="email">${text('email')}</label>
        <input id="email" name="email" type="email" autocomplete="username" required value="${email}" ${field} />
        <label for="password">${text('password')}</label>
        <input id="password" name="password" type="password" autocomplete="current-password" required ${field} />
        <button type="submit">${text('signIn')}</button>
      </form>
      ${cancelling(language, path)}`,
  );
}

/** Asks the person who has signed in whether the client may do all that. */
export function consentPage(
  asking: Asking,
  grant: { email: string; scopes: readonly Scope[]; redirectUri: string },
): string {
  const { language, path, client, firm } = asking;
  const names = { client, firm, email: grant.email, host: new URL(grant.redirectUri).host };
  const text = (name: keyof typeof WORDING) => filled(WORDING[name][language], names);
  const powers = grant.scopes.map((scope) => SCOPE_WORDING[scope][language]);
  const items = (powers.length > 0 ? powers : [text('identify')]).map((power) => html`<li>${power}</li>`);
  return pageOf(
    language,
    text('consent'),
    html`<p>${text('would')}</p>
      <ul>
        ${items}
      </ul>
      <p>${text('limits')}</p>
      <form method="post" action="${path}/consent"><button type="submit">${text('allow')}</button></form>
      ${cancelling(language, path)}`,
  );
}

/**
 * Where nothing leads back to a client: what it did wrong, or null when the sign-in is over. `accepted` is the header
 * `Accept-Language`.
 */
export function failurePage(accepted: string, fault: { error: string; error_description?: string } | null): string {
  const language = languageFor(accepted);
  const content = fault
    ? html`<p>${WORDING.wrong[language]}</p>
        <p lang="en"><code>${fault.error}</code> ${fault.error_description ?? ''}</p>`
    : html`<p>${WORDING.expired[language]}</p>`;
  return pageOf(language, WORDING.failed[language], content);
}

const none: Html = { html: '' };
const alert = (told: string): Html => html`<p role="alert" id="refusal">${told}</p>`;

function cancelling(language: Language, path: string): Html {
  const { cancel } = WORDING;
  return html`<form method="post" action="${path}/cancel"><button type="submit">${cancel[language]}</button></form>`;
}
