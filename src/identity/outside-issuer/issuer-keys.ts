import { createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey } from 'jose';
import type { Logger } from 'pino';
import { DomainError } from '@portico/domain/kernel';
import { GuardedClient, OutgoingFault } from '../../platform/outgoing/guarded-client.js';

const MILLISECONDS = 5000;
const BYTES = 1024 ** 2;
/** How old keys may become, and how often tokens with a key that is not known may have them fetched anew. */
const OLDEST_MS = 10 * 60_000;
const COOLDOWN_MS = 30_000;

/** Keys by the header of a token. */
export type IssuedKeys = JWTVerifyGetKey;

/** What the issuer says it has, or has not, is of no use. */
class UnusableAnswer extends Error {}

/**
 * The public keys of an outside issuer, as its discovery document tells (OpenID Connect Discovery 1.0). They are fetched
 * when the first token comes, kept for ten minutes, and fetched again when a token names one that is not among them.
 */
export class IssuerKeys {
  private readonly client: GuardedClient;
  private found: Promise<IssuedKeys> | null = null;

  constructor(
    private readonly issuer: string,
    private readonly logger: Logger,
    private readonly cooldownMs = COOLDOWN_MS,
  ) {
    const trustedOrigins = new Set([new URL(issuer).origin]);
    this.client = new GuardedClient({ trustedOrigins, milliseconds: MILLISECONDS, bytes: BYTES });
  }

  /** The key for the token with this header. @throws DomainError `issuer_unavailable`; JOSEError */
  readonly keyFor: IssuedKeys = async (header, token) => {
    try {
      const keys = await this.keys();
      return await keys(header, token);
    } catch (error) {
      if (!isNoAnswer(error)) throw error;
      this.found = null; // it may have moved
      this.logger.warn({ issuer: this.issuer, reason: String(error) }, 'the issuer of tokens does not answer');
      throw new DomainError('unavailable', 'issuer_unavailable', 'Whoever issues the tokens does not answer');
    }
  };

  /** Looks whether the issuer answers, and says so in the log when it does not. */
  async look(): Promise<void> {
    try {
      await this.keys();
      this.logger.info({ issuer: this.issuer }, 'the tokens of an outside issuer are trusted');
    } catch (error) {
      this.logger.warn({ issuer: this.issuer, reason: String(error) }, 'the issuer of tokens does not answer');
    }
  }

  async close(): Promise<void> {
    await this.client.close();
  }

  /** Those who ask at once ask once; what failed is asked for again. */
  private keys(): Promise<IssuedKeys> {
    this.found ??= this.discover().catch((error: unknown) => {
      this.found = null;
      throw error;
    });
    return this.found;
  }

  private async discover(): Promise<IssuedKeys> {
    const address = new URL(`${this.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
    const { status, text } = await this.get(address);
    if (status !== 200) throw new UnusableAnswer(`${address.host} answers ${status}`);
    const { issuer, jwks_uri: uri } = objectIn(text);
    if (issuer !== this.issuer) throw new UnusableAnswer(`${address.host} speaks for ${String(issuer)}`);
    if (typeof uri !== 'string' || !URL.canParse(uri)) throw new UnusableAnswer(`${address.host} names no jwks_uri`);
    return createRemoteJWKSet(new URL(uri), {
      cacheMaxAge: OLDEST_MS,
      cooldownDuration: this.cooldownMs,
      timeoutDuration: MILLISECONDS,
      [customFetch]: async (url) => {
        const answer = await this.get(new URL(url));
        return new Response(answer.text, { status: answer.status });
      },
    });
  }

  private get(url: URL) {
    return this.client.send({ method: 'GET', url, headers: { Accept: 'application/json' } });
  }
}

function objectIn(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch (error) {
    throw new UnusableAnswer('the discovery document is no JSON', { cause: error });
  }
  throw new UnusableAnswer('the discovery document is no object');
}

/** Whether nothing can be said of the token, because the keys could not be had. */
function isNoAnswer(error: unknown): boolean {
  return (
    error instanceof OutgoingFault ||
    error instanceof UnusableAnswer ||
    error instanceof errors.JWKSTimeout ||
    error instanceof errors.JWKSInvalid ||
    (error instanceof errors.JOSEError && error.code === 'ERR_JOSE_GENERIC')
  );
}
