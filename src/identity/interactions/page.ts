import { createHash } from 'node:crypto';
import type { Language } from '../../platform/language/language.js';
import { html, type Html } from '../../platform/http/html.js';

const STYLE =
  'body{font-family:sans-serif;font-size:1rem;line-height:1.5;color:#1a1a1a;background:#fff;max-width:28em;margin:4em auto;padding:0 1em}' +
  'label{display:block;margin-top:1em}' +
  'input{font:inherit;width:100%;box-sizing:border-box;padding:.5em;border:1px solid #595959}' +
  'button{font:inherit;padding:.5em 1em;margin-top:1em}' +
  '[role=alert]{border-left:.25em solid #b00020;padding-left:.75em}';
const STYLE_ELEMENT: Html = { html: `<style>${STYLE}</style>` };
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** What all these pages are sent with; `formsLeadTo` is where a form may end beside our own addresses. */
export function pageHeaders(formsLeadTo?: string): Readonly<Record<string, string>> {
  const forms = formsLeadTo === undefined ? "'none'" : `'self' ${formsLeadTo}`;
  return {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; form-action ${forms}; base-uri 'none'; frame-ancestors 'none'`,
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'no-referrer',
    'Cache-Control': 'no-store',
    'X-Robots-Tag': 'noindex',
    Vary: 'Accept-Language',
  };
}

/** Of pages without a form. */
export const PAGE_HEADERS = { ...pageHeaders() };

/** A whole page. */
export function pageOf(language: Language, title: string, content: Html): string {
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        ${STYLE_ELEMENT}
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          ${content}
        </main>
      </body>
    </html> `.html;
}
