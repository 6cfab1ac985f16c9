import { importPKCS8, SignJWT } from 'jose';
import { createPrivateKey } from 'node:crypto';
import { type Credentials, PlatformFault } from '@portico/domain/connections';
import type { Clock } from '@portico/domain/kernel';
import { textIn } from './credential-shape.js';
import type { ServiceAccount } from './google-credentials.js';
import { retryAfter, statusFault, type VendorAnswer, type VendorCalls } from './vendor-calls.js';

/** Google's own; the audience of what a service account signs, wherever it is sent. */
const TOKEN_URL = 'https://oauth2.googleapis.com/token';
const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const ASSERTION_SECONDS = 600;
/** In seconds: a token is not used to its very end. */
const RESERVE = 120;

interface Token {
  readonly text: string;
  readonly endsAt: number;
}

/** The access tokens of one session with Google: a new one when the last has ended (OAuth 2.0). */
export class GoogleLogin {
  /** What Google says the token may be used for; null when it was given, not asked for. */
  scopes: readonly string[] | null = null;
  private current: Token | null = null;

  constructor(
    private readonly credentials: Credentials,
    /** The scope that is asked for. */
    private readonly scope: string,
    private readonly calls: VendorCalls,
    private readonly clock: Clock,
    /** Without a slash at the end; null: Google's own. */
    private readonly baseUrl: string | null,
  ) {}

  /** @throws PlatformFault */
  async token(): Promise<string> {
    const { access_token: given, service_account: account } = this.credentials;
    if (typeof given === 'string') return given;
    const now = this.clock.now().getTime();
    if (this.current && this.current.endsAt > now) return this.current.text;
    const body = account ? await this.assertion(account as ServiceAccount) : this.refresh();
    const answer = await this.ask(body);
    const lasts = answer.body.at('expires_in').count;
    this.current = {
      text: answer.body.at('access_token').text,
      endsAt: now + Math.max(0, lasts - RESERVE) * 1000,
    };
    this.scopes = answer.body.at('scope').textOrNull?.split(' ') ?? null;
    return this.current.text;
  }

  private ask(body: URLSearchParams): Promise<VendorAnswer> {
    const url = new URL(this.baseUrl === null ? TOKEN_URL : `${this.baseUrl}/token`);
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' };
    return this.calls.json({ method: 'POST', url, headers, body: body.toString() }, refusalIn);
  }

  private refresh(): URLSearchParams {
    const names = ['client_id', 'client_secret', 'refresh_token'];
    const own = names.map((name): [string, string] => [name, textIn(this.credentials, name)]);
    return new URLSearchParams([...own, ['grant_type', 'refresh_token']]);
  }

  private async assertion({ client_email: email, private_key: pem }: ServiceAccount): Promise<URLSearchParams> {
    const issuedAt = Math.floor(this.clock.now().getTime() / 1000);
    const pkcs8 = createPrivateKey(pem).export({ type: 'pkcs8', format: 'pem' }).toString();
    const assertion = await new SignJWT({ scope: this.scope })
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT' })
      .setIssuer(email)
      .setAudience(TOKEN_URL)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + ASSERTION_SECONDS)
      .sign(await importPKCS8(pkcs8, 'RS256'));
    return new URLSearchParams({ grant_type: JWT_BEARER, assertion });
  }
}

/** RFC 6749, section 5.2: what is refused is told with status 400. */
function refusalIn({ status, headers, body }: VendorAnswer): PlatformFault | null {
  const code = body.at('error').textOrNull;
  if (status === 400 || status === 401)
    return new PlatformFault('credentials', body.at('error_description').textOrNull ?? code ?? `status ${status}`);
  return statusFault({ status, headers }, code);
}

const PASSING = new Set(['UNAVAILABLE', 'INTERNAL', 'DEADLINE_EXCEEDED', 'ABORTED', 'CANCELLED', 'UNKNOWN']);

/** The fault in an answer of one of Google's APIs: `{ error: { code, message, status, details } }`. */
export function googleFault(answer: VendorAnswer): PlatformFault | null {
  const { status, headers, body } = answer;
  const error = body.at('error');
  if (status < 400 && !error.isThere) return null;
  const details = error.at('details').items;
  const specific = details.flatMap((detail) => detail.at('errors').items);
  const said = specific[0]?.at('message').textOrNull ?? error.at('message').textOrNull;
  const name = error.at('status').textOrNull ?? '';
  const message = said ?? `the platform answered with status ${status}`;
  if (name === 'UNAUTHENTICATED' || name === 'PERMISSION_DENIED') return new PlatformFault('credentials', message);
  if (name === 'RESOURCE_EXHAUSTED' || status === 429) {
    const delays = [
      ...specific.map((one) => one.at('details', 'quotaErrorDetails', 'retryDelay')),
      ...details.map((detail) => detail.at('retryDelay')),
    ];
    const wait = secondsIn(delays.map((delay) => delay.textOrNull)) ?? retryAfter(headers);
    return new PlatformFault('rate_limited', message, wait);
  }
  if (PASSING.has(name)) return new PlatformFault('unavailable', message);
  return statusFault({ status, headers }, said) ?? new PlatformFault('refused', message);
}

/** Of durations such as `12.5s`, the first. */
function secondsIn(durations: readonly (string | null)[]): number | null {
  const found = durations.map((text) => /^(\d+(?:\.\d+)?)s$/.exec(text ?? '')?.[1]).find((text) => text !== undefined);
  return found === undefined ? null : Math.ceil(Number(found));
}
