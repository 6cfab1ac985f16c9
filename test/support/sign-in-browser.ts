/** What a browser shows, or where it was sent when it left the server. */
export interface Shown {
  readonly status: number;
  readonly url: URL;
  readonly headers: Headers;
  readonly text: string;
}

interface Cookie {
  readonly value: string;
  readonly path: string;
}

const MOST_REDIRECTS = 10;

/** A browser without scripts: it keeps cookies by path, follows redirects on one server, and posts forms. */
export class SignInBrowser {
  readonly cookies = new Map<string, Cookie>();

  constructor(
    private readonly origin: string,
    private readonly language = 'en',
  ) {}

  open(url: URL | string): Promise<Shown> {
    return this.follow(new URL(url, this.origin), { method: 'GET' });
  }

  /** Submits the form of `page` whose action ends with `name`, with these fields. */
  submit(page: Shown, name: string, fields: Record<string, string> = {}): Promise<Shown> {
    const action = [...page.text.matchAll(/<form method="post" action="([^"]+)"/g)].find(([, path]) =>
      path?.endsWith(`/${name}`),
    )?.[1];
    if (action === undefined) throw new Error(`no form "${name}" on ${page.url.href}:\n${page.status} ${page.text}`);
    return this.follow(new URL(action, this.origin), { method: 'POST', body: new URLSearchParams(fields) });
  }

  private async follow(url: URL, init: { method: string; body?: URLSearchParams }): Promise<Shown> {
    for (let times = 0, next = { url, ...init }; times < MOST_REDIRECTS; times++) {
      const answer = await fetch(next.url, { ...next, redirect: 'manual', headers: this.headersFor(next.url) });
      this.keep(answer.headers);
      const text = await answer.text();
      const location = answer.headers.get('location');
      if (location === null) return { status: answer.status, url: next.url, headers: answer.headers, text };
      const to = new URL(location, next.url);
      if (to.origin !== this.origin) return { status: answer.status, url: to, headers: answer.headers, text };
      next = { url: to, method: 'GET' };
    }
    throw new Error(`no end of redirects from ${url.href}`);
  }

  private headersFor({ pathname }: URL): Record<string, string> {
    const fitting = [...this.cookies].filter(([, { path }]) => pathname === path || pathname.startsWith(`${path}/`));
    const cookie = fitting.map(([name, { value }]) => `${name.split(' ', 1)[0]}=${value}`).join('; ');
    const accept = { Accept: 'text/html', 'Accept-Language': this.language };
    return cookie === '' ? accept : { ...accept, Cookie: cookie };
  }

  private keep(headers: Headers): void {
    for (const cookie of headers.getSetCookie()) {
      const [pair = '', ...attributes] = cookie.split(/; */);
      const [name = '', value = ''] = pair.split(/=(.*)/);
      const path = attributes.find((one) => /^path=/i.test(one))?.slice('path='.length) ?? '/';
      const key = `${name} ${path}`;
      if (value === '') this.cookies.delete(key);
      else this.cookies.set(key, { value, path: path === '/' ? '' : path });
    }
  }
}
