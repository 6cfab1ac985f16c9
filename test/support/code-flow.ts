import * as openid from 'openid-client';
import { SignInBrowser, type Shown } from './sign-in-browser.js';

export interface ClientOfPeople {
  readonly clientId: string;
  readonly clientSecret: string | null;
}

/** A client's question, and what it needs to understand the answer. */
export interface Question {
  readonly url: URL;
  readonly verifier: string;
  readonly state: string;
}

export type Tokens = openid.TokenEndpointResponse;

/** The authorization code flow as a client sees it that was written by others (`openid-client`). */
export class CodeFlow {
  private constructor(
    readonly origin: string,
    readonly config: openid.Configuration,
    readonly redirectUri: string,
  ) {}

  static async of(origin: string, client: ClientOfPeople, redirectUri: string): Promise<CodeFlow> {
    const answer = await fetch(`${origin}/.well-known/openid-configuration`);
    const server = (await answer.json()) as openid.ServerMetadata;
    const { clientId, clientSecret } = client;
    const proof = clientSecret === null ? openid.None() : openid.ClientSecretBasic(clientSecret);
    const config = new openid.Configuration(server, clientId, undefined, proof);
    openid.allowInsecureRequests(config);
    return new CodeFlow(origin, config, redirectUri);
  }

  /** `more` over the parameters that a client sends; an empty one is left out. */
  async ask(scope: string, more: Record<string, string> = {}): Promise<Question> {
    const [verifier, state] = [openid.randomPKCECodeVerifier(), openid.randomState()];
    const url = openid.buildAuthorizationUrl(this.config, {
      ...{ redirect_uri: this.redirectUri, scope, state, code_challenge_method: 'S256' },
      code_challenge: await openid.calculatePKCECodeChallenge(verifier),
      ...more,
    });
    for (const [name, value] of [...url.searchParams]) if (value === '') url.searchParams.delete(name);
    return { url, verifier, state };
  }

  /** Signs in as a person and allows everything; answers the page on which the browser ends. */
  async allow(question: Question, { email, password }: { email: string; password: string }): Promise<Shown> {
    const browser = new SignInBrowser(this.origin);
    const consent = await browser.submit(await browser.open(question.url), 'sign-in', { email, password });
    return browser.submit(consent, 'consent');
  }

  /** The tokens for the code with which the browser came back. */
  redeem({ verifier, state }: Question, callback: URL): Promise<Tokens> {
    return openid.authorizationCodeGrant(this.config, callback, { pkceCodeVerifier: verifier, expectedState: state });
  }

  async tokens(
    scope: string,
    person: { email: string; password: string },
  ): Promise<Required<Pick<Tokens, 'refresh_token'>> & Tokens> {
    const question = await this.ask(scope);
    const { url } = await this.allow(question, person);
    return whole(await this.redeem(question, url));
  }

  async refresh(
    token: string,
    more: Record<string, string> = {},
  ): Promise<Required<Pick<Tokens, 'refresh_token'>> & Tokens> {
    return whole(await openid.refreshTokenGrant(this.config, token, more));
  }

  revoke(token: string): Promise<void> {
    return openid.tokenRevocation(this.config, token);
  }
}

function whole(tokens: Tokens): Required<Pick<Tokens, 'refresh_token'>> & Tokens {
  const { refresh_token } = tokens;
  if (refresh_token === undefined) throw new Error('there is no refresh token');
  return { ...tokens, refresh_token };
}
