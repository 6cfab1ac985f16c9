import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { CodeFlow, type Question } from '../support/code-flow.js';
import { Operator, type Person } from '../support/operator.js';
import type { Portico } from '../support/portico.js';
import { sqlOn } from '../support/server-database.js';
import { SharedPortico } from '../support/shared-portico.js';
import { type Shown, SignInBrowser } from '../support/sign-in-browser.js';

jest.setTimeout(60_000);

const REDIRECT = 'https://crm.example:8443/callback?from=portico';

let server: Portico;
let operator: Operator;
let ann: Person;
let flow: CodeFlow;

beforeAll(async () => {
  server = await SharedPortico.start();
  operator = new Operator(server);
  ann = await operator.person({ permissions: ['files_view'] });
  const options = { scopes: ['FILES', 'ENTITIES_WRITE'], redirectUris: [REDIRECT], name: 'The <b>CRM</b>' };
  const client = await operator.clientForPeople(ann.email, options);
  flow = await CodeFlow.of(server.url, client, REDIRECT);
});
afterAll(() => server.dispose());

interface Visit {
  readonly browser: SignInBrowser;
  readonly question: Question;
  readonly page: Shown;
}

/** A browser on the page of sign-in. */
async function visit(language = 'en', more: Record<string, string> = {}): Promise<Visit> {
  const browser = new SignInBrowser(server.url, language);
  const question = await flow.ask('FILES ENTITIES_WRITE', more);
  return { browser, question, page: await browser.open(question.url) };
}

const title = ({ text }: Shown): string => /<h1>(.*?)<\/h1>/.exec(text)?.[1] ?? '';
const alert = ({ text }: Shown): string => /<p role="alert" id="refusal">(.*?)<\/p>/.exec(text)?.[1] ?? '';
const history = async (clause: string, ...values: unknown[]): Promise<string[]> => {
  const asked = `select action from history where firm_id = $1 and subject_type = 'oauth_grant' and ${clause} order by id`;
  const rows = await sqlOn(server, asked, [server.credentials.firmId, ...values]);
  return rows.map(({ action }) => String(action));
};

