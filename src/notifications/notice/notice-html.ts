import { html, type Html } from '../../platform/http/html.js';
import type { Link, NoticeParts } from './notice-parts.js';

/** The mail as a page: no images, no scripts, nothing that is fetched. */
export function noticeHtml(parts: NoticeParts): string {
  const { language, subject, greeting, opening, items, more, openAll, reason, unsubscribe } = parts;
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${subject}</title>
      </head>
      <body
        style="margin:0;padding:24px;font-family:sans-serif;font-size:16px;line-height:1.5;color:#1a1a1a;background:#ffffff"
      >
        <main style="max-width:36em;margin:0 auto">
          <p>${greeting}</p>
          <p>${opening}</p>
          <ul>
            ${items.map(itemOf)}
          </ul>
          ${more === null ? '' : html`<p>${more}</p> `} ${openAll ? html`<p>${linkTo(openAll)}</p>` : ''}
          <hr style="border:0;border-top:1px solid #c4c4c4" />
          <p style="font-size:14px;color:#4a4a4a">${reason} ${unsubscribe ? linkTo(unsubscribe) : ''}</p>
        </main>
      </body>
    </html> `.html;
}

function itemOf({ name, url, detail }: NoticeParts['items'][number]): Html {
  const title = html`<bdi>${name}</bdi>`;
  return html`<li>
    ${url === null ? title : html`<a href="${url}" style="color:#0b57d0">${title}</a>`}
    ${detail === null ? '' : html`<br /><bdi>${detail}</bdi>`}
  </li> `;
}

function linkTo({ text, url }: Link): Html {
  return html`<a href="${url}" style="color:#0b57d0">${text}</a>`;
}
