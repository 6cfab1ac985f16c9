import type { Subscription } from '@portico/domain/notifications';
import { html, type Html } from '../platform/http/html.js';
import { shown } from './notice/shown.js';
import { WORDINGS } from './notice/wording.js';

const STYLE =
  'body{font-family:sans-serif;font-size:1rem;line-height:1.5;color:#1a1a1a;background:#fff;max-width:36em;margin:4em auto;padding:0 1em}' +
  'button{font:inherit;padding:.5em 1em}';

/** Asks, or says that it is done. There is one button, and it posts to the page's own address. */
export function subscriptionPage({ language, firmName, isOn }: Subscription): string {
  const { page } = WORDINGS[language];
  const firm = shown(firmName);
  const content = isOn
    ? html`<p>${page.question(firm)}</p>
        <form method="post"><button type="submit">${page.button}</button></form>`
    : html`<p role="status">${page.done(firm)}</p>`;
  return pageOf(language, page.title, content);
}

/** For a link that this installation did not make. Whose language it would be is not known. */
export function unknownLinkPage(): string {
  return pageOf('en', 'Unknown link', html`<p>This link is not complete, or is not valid any more.</p>`);
}

function pageOf(language: string, title: string, content: Html): string {
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <style>
          ${{ html: STYLE }}
        </style>
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          ${content}
        </main>
      </body>
    </html> `.html;
}
