import { createPrivateKey } from 'node:crypto';
import type { Credentials } from '@portico/domain/connections';
import { type CredentialText, EXPIRY, fault, missingText, readTexts, secret } from './credential-shape.js';

/** The key of a service account, as Google hands it out in a file. */
export interface ServiceAccount {
  readonly client_email: string;
  readonly private_key: string;
}

const TOKEN = secret('access_token', { isOptional: true });
const REFRESH = ['client_id', 'client_secret', 'refresh_token'].map((name) => secret(name, { isOptional: true }));

/**
 * What opens an account of Google, beside `texts`: a `service_account`, or `client_id`, `client_secret` and
 * `refresh_token`, or an `access_token` for as long as it lasts.
 * @throws InvalidField naming `credentials/…`
 */
export function readGoogleCredentials(raw: Credentials, texts: readonly CredentialText[]): Credentials {
  const { service_account: given, ...others } = raw;
  const kept = readTexts(others, [...texts, TOKEN, ...REFRESH, EXPIRY]);
  if (given !== undefined && given !== null) return { ...kept, service_account: serviceAccount(given) };
  if (kept['access_token'] !== undefined) return kept;
  const missing = REFRESH.find(({ names: [name] }) => kept[name] === undefined);
  if (missing) throw missingText(missing.names[0]);
  return kept;
}

/** The file may be given as an object or as its text; what else stands in it is left out, also where tokens come from. */
function serviceAccount(given: unknown): ServiceAccount {
  const { client_email: email, private_key: key } = objectOf(given);
  if (typeof email !== 'string' || !/^[^\s@]+@[^\s@]+$/.test(email))
    throw fault('service_account/client_email', 'must be an e-mail address', 'wrong_format');
  if (typeof key !== 'string' || !isPrivateKey(key))
    throw fault('service_account/private_key', 'must be a private key in PEM form', 'wrong_format');
  return { client_email: email, private_key: key };
}

function objectOf(given: unknown): Record<string, unknown> {
  try {
    const value: unknown = typeof given === 'string' ? JSON.parse(given) : given;
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw fault('service_account', 'must be the key file of a service account', 'wrong_format');
}

function isPrivateKey(pem: string): boolean {
  try {
    return createPrivateKey(pem).asymmetricKeyType === 'rsa';
  } catch {
    return false; // the reason holds nothing that helps, and perhaps a part of the key
  }
}