describe('The page of sign-in', () => {
  it('says who asks, and runs nothing that is not its own', async () => {
    const { page } = await visit();
    expect([page.status, title(page)]).toEqual([200, 'Sign in']);
    expect(page.text).toContain('The &lt;b&gt;CRM&lt;/b&gt; asks to act for you at A Firm.');
    expect(page.text).not.toMatch(/<script|<b>|\sstyle=|\son\w+=/);
    for (const field of ['email', 'password'])
      expect(page.text).toMatch(
        new RegExp(`<label for="${field}">[^<]+</label>\\s*<input id="${field}" name="${field}"`),
      );
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("form-action 'self' https://crm.example:8443;");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
  });

  it.each([
    ['en', 'Sign in', 'The address or the password is wrong'],
    ['de-CH,en;q=0.5', 'Anmelden', 'Die Adresse oder das Passwort ist falsch'],
    ['fr', 'Connexion', 'L’adresse ou le mot de passe est incorrect'],
    ['es', 'Iniciar sesión', 'La dirección o la contraseña es incorrecta'],
    ['ja', 'サインイン', 'メールアドレスまたはパスワードが正しくありません'],
    ['zh', 'Sign in', 'The address or the password is wrong'],
  ])('speaks %s', async (language, heading, refusal) => {
    const { browser, page } = await visit(language);
    expect(title(page)).toBe(heading);
    expect(page.text).toContain(`<html lang="${page.headers.get('content-language')}">`);
    const email = `${language.slice(0, 2)}@nobody.test`;
    const refused = await browser.submit(page, 'sign-in', { email, password: 'wrong' });
    expect([refused.status, title(refused), alert(refused)]).toEqual([400, heading, refusal]);
    expect(refused.text).toContain(`value="${email}"`);
  });

  it('speaks the language that the client asks for', async () => {
    expect(title((await visit('fr', { ui_locales: 'de-AT en' })).page)).toBe('Anmelden');
  });

  it('does not tell an unknown address from a wrong password, nor somebody of another firm', async () => {
    const founded = await operator.firm('Another Firm');
    const stranger = await operator.person({ permissions: ['files_view'], firm: founded.firmId });
    const said = async (email: string, password: string) => {
      const { browser, page } = await visit();
      const answer = await browser.submit(page, 'sign-in', { email, password });
      return [answer.status, alert(answer)];
    };
    const wrong = await said(ann.email, 'wrong');
    expect(wrong).toEqual([400, 'The address or the password is wrong']);
    expect(await said('nobody@example.test', 'wrong')).toEqual(wrong);
    expect(await said(stranger.email, stranger.password)).toEqual(wrong);
    expect(await said('no address', 'wrong')).toEqual([400, expect.stringMatching(/e-mail address/)]);
    expect(await said('', '')).toEqual([400, expect.any(String)]);
  });

  it('is closed for a minute after five failures, together with the sign-in of the Back Office', async () => {
    const bob = await operator.person({ permissions: ['back_office'] });
    const signIn = (password: string) =>
      fetch(`${server.url}/api/v2/signin`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ email: bob.email, password }),
      });
    for (let times = 0; times < 2; times++) expect((await signIn('wrong')).status).toBe(401);
    const { browser, page } = await visit();
    for (let times = 0; times < 3; times++)
      expect((await browser.submit(page, 'sign-in', { ...bob, password: 'wrong' })).status).toBe(400);
    const blocked = await browser.submit(page, 'sign-in', { ...bob });
    expect([blocked.status, alert(blocked)]).toEqual([429, expect.stringMatching(/^Too many failed sign-ins/)]);
    expect(Number(blocked.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await signIn(bob.password)).status).toBe(429);
    expect(await history('user_id = $2', bob.id)).toEqual([]);
  });

  it('takes a form and nothing else, and no more than a form holds', async () => {
    const { browser, page } = await visit();
    const cookie = [...browser.cookies].map(([name, { value }]) => `${name.split(' ', 1)[0]}=${value}`).join('; ');
    const send = (type: string, body: string) =>
      fetch(`${page.url.href}/sign-in`, { method: 'POST', headers: { Cookie: cookie, 'Content-Type': type }, body });
    expect((await send('application/json', JSON.stringify(ann))).status).toBe(415);
    expect((await send('application/x-www-form-urlencoded', `email=${'x'.repeat(20_000)}`)).status).toBe(413);
  });
});

describe('The page of consent', () => {
  it('says what the client could do, for whom, and where it goes on', async () => {
    const { browser, page } = await visit();
    const consent = await browser.submit(page, 'sign-in', { ...ann });
    expect([consent.status, title(consent)]).toEqual([200, 'Allow access?']);
    for (const told of [ann.email, 'Read files', 'Read and change entities', 'crm.example:8443', '&lt;b&gt;CRM'])
      expect(consent.text).toContain(told);
    expect(await history('user_id = $2', ann.id)).toEqual(['oauth_grant.requested']);
    expect(title(await browser.open(page.url))).toBe('Allow access?');
  });

  it('goes back to the client with a code and what the client sent', async () => {
    const { browser, page, question } = await visit();
    const { url, headers } = await browser.submit(await browser.submit(page, 'sign-in', { ...ann }), 'consent');
    expect(`${url.origin}${url.pathname}`).toBe('https://crm.example:8443/callback');
    expect(url.searchParams.get('from')).toBe('portico');
    expect(url.searchParams.get('state')).toBe(question.state);
    expect(url.searchParams.get('code')).toMatch(/^[\w-]{40,}$/);
    expect(headers.get('cache-control')).toContain('no-store');
  });

  it('asks each time, and each time who it is: a browser that has consented has to sign in again', async () => {
    const { browser, page } = await visit();
    await browser.submit(await browser.submit(page, 'sign-in', { ...ann }), 'consent');
    expect([...browser.cookies.values()].filter(({ path }) => !path.startsWith('/oauth2/'))).toEqual([]);
    const again = await browser.open((await flow.ask('FILES')).url);
    expect(title(again)).toBe('Sign in');
    const other = await operator.person({ permissions: ['files_view'] });
    const { url } = await browser.submit(await browser.submit(again, 'sign-in', { ...other }), 'consent');
    expect(url.searchParams.get('code')).not.toBeNull();
  });

  it('is not to be had without sign-in', async () => {
    const { browser, page } = await visit();
    const forged = { ...page, text: page.text.replace('/sign-in"', '/consent"') };
    const answer = await browser.submit(forged, 'consent');
    expect([title(answer), answer.url.origin]).toEqual(['Sign in', server.url]);
  });
});

