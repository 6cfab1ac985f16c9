import { identityErrors } from './identity.errors.js';

const MOST = 10;
const LONGEST = 2000;
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Where a client may have people sent back to: by https anywhere, by http on the machine of the person alone (RFC 8252,
 * section 7.3), each once and exactly as it was given.
 * @throws DomainError `invalid_redirect_uri`
 */
export function redirectUris(texts: readonly string[]): readonly string[] {
  const uris = [...new Set(texts)];
  if (uris.length > MOST) throw identityErrors.tooManyRedirectUris(MOST);
  for (const uri of uris) requireRedirectUri(uri);
  return uris;
}

/** Whether `uri` leads to a program on the machine of the person, without encryption. */
export function isLoopback(uri: string): boolean {
  const { protocol, hostname } = new URL(uri);
  return protocol === 'http:' && LOOPBACK.includes(hostname);
}

function requireRedirectUri(uri: string): void {
  const refuse = (reason: string) => identityErrors.redirectUri(uri, reason);
  if (!/^[\x21-\x7e]+$/.test(uri) || uri.length > LONGEST || !URL.canParse(uri)) throw refuse('is no URI');
  const { protocol, username, password } = new URL(uri);
  if (protocol !== 'https:' && !isLoopback(uri)) throw refuse('must begin with https://, or name this machine by http');
  if (username !== '' || password !== '') throw refuse('must not name a user');
  if (uri.includes('#')) throw refuse('must not have a fragment');
  if (uri.includes('*')) throw refuse('must be whole: there are no patterns');
}
