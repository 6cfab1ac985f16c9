import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, type JWTHeaderParameters, SignJWT } from 'jose';
import Provider, { type Adapter } from 'oidc-provider';

const CLIENT = { id: 'a-program', secret: 'a-secret-that-is-long-enough' };
const SCOPES = ['FILES', 'FILES_WRITE', 'ENTITIES'];

interface Key {
  readonly jwk: JWK;
  readonly privateKey: CryptoKey;
}

/** An issuer of tokens that is not ours: another authorization server in the process of the tests. */
export class OutsideIssuer {
  /** What it says of whoever asks for a token. */
  claims: Record<string, unknown> = {};
  private server: Server | null = null;

  private constructor(
    readonly url: string,
    readonly audience: string,
    private readonly key: Key,
  ) {}

  /** One that does not listen yet. */
  static async make(audience: string): Promise<OutsideIssuer> {
    const probe = createServer().listen(0, '127.0.0.1');
    await once(probe, 'listening');
    const { port } = probe.address() as AddressInfo;
    probe.close();
    await once(probe, 'close');
    return new OutsideIssuer(`http://127.0.0.1:${port}/tenant`, audience, await newKey());
  }

  get publicKey(): JWK {
    const { d: _private, ...rest } = this.key.jwk;
    return rest;
  }

  async listen(): Promise<void> {
    const answer = this.provider().callback();
    this.server = createServer((request, response) => {
      request.url = (request.url ?? '').replace(/^\/tenant/, '');
      void answer(Object.assign(request, { originalUrl: `/tenant${request.url}` }), response);
    });
    this.server.listen(Number(new URL(this.url).port), '127.0.0.1');
    await once(this.server, 'listening');
  }

  async stop(): Promise<void> {
    this.server?.close();
    this.server?.closeAllConnections();
    if (this.server) await once(this.server, 'close');
    this.server = null;
  }

  /** A token as it issues them, with `claims`. */
  async token(claims: Record<string, unknown>, scope = 'FILES'): Promise<string> {
    this.claims = claims;
    const body = new URLSearchParams({ grant_type: 'client_credentials', scope, resource: this.audience });
    const authorization = `Basic ${Buffer.from(`${CLIENT.id}:${CLIENT.secret}`).toString('base64')}`;
    const answer = await fetch(`${this.url}/token`, { method: 'POST', headers: { authorization }, body });
    const { access_token: token } = (await answer.json()) as { access_token?: string };
    if (token === undefined) throw new Error(`no token: ${answer.status}`);
    return token;
  }

  /** A token that it has signed, but would not issue. */
  async signed(
    claims: Record<string, unknown>,
    header: Partial<JWTHeaderParameters> = {},
    key: CryptoKey | Uint8Array = this.key.privateKey,
  ): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    const payload = { iss: this.url, aud: this.audience, iat: now, exp: now + 600, client_id: CLIENT.id, ...claims };
    const whole = { alg: 'RS256', typ: 'at+jwt', kid: this.key.jwk.kid ?? '', ...header };
    return new SignJWT(payload).setProtectedHeader(whole).sign(key);
  }

  private provider(): Provider {
    const { audience } = this;
    return new Provider(this.url, {
      jwks: { keys: [this.key.jwk] },
      clients: [
        {
          ...{ client_id: CLIENT.id, client_secret: CLIENT.secret, grant_types: ['client_credentials'] },
          ...{ redirect_uris: [], response_types: [], scope: SCOPES.join(' ') },
        },
      ],
      scopes: SCOPES,
      features: {
        devInteractions: { enabled: false },
        clientCredentials: { enabled: true },
        resourceIndicators: {
          enabled: true,
          getResourceServerInfo: () => ({
            ...{ scope: SCOPES.join(' '), audience, accessTokenFormat: 'jwt' },
            jwt: { sign: { alg: 'RS256' } },
          }),
        },
      },
      extraTokenClaims: () => this.claims,
      adapter: Forgetful,
      ttl: { ClientCredentials: 600 },
    });
  }
}

/** What it issues are JWTs alone, of which nothing needs to be kept. */
class Forgetful implements Adapter {
  upsert = nothing;
  find = nothing;
  findByUid = nothing;
  findByUserCode = nothing;
  consume = nothing;
  destroy = nothing;
  revokeByGrantId = nothing;
}

function nothing(): Promise<undefined> {
  return Promise.resolve(undefined);
}

async function newKey(): Promise<Key> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  return { privateKey, jwk: { ...(await exportJWK(privateKey)), use: 'sig', alg: 'RS256', kid: 'its-key' } };
}