describe('Who says no', () => {
  it.each([
    ['before the sign-in', false],
    ['after it', true],
  ])('%s goes back to the client without a code', async (_says, signsIn) => {
    const { browser, page, question } = await visit();
    const person = await operator.person({});
    const at = signsIn ? await browser.submit(page, 'sign-in', { ...person }) : page;
    const { url } = await browser.submit(at, 'cancel');
    const said = ['error', 'state', 'code'].map((name) => url.searchParams.get(name));
    expect(said).toEqual(['access_denied', question.state, null]);
    const told = signsIn ? ['oauth_grant.requested', 'oauth_grant.declined'] : [];
    expect(await history('user_id = $2', person.id)).toEqual(told);
  });
});

describe('A sign-in under way', () => {
  const over = 'This can not go on';

  it('belongs to the browser in which it was begun', async () => {
    const { page } = await visit();
    const other = new SignInBrowser(server.url);
    for (const answer of [await other.open(page.url), await other.submit(page, 'sign-in', { ...ann })]) {
      expect([answer.status, title(answer)]).toEqual([400, over]);
      expect(answer.headers.get('content-security-policy')).toContain("form-action 'none'");
    }
  });

  it('takes no form of another site, which can not send its cookie', async () => {
    const { browser, page } = await visit();
    const consent = await browser.submit(page, 'sign-in', { ...ann });
    for (const form of ['consent', 'cancel']) {
      const answer = await new SignInBrowser(server.url).submit(consent, form);
      expect([answer.status, title(answer)]).toEqual([400, over]);
    }
    const raw = await fetch(
      flow.config.serverMetadata().authorization_endpoint + (await flow.ask('FILES')).url.search,
      {
        redirect: 'manual',
      },
    );
    const cookies = raw.headers.getSetCookie().filter((cookie) => /^_interaction/.test(cookie));
    expect(cookies.length).toBeGreaterThan(0);
    for (const cookie of cookies) expect(cookie).toMatch(/; samesite=lax/i);
    for (const cookie of cookies) expect(cookie).toMatch(/; httponly/i);
  });

  it('is not that of another, of which the browser knows the address', async () => {
    const [one, other] = [await visit(), await visit()];
    for (const [key, cookie] of other.browser.cookies)
      one.browser.cookies.set(key.replace(other.page.url.pathname, one.page.url.pathname), {
        ...cookie,
        path: cookie.path.replace(other.page.url.pathname, one.page.url.pathname),
      });
    const answer = await one.browser.open(one.page.url);
    expect([answer.status, title(answer)]).toEqual([400, over]);
  });

  it('is over with its answer, in the language of the browser', async () => {
    const { browser, page } = await visit('de');
    await browser.submit(page, 'cancel');
    const answer = await browser.open(page.url);
    expect([answer.status, title(answer)]).toEqual([400, 'So geht es nicht weiter']);
  });

  it('is over when the client is revoked', async () => {
    const passing = await operator.clientForPeople(ann.email, { scopes: ['FILES'], redirectUris: [REDIRECT] });
    const its = await CodeFlow.of(server.url, passing, REDIRECT);
    const browser = new SignInBrowser(server.url);
    const consent = await browser.submit(await browser.open((await its.ask('FILES')).url), 'sign-in', { ...ann });
    expect(consent.text).toContain('crm.example:8443 would be able to');
    await operator.revoke('oauth-client', passing.clientId);
    const answer = await browser.submit(consent, 'consent');
    expect([answer.status, title(answer)]).toEqual([400, over]);
  });
});
