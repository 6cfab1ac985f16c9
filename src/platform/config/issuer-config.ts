import type { Settings } from './settings.js';

/** The audience of access tokens for our API. */
export const API_AUDIENCE = 'urn:portico:api';
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/** Whose access tokens are trusted instead of our own (contract, section 2). */
export interface IssuerConfig {
  /** Exactly as its tokens name it, a slash at the end included. */
  readonly url: string;
  /** What its tokens must be for. */
  readonly audience: string;
}

/** Null when no outside issuer is named. */
export function issuerConfig(settings: Settings): IssuerConfig | null {
  const url = settings.url('OIDC_ISSUER', ['https:', 'http:']);
  const audience = settings.optional('OIDC_AUDIENCE');
  if (audience !== null && !settings.has('OIDC_ISSUER'))
    settings.refuse('OIDC_AUDIENCE', 'has no meaning without OIDC_ISSUER');
  if (url === null) return null;
  const { protocol, hostname, search, hash, username, password } = new URL(url);
  if (protocol === 'http:' && !LOOPBACK.includes(hostname))
    settings.refuse('OIDC_ISSUER', 'must begin with https:// unless it is on this machine');
  if (search !== '' || hash !== '' || username !== '' || password !== '')
    settings.refuse('OIDC_ISSUER', 'must be an address without query, fragment and user');
  return { url, audience: audience ?? API_AUDIENCE };
}
