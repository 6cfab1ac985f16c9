import type { Clock, FirmId, Permission, Random, UserId } from '../kernel/index.js';
import type { SecretHasher } from './secrets.js';

const TOKEN_LENGTH = 48;
const MINUTE_MS = 60_000;
/** How long each kind of token serves (contract, section 6). */
const LIFETIME_MS = { access: 60 * MINUTE_MS, refresh: 30 * 24 * 60 * MINUTE_MS } as const;

/** Shown once, to whoever signs in. */
export interface SessionToken {
  readonly token: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

/** With the one the Back Office is used, with the other the next two are got. */
export interface SessionTokens {
  readonly accessToken: SessionToken;
  readonly refreshToken: SessionToken;
}

/** A token as it is kept. */
export interface KeptToken {
  readonly hash: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

export interface KeptTokens {
  readonly access: KeptToken;
  readonly refresh: KeptToken;
}

/** A user who may sign in with a password. */
export interface Account {
  readonly firmId: FirmId;
  readonly userId: UserId;
  readonly passwordHash: string;
  /** As granted. */
  readonly permissions: readonly Permission[];
}

/** Makes the tokens of a session. */
export class SessionTokenMint {
  constructor(
    private readonly secrets: SecretHasher,
    private readonly random: Random,
    private readonly clock: Clock,
  ) {}

  newSessionId(): string {
    return this.random.uuid();
  }

  /** Two new tokens, as they are shown and as they are kept. */
  make(): { shown: SessionTokens; kept: KeptTokens } {
    const [access, refresh] = [this.one('access'), this.one('refresh')];
    return {
      shown: { accessToken: access.shown, refreshToken: refresh.shown },
      kept: { access: access.kept, refresh: refresh.kept },
    };
  }

  /** The form in which a token that was presented is looked up. */
  hashOf(token: string): string {
    return this.secrets.hash(token);
  }

  private one(kind: keyof typeof LIFETIME_MS): { shown: SessionToken; kept: KeptToken } {
    const token = this.random.alphanumeric(TOKEN_LENGTH);
    const createdAt = this.clock.now();
    const life = { createdAt, expiresAt: new Date(createdAt.getTime() + LIFETIME_MS[kind]) };
    return { shown: { token, ...life }, kept: { hash: this.secrets.hash(token), ...life } };
  }
}
