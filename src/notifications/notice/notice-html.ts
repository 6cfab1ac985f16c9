import { html, type Html } from './html.js';
import type { NoticeParts } from './notice-text.js';

/** The mail as a page: no images, no scripts, nothing that is fetched. */
export function noticeHtml(parts: NoticeParts): string {
  const { language, subject, greeting, published, files, more, openAll, reason, unsubscribe, links } = parts;
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
          <p>${published}</p>
          <ul>
            ${files.map(fileItem)}
          </ul>
          ${more === null ? '' : html`<p>${more}</p> `}
          <p><a href="${links.all}" style="color:#0b57d0">${openAll}</a></p>
          <hr style="border:0;border-top:1px solid #c4c4c4" />
          <p style="font-size:14px;color:#4a4a4a">
            ${reason} <a href="${links.unsubscribe}" style="color:#0b57d0">${unsubscribe}</a>
          </p>
        </main>
      </body>
    </html> `.html;
}

function fileItem({ name, url }: NoticeParts['files'][number]): Html {
  return html`<li>
    <a href="${url}" style="color:#0b57d0"><bdi>${name}</bdi></a>
  </li> `;
}
